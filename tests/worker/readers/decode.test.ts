import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it, test } from 'vitest';
import { decodeRoughly } from '#lib/files/decode.ts';
import { decodeText } from '#worker/readers/decode.ts';

/** Short files, as they are exported: the less there is to go by, the harder is the guess. */
const western = [
  'Año;Señor\n2024;Muñoz\n',
  'Cliente;Cidade\nJoão;São Paulo\nConceição;Brasília\n',
  'Navn;By\nSøren;København\nÅse;Ærø\n',
  'Total: £12.50\nVAT: £2.50\n',
  'Summe: 12,50 €\n',
  'Temperature 20 °C\n½ cup\n',
  '“Quoted” text – with a dash, and it’s fine\n',
  'Beschreibung;Menge\nSchlüssel;3\nTürgriff;5\nMaß;1\n',
  'Località: Città di Castello\nTotale € 15,00\n',
  'Gautier & Fils\n12, rue de l’Église\nÀ payer : 12,50 €\nTVA 20 % – reçu\n',
  'Räkning\nBelopp att betala: 100 kr\nÅngström Öberg\n',
  '© 2024 Acme® • 5 µm × 3 ²\n',
  'A;B\nÑ;1\n',
  'Item,Price\nJalapeño,£3\nCrème brûlée,£4\nNaïve,£5\n',
];
const cyrillic = ['Поставщик: Ромашка\nИтого к оплате: 12 500,00 руб.\n', 'Имя;Город\nИван;Москва\n'];
const central = [
  'Příjmení;Město\nNovák;Plzeň\nŘezníčková;Brno\n',
  'Faktura\nSprzedawca: Jan Kowalski, ul. Długa 5, 00-001 Kraków\nRazem: 100 zł\n',
  'Számla\nVevő: Kovács Győző\nFizetendő összeg: 1000 Ft\nKöszönjük szépen a vásárlást\n',
];
const byEncoding: Record<string, { says: RegExp; texts: string[] }> = {
  'windows-1252': { says: /Windows-1252/, texts: western },
  'windows-1251': { says: /Windows-1251/, texts: cyrillic },
  'koi8-r': { says: /KOI8/, texts: cyrillic },
  ibm866: { says: /IBM 866/, texts: cyrillic },
  'windows-1250': { says: /Central European/, texts: central },
  'iso-8859-2': { says: /Central European/, texts: central },
  'windows-1253': { says: /Greek/, texts: ['Όνομα;Πόλη\nΓιώργος;Αθήνα\n'] },
  'windows-1254': { says: /Turkish/, texts: ['Fatura no 15\nAlıcı: Şişli Gıda İşletmesi\nTeşekkür ederiz\n'] },
  'windows-1255': { says: /Hebrew/, texts: ['חשבונית מספר 15\nסך הכל לתשלום: 12.50\nתודה רבה\n'] },
  shift_jis: {
    says: /Shift JIS/,
    texts: ['請求書\n株式会社山田商店 御中\n合計金額 12,500円\n', '氏名,住所\n山田太郎,東京都\n'],
  },
  'euc-jp': { says: /EUC-JP/, texts: ['品名,数量,単価\nりんご,10,120\nみかん,20,80\n'] },
  gbk: {
    says: /GB 18030/,
    texts: ['姓名,城市\n张伟,北京\n', '发票\n购买方名称：北京某某科技有限公司\n合计金额：12500元\n'],
  },
  big5: { says: /Big5/, texts: ['姓名,城市\n陳大文,台北\n林小美,高雄\n'] },
  'euc-kr': { says: /EUC-KR/, texts: ['이름,도시\n김철수,서울\n이영희,부산\n'] },
};
const cases = Object.entries(byEncoding).flatMap(([encoding, { says, texts }]) =>
  texts.map((text) => ({ encoding, says, text, first: text.split('\n')[0] })),
);

describe('text in a legacy encoding is read as it was written, and the guess is named', () => {
  it.each(cases)('$encoding: $first', ({ encoding, says, text }) => {
    const bytes = iconv.encode(text, encoding);
    expect(decodeText(bytes)).toEqual({ text, guessed: expect.stringMatching(says) });
    // Its kind is told before that, in the web process, which guesses at nothing.
    expect(decodeRoughly(bytes)).not.toBeNull();
  });

  it('however much ASCII comes first, on lines of their own or not', () => {
    for (const padding of ['plain;line\n'.repeat(20_000), 'plain;cell;'.repeat(20_000)]) {
      const text = `${padding}Поставщик: Ромашка, Итого к оплате`;
      expect(decodeText(iconv.encode(text, 'windows-1251')).text).toBe(text);
    }
  });
});

test('valid UTF-8 is never read as anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      expect(decodeText(Buffer.from(text))).toEqual({ text: text.replace(/^\ufeff/, ''), guessed: null });
    }),
  );
});

test('UTF-8 with a damaged character stays UTF-8', () => {
  const text = 'Счёт на оплату № 15 от 12 марта';
  expect(decodeText(Buffer.from(text).subarray(0, -1))).toEqual({ text: `${text.slice(0, -1)}\ufffd`, guessed: null });
});

test.each([
  ['<html><head><meta charset="iso-8859-15">', 'iso-8859-15', '<p>Größe 5 €</p>'],
  ['<html><head><meta http-equiv="content-type" content="text/html; charset=Shift_JIS">', 'shift_jis', '<p>請求</p>'],
  ['<?xml version="1.0" encoding="windows-1251"?>', 'windows-1251', '<p>Я</p>'],
])('a page is in the encoding that it declares: %s', (start, encoding, rest) => {
  const bytes = iconv.encode(start + rest, encoding);
  expect(decodeText(bytes, { isMarkup: true })).toEqual({ text: start + rest, guessed: null });
});

test('a page that declares an encoding that does not exist is guessed at', () => {
  const text = '<meta charset="klingon"><p>Größe und Maß</p>';
  expect(decodeText(Buffer.from(text, 'latin1'), { isMarkup: true }).text).toBe(text);
});

test('bytes that are no text are refused', () => {
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 197 + 13) % 256));
  expect(() => decodeText(noise)).toThrow(expect.objectContaining({ reason: 'corrupt_file' }));
  expect(decodeRoughly(noise)).toBeNull();
});
