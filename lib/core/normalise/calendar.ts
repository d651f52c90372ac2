/** The year before the first of each era, by its name on documents in Japan, Taiwan and Thailand. */
const eras: Readonly<Record<string, number>> = {
  明治: 1867,
  大正: 1911,
  昭和: 1925,
  平成: 1988,
  令和: 2018,
  民國: 1911,
  民国: 1911,
  'พ.ศ.': -543,
  M: 1867,
  T: 1911,
  S: 1925,
  H: 1988,
  R: 2018,
};

/** Forms in Japan shorten the eras to a letter: `R7.3.5`. */
export function isEraLetter(era: string): boolean {
  return /^[A-Z]$/.test(era);
}

/** The first and last year of the Buddhist calendar that a document may name; the common one has no such years yet. */
const buddhist = [2443, 2643] as const;

/** The year of the common calendar that a year of four digits is: Thailand's 2568 is 2025. */
export function commonYear(year: number): number {
  return year >= buddhist[0] && year <= buddhist[1] ? year - 543 : year;
}

/** The year of the common calendar: `令和7` is 2025; the first year of an era is also written 元. */
export function yearOfEra(era: string, year: string): number {
  return (eras[era] ?? 0) + (year === '元' ? 1 : Number(year));
}

const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

/** The month of a Roman number, as in `5.III.2025`; 0 when it is none. */
export function romanMonth(text: string): number {
  return romans.indexOf(text.toLowerCase()) + 1;
}
