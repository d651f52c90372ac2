/** Languages that a page is told to be in by its words, by Tesseract's codes. */
export const ocrLanguages = ['eng', 'deu', 'fra', 'spa', 'ita'] as const;
export type OcrLanguage = (typeof ocrLanguages)[number];

/** Words that are frequent on paper in one of them, without accents; those of several say nothing. */
const frequent: Readonly<Record<OcrLanguage, string>> = {
  eng: 'the and of for with this your from date invoice total amount number address payment due description price tax please',
  deu: 'der die und den mit von ist nicht auf zum zur bei sie wir ihre rechnung datum betrag nummer netto brutto mwst summe zahlung bitte kunde menge einzelpreis strasse gmbh',
  fra: 'les des pour avec sur dans vous nous votre facture montant numero total tva prix paiement client adresse quantite merci au aux est',
  spa: 'los las del por con para una fecha factura importe numero cliente precio pago direccion cantidad gracias su nuestro',
  ita: 'il di della delle per con una fattura importo numero cliente prezzo pagamento indirizzo quantita totale grazie spett nostra',
};

export const languageNames: Readonly<Record<OcrLanguage, string>> = {
  eng: 'English',
  deu: 'German',
  fra: 'French',
  spa: 'Spanish',
  ita: 'Italian',
};

const words = new Map<string, OcrLanguage[]>();
for (const language of ocrLanguages) {
  for (const word of frequent[language].split(' ')) words.set(word, [...(words.get(word) ?? []), language]);
}

/** So many words of a language, and so many times those of any other, leave no doubt. */
const minWords = 4;
const clearly = 2;

/** The language of a text, even where OCR knew none of its accents; null where it is not clear. */
export function languageOf(text: string): OcrLanguage | null {
  const counts = new Map<OcrLanguage, number>();
  for (const [word] of text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .matchAll(/\p{L}+/gu)) {
    const [only, ...others] = words.get(word) ?? [];
    if (only && others.length === 0) counts.set(only, (counts.get(only) ?? 0) + 1);
  }
  const [best, next] = [...counts].toSorted(([, a], [, b]) => b - a);
  return best && best[1] >= minWords && best[1] >= clearly * (next?.[1] ?? 0) ? best[0] : null;
}
