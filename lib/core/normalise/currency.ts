const codes = Intl.supportedValuesOf('currency');
const known = new Set(codes);

/**
 * The currencies of most documents, the usual meaning of a shared sign first: `kr` is Swedish and `$` American where the
 * locale has no such sign of its own. Of three capitals in a text only these are a currency: ALL and TOP are words.
 */
const common =
  'USD EUR GBP JPY CHF CNY MYR SGD AUD CAD NZD INR HKD SEK NOK DKK PLN CZK HUF BRL MXN ZAR THB IDR PHP TRY AED SAR KRW TWD'.split(
    ' ',
  );
const isCommon = new Set(common);

/** What Unicode's data does not have: how people shorten and name them. */
const shortForms: Record<string, string> = {
  ZŁ: 'PLN',
  KČ: 'CZK',
  RM: 'MYR',
  RS: 'INR',
  A$: 'AUD',
  C$: 'CAD',
  S$: 'SGD',
  EURO: 'EUR',
  EUROS: 'EUR',
  DOLLAR: 'USD',
  DOLLARS: 'USD',
  POUND: 'GBP',
  POUNDS: 'GBP',
  RINGGIT: 'MYR',
  FRANKEN: 'CHF',
  FR: 'CHF',
  SFR: 'CHF',
};

/** The ISO 4217 code of a code, sign or name; what `$` and `kr` mean is decided by the locale. */
export function parseCurrency(text: string, locale: string): string | null {
  const folded = signForm(text);
  if (known.has(folded)) return folded;
  return ownSigns(locale).get(folded) ?? shortForms[folded] ?? sharedSigns().get(folded) ?? null;
}

/** How many digits behind the point the amounts of a currency have, such as 3 of the dinar of Kuwait; null for none. */
export function currencyDigits(text: string, locale: string): number | null {
  const code = parseCurrency(text, locale);
  if (code === null) return null;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  return format.resolvedOptions().maximumFractionDigits ?? null;
}

/** How a currency may be printed, for finding its code's evidence; what is no code has no other form. Single letters are no evidence. */
export function printedForms(code: string): string[] {
  if (!/^[A-Z]{3}$/i.test(code)) return code.trim() === '' ? [] : [code];
  const signs = [signOf('en', code, 'symbol'), signOf('en', code, 'narrowSymbol')];
  const short = Object.keys(shortForms).filter((form) => shortForms[form] === code);
  return [...new Set([code, ...signs, ...short])].filter((form) => !/^\p{L}$/u.test(form));
}

/** The first currency that a text names, with its place. */
export function findCurrency(text: string, locale: string): { start: number; end: number; value: string } | null {
  for (const match of text.matchAll(/[A-Z]{1,3}\$|\p{Sc}|\b[A-Z]{3}\b|\bRM\b|\bkr\b|zł/gu)) {
    const value = parseCurrency(match[0], locale);
    const isCertain = value && (match[0].length !== 3 || isCommon.has(value) || match[0].includes('$'));
    if (isCertain) return { start: match.index, end: match.index + match[0].length, value };
  }
  return null;
}

const signsByLocale = new Map<string, ReadonlyMap<string, string>>();

/** Signs that mean one currency in a locale: `$` is the Canadian dollar in en-CA. */
function ownSigns(locale: string): ReadonlyMap<string, string> {
  const made = signsByLocale.get(locale) ?? signs((code) => signOf(locale, code, 'symbol'));
  signsByLocale.set(locale, made);
  return made;
}

/** Signs that several currencies share, each with the usual one. */
function sharedSigns(): ReadonlyMap<string, string> {
  const made = signsByLocale.get('') ?? signs((code) => signOf('en', code, 'narrowSymbol'));
  signsByLocale.set('', made);
  return made;
}

function signs(of: (code: string) => string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const code of [...common, ...codes]) {
    const sign = signForm(of(code));
    if (!found.has(sign)) found.set(sign, code);
  }
  return found;
}

function signOf(locale: string, code: string, currencyDisplay: 'symbol' | 'narrowSymbol'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay });
  return format.formatToParts(1).find(({ type }) => type === 'currency')?.value ?? code;
}

/** Signs in one form: capitals, the narrow sign of the yen, without the point of an abbreviation. */
function signForm(text: string): string {
  return text.normalize('NFKC').trim().toUpperCase().replace(/\.$/, '');
}
