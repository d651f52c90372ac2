import { describe, expect, it } from 'vitest';
import { languageOf } from '#worker/readers/ocr/language.ts';
import { recognisePage } from '#worker/readers/ocr/page.ts';
import type { Ocr } from '#worker/readers/ocr/recognise.ts';
import { openTesseractJs } from '#worker/readers/ocr/tesseract-js.ts';
import { decodeImage } from '#worker/readers/ocr/frames.ts';
import { pageImageOf } from './pictures.ts';

const german = [
  'Rechnung an die Müller Großhandel',
  'Wir liefern für Sie mit der Post',
  'Bitte zahlen Sie den Betrag netto',
  'Menge und Summe der Bücher',
];

async function recognised(lines: readonly string[], other?: Ocr['other']) {
  const bitmap = await decodeImage(await pageImageOf(lines));
  const { width, height } = bitmap;
  const page = { pageNum: 0, kind: 'image' as const, width, height, title: null, render: async () => bitmap };
  return recognisePage(page, { tesseract: await openTesseractJs('eng'), ...(other ? { other } : {}) });
}

describe('a page in another language than OCR was set to', () => {
  it('is read in its own, with its accents, where the data is installed', async () => {
    const page = await recognised(german, (language) => openTesseractJs(language));
    expect(page.text).toContain('Müller Großhandel');
    expect(page.text).toContain('Bücher');
    expect(page.notices).toBeUndefined();
  });

  it('says what to install where it is not', async () => {
    const page = await recognised(german, () => null);
    expect(page.notices).toEqual([expect.stringMatching(/Page 1 looks German.*npm install @tesseract.js-data\/deu/)]);
  });
});

describe('a page in a script that OCR does not know', () => {
  const russian = [
    'Счёт на оплату № 4471 от 12 марта',
    'Поставщик: общество «Северный путь»',
    'Покупатель: общество «Ромашка», Москва',
    'Наименование товара Количество Сумма',
    'Картридж для принтера и бумага офисная',
    'Итого к оплате семьсот рублей',
  ];

  it('says that hardly a word of it was read with certainty', async () => {
    const page = await recognised(russian, () => null);
    expect(page.notices).toEqual([expect.stringMatching(/Page 1 .* script that OCR was not set up to read/)]);
  });

  it('is tried in those that are installed, and kept as it was where they say less', async () => {
    const tried: string[] = [];
    const page = await recognised(russian, (language) => {
      tried.push(language);
      return language === 'rus' ? openTesseractJs('deu') : null;
    });
    expect(tried).toContain('ell');
    expect(page.notices).toHaveLength(1);
  });
});

it('a language is told by its words, without their accents, and only when it is clear', () => {
  expect(languageOf('Facture pour vous, montant total avec les prix et la quantite')).toBe('fra');
  expect(languageOf('Rechnung mit der Summe von den Buchern und die Nummer')).toBe('deu');
  expect(languageOf('The invoice of this date and the amount due')).toBe('eng');
  expect(languageOf('Rechnung / Invoice: the amount and der Betrag with the Summe of die Menge')).toBeNull();
  expect(languageOf('4711 ACME')).toBeNull();
});
