/** Languages whose month names are known, by what the runtime knows of them; Syria has other ones than Egypt. */
const languages = [
  ...'bg ca cs da de el en es et eu fi fr ga gl hr hu id is it lt lv mk ms mt nb nl pl pt ro ru'.split(' '),
  ...'sk sl sq sr sv sw tr uk vi ar ar-SY az be bn bs fa fil he hi hy ka kk mr ta te th'.split(' '),
];

/** Abbreviations and spellings that documents use beside those. */
const usual = [
  'jan januar enero ene gen jän jänner',
  'feb february fevr fév fevrier fev',
  'mar march märz mrz maerz mrt março marco',
  'apr avr abr',
  'may mai mag mei maio',
  'jun giu',
  'jul lug juill',
  'aug août aout ago',
  'sep sept set',
  'oct okt ott out',
  'nov',
  'dec dez déc dic',
];

/** Months that a name stands for, by language; `*` for any. */
type Months = Map<string, number>;

/** Fewer letters begin too many words. */
const minStart = 4;
/** Of Latin, Greek and Cyrillic letters; in Hindi May has two. */
const minLength = 3;

let known: Map<string, Months> | undefined;

/** The month with this name or abbreviation; where it is another one in two languages, the locale's own decides. */
export function monthOf(name: string, locale: string): number | null {
  known ??= learnMonths();
  const key = keyOf(name);
  const months = known.get(key) ?? monthsThatBegin(known, key);
  const own = months.get(new Intl.Locale(locale).language);
  const different = new Set(months.values());
  const [only] = different;
  return own ?? (different.size === 1 ? (only ?? null) : null);
}

/** Names are cut short in more ways than the runtime knows: `kesäk.` is kesäkuuta. */
function monthsThatBegin(all: ReadonlyMap<string, Months>, start: string): Months {
  if (start.length < minStart) return new Map();
  return new Map([...all].flatMap(([key, months]) => (key.startsWith(start) ? [...months] : [])));
}

function learnMonths(): Map<string, Months> {
  const found = new Map<string, Months>();
  const add = (name: string, language: string, month: number) => {
    const key = keyOf(name);
    if (key.length < minLength && /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(key)) return;
    const months: Months = found.get(key) ?? new Map();
    found.set(key, months.set(language, month));
  };
  for (const language of languages) {
    for (const format of formatsOf(language)) {
      for (let month = 1; month <= 12; month += 1) add(nameIn(format, month), language, month);
    }
  }
  // What is usual everywhere counts before what a name is in a single language.
  usual.forEach((line, index) => {
    for (const name of line.split(' ')) found.set(keyOf(name), new Map([['*', index + 1]]));
  });
  return found;
}

/** Many languages decline a month's name beside a day. */
function formatsOf(language: string): Intl.DateTimeFormat[] {
  const always = { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' };
  return (['long', 'short'] as const).flatMap((month) => [
    new Intl.DateTimeFormat(language, { ...always, month }),
    new Intl.DateTimeFormat(language, { ...always, month, day: 'numeric', year: 'numeric' }),
  ]);
}

function nameIn(format: Intl.DateTimeFormat, month: number): string {
  const parts = format.formatToParts(new Date(Date.UTC(2024, month - 1, 5)));
  const name = parts.find(({ type }) => type === 'month')?.value ?? '';
  return /^\p{L}/u.test(name) ? name : '';
}

/** Without case, accents and the points of an abbreviation. The vowels of India and Thailand are marks, and no accents. */
function keyOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase();
}
