import type { Target, LineFact, PageEvidence } from './types.ts';
import { lettersAndDigits, foldLookalikes } from '#lib/core/grounding/letters.ts';
import type { Page } from '../pages/page.ts';
import { findHits } from './hits.ts';
import { findLabels } from './labels.ts';
import { linesOfPage, type PageLine, smallWords, textOf } from './page-lines.ts';

const amount = /^[-+(]?[$€£]?\d{1,3}(?:[,.\s]\d{3})*[,.]\d{2}\)?-?$/;
const date = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}$/;
const attachment =
  /\b(?:addendum|amendment|allonge|rider|supplement|modification|exhibit|appendix|annex|attachment|nachtrag)\b/i;
const marginLines = 4;
const headingLines = 6;

/** Gathers what one page says about the account that it belongs to. Linear in the words of the page. */
export function pageEvidence(page: Page, target: Target): PageEvidence {
  const isOcr = page.source === 'ocr';
  const lines = linesOfPage(page);
  return {
    pageNum: page.pageNum,
    isBlank: page.words.length < 3,
    isOcr,
    lines: lines.map((line) => factOf(line, target, isOcr)),
    hits: findHits(lines, target, isOcr),
    numbering: numberingOf(lines),
    isAttachment: lines
      .slice(0, headingLines)
      .some((line) => line.words.length <= 8 && attachment.test(textOf(line.words))),
  };
}

function factOf(line: PageLine, { others }: Target, isOcr: boolean): LineFact {
  const firsts = new Set(line.cells.map((cell) => cell.words[0]?.index));
  const labels = findLabels(line, others, isOcr).filter(({ start }) => firsts.has(line.words[start]?.index));
  const texts = line.words.map(({ text }) => (isOcr ? foldLookalikes(text.toLowerCase()) : text));
  const amounts = texts.filter((text) => amount.test(text)).length;
  const values = amounts + texts.filter((text) => date.test(text)).length;
  const isProse = line.words.length >= 6 && smallWords(line.words) >= 4;
  return {
    top: line.top,
    bottom: line.bottom,
    letters: lettersOf(line),
    isProse,
    isRow: values >= 2 && labels.length === 0,
    hasAmount: amounts > 0,
    labels: isProse ? 0 : labels.length,
  };
}

/** The words of a line as OCR cannot change them, numbers left out. */
function lettersOf(line: PageLine): string {
  const words = line.words.flatMap((word) =>
    /^\P{L}*$/u.test(word.text) ? [] : foldLookalikes(lettersAndDigits(word.text)),
  );
  return words.join('').slice(0, 60);
}

const pageOf =
  /(?:page|pa9e|pg\.?|seite|página|pagina|side)\s*(?:[:#]\s*)?([\dolisbz|]{1,4})(?:\s*(?:of|0f|\/|von|de|di|av)\s*|\s+)([\dolisbz|]{1,4})(?![\w/])/i;
const alone = /^-?\s*([\dolisbz|]{1,3})\s*(?:of|\/)\s*([\dolisbz|]{1,3})\s*-?$/i;

/** "Page 2 of 5" in the margin of a page. */
function numberingOf(lines: readonly PageLine[]): PageEvidence['numbering'] {
  const margins = [...lines.slice(0, marginLines), ...lines.slice(-marginLines)];
  for (const line of margins) {
    const text = textOf(line.words);
    const lastCell = textOf(line.cells.at(-1)?.words ?? []);
    const match = pageOf.exec(text) ?? alone.exec(lastCell);
    const [page, of] = [numberOf(match?.[1]), numberOf(match?.[2])];
    if (page >= 1 && page <= of) return { page, of };
  }
  return null;
}

function numberOf(text: string | undefined): number {
  return Number(foldLookalikes((text ?? '').toLowerCase()).replaceAll('|', '1'));
}
