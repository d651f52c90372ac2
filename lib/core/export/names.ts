/** What a spreadsheet takes for the start of a formula, in any width. */
const formulaStart = /^[=+\-@＝＋－＠\s]+/u;
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;

/** Excel's limit, in UTF-16 units. */
const maxSheetNameLength = 31;

/**
 * A name for a worksheet near the one wanted: without `[ ] * ? / \ : '`, not longer than 31, not like a formula, and none
 * of those taken, whatever the case. It is added to them.
 */
export function sheetName(wanted: string, taken: Set<string>): string {
  const allowed = printable(wanted)
    .replace(/[[\]*?/\\:]/g, ' ')
    // Programs read it as an escape.
    .replace(/_(?=x[\da-f]{4})/gi, '-')
    .replaceAll("'", '’')
    .replace(/\s+/g, ' ')
    .replace(formulaStart, '')
    .trim();
  // Excel keeps History for itself.
  const base = allowed === '' ? 'Sheet' : /^history$/i.test(allowed) ? 'History of values' : allowed;
  return unique(taken, (suffix) => `${cut(base, maxSheetNameLength - suffix.length).trim()}${suffix}`);
}

/** Names of columns, each once whatever the case: a second `Total` is `Total (2)`. */
export function columnNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name) => unique(taken, (suffix) => `${name}${suffix}`));
}

/** A name for a file inside an archive: `Loan accounts` is `loan-accounts`, nothing that a file system could refuse. */
export function fileStem(wanted: string, taken: Set<string>): string {
  const stem = slugOf(wanted) || 'table';
  return unique(taken, (suffix) => `${stem}${suffix && `-${suffix.replace(/\D/g, '')}`}`);
}

const maxFileNameLength = 120;

/** A name for a download: what is left of a session's name without its type, and without what file systems refuse. */
export function downloadName(wanted: string): string {
  const name = printable(wanted)
    .replace(/\.(pdf|docx?|xls[xmb]?|ods|csv|tsv|txt|md|html?|eml|png|jpe?g|tiff?|webp|bmp|gif)$/i, '')
    .replace(/[\\/:*?"<>|]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|(?<![\s.])[\s.]+$/g, '');
  return cut(name, maxFileNameLength).trim() || 'session';
}

/** Cuts to so many UTF-16 units at most, between characters. */
export function cut(text: string, units: number): string {
  const end = /[\ud800-\udbff]/.test(text.charAt(units - 1)) && text.length > units ? units - 1 : units;
  return text.slice(0, Math.max(0, end));
}

function printable(text: string): string {
  return text.replace(unprintable, ' ').toWellFormed();
}

function slugOf(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return cut(plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|(?<!-)-+$/g, ''), 60);
}

function unique(taken: Set<string>, named: (suffix: string) => string): string {
  for (let number = 1; ; number++) {
    const name = named(number === 1 ? '' : ` (${number})`);
    const folded = name.toLowerCase();
    if (taken.has(folded)) continue;
    taken.add(folded);
    return name;
  }
}
