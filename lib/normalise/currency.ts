const bySign: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  '฿': 'THB',
  '₫': 'VND',
  '₪': 'ILS',
  '₴': 'UAH',
  RM: 'MYR',
  R$: 'BRL',
  US$: 'USD',
  A$: 'AUD',
  C$: 'CAD',
  S$: 'SGD',
  HK$: 'HKD',
  NZ$: 'NZD',
  ZŁ: 'PLN',
  KČ: 'CZK',
  RS: 'INR',
};
const dollars: Record<string, string> = { US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', SG: 'SGD', HK: 'HKD', MX: 'MXN' };
const crowns: Record<string, string> = { SE: 'SEK', NO: 'NOK', DK: 'DKK' };
const byName: Record<string, string> = {
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
const known = new Set(Intl.supportedValuesOf('currency'));

/** How a currency may be printed, for finding its code's evidence. */
export function printedForms(code: string): string[] {
  const signs = Object.entries(bySign)
    .filter(([, value]) => value === code)
    .map(([sign]) => sign);
  const names = Object.entries(byName)
    .filter(([, value]) => value === code)
    .map(([name]) => name);
  const others = Object.values(dollars).includes(code) ? ['$'] : Object.values(crowns).includes(code) ? ['kr'] : [];
  return [code, ...signs, ...others, ...names];
}

/** The ISO 4217 code of a code, sign or name; what `$` and `kr` mean is decided by the locale's region. */
export function parseCurrency(text: string, locale: string): string | null {
  const folded = text.trim().toUpperCase().replace(/\.$/, '');
  if (known.has(folded)) return folded;
  const region = new Intl.Locale(locale).maximize().region ?? 'US';
  if (folded === '$') return dollars[region] ?? 'USD';
  if (folded === 'KR') return crowns[region] ?? 'SEK';
  return bySign[folded] ?? byName[folded] ?? null;
}

/** The first currency that a text names, with its place. */
export function findCurrency(text: string, locale: string): { start: number; end: number; value: string } | null {
  for (const match of text.matchAll(/[A-Z]{1,3}\$|[€$£¥₹₽₩฿₫₪₴]|\b[A-Z]{3}\b|\bRM\b|\bkr\b|zł/g)) {
    const value = parseCurrency(match[0], locale);
    const certain = value && (match[0].length !== 3 || common.has(value) || match[0].includes('$'));
    if (certain) return { start: match.index, end: match.index + match[0].length, value };
  }
  return null;
}

/** Three capitals are a currency only when they are a common one: ALL and TOP are words. */
const common = new Set(
  'EUR USD GBP CHF JPY CNY MYR SGD AUD CAD NZD INR HKD SEK NOK DKK PLN CZK HUF BRL MXN ZAR THB IDR PHP TRY AED SAR KRW TWD'.split(
    ' ',
  ),
);
