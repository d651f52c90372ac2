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
};

/** The year of the common calendar: `令和7` is 2025; the first year of an era is also written 元. */
export function yearOfEra(era: string, year: string): number {
  return (eras[era] ?? 0) + (year === '元' ? 1 : Number(year));
}

const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

/** The month of a Roman number, as in `5.III.2025`; 0 when it is none. */
export function romanMonth(text: string): number {
  return romans.indexOf(text.toLowerCase()) + 1;
}
