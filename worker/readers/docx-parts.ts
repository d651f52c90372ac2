import { Parser } from 'htmlparser2';

// What mammoth leaves out of a Word document, read from its parts ([ECMA-376] part 1, 17.3 and 17.10).

const pageBreak = '<w:r><w:br w:type="page"/></w:r>';

/**
 * The body with a page break wherever Word last broke a page, and behind every section that begins a new one. Pages
 * without a line, which two breaks in a row make, are left out later.
 */
export function breakPages(xml: string): string {
  const shown = xml.replaceAll(/<w:lastRenderedPageBreak\s*\/>/g, '<w:br w:type="page"/>');
  return shown
    .split('</w:p>')
    .map((paragraph, index, all) =>
      index < all.length - 1 && endsSection(paragraph) ? paragraph + pageBreak : paragraph,
    )
    .join('</w:p>');
}

/** Its properties hold those of a section, which ends with it; one that continues the same page says so. */
function endsSection(paragraph: string): boolean {
  const at = paragraph.lastIndexOf('<w:sectPr');
  return at >= 0 && !/<w:type\s+w:val="continuous"\s*\/>/.test(paragraph.slice(at));
}

export interface FrameParts {
  /** Names of parts, such as `word/header1.xml`; null where there is none. */
  header: string | null;
  footer: string | null;
  firstHeader: string | null;
  firstFooter: string | null;
  /** The first page has a header and footer of its own, be they empty. */
  hasTitlePage: boolean;
}

/** Which parts are the header and footer of pages. Of sections that differ the first one that names any counts. */
export function headersAndFooters(xml: string, relations: string): FrameParts {
  const targets = targetsOf(relations);
  const found: FrameParts = { header: null, footer: null, firstHeader: null, firstFooter: null, hasTitlePage: false };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'w:titlePg') found.hasTitlePage ||= attributes['w:val'] !== '0' && attributes['w:val'] !== 'false';
        if (name !== 'w:headerReference' && name !== 'w:footerReference') return;
        const target = targets.get(attributes['r:id'] ?? '') ?? null;
        const isFirst = attributes['w:type'] === 'first';
        if (attributes['w:type'] === 'even') return;
        if (name === 'w:headerReference' && isFirst) found.firstHeader ??= target;
        else if (name === 'w:headerReference') found.header ??= target;
        else if (isFirst) found.firstFooter ??= target;
        else found.footer ??= target;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return found;
}

/** Parts by the ids of the relations that lead to them. */
function targetsOf(relations: string): Map<string, string> {
  const targets = new Map<string, string>();
  const parser = new Parser(
    {
      onopentag(_name, { Id, Target }) {
        if (Id && Target) targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `word/${Target}`);
      },
    },
    { xmlMode: true },
  );
  parser.end(relations);
  return targets;
}

/** A header or footer as a document of its own, so that it is read like one. */
export function wrapAsDocument(part: string): string {
  return part
    .replace(/<w:(?:hdr|ftr)\b([^<>]*)>/, '<w:document$1><w:body>')
    .replace(/<\/w:(?:hdr|ftr)>\s*$/, '</w:body></w:document>');
}
