/** Signs of a firm behind its name, in many countries. */
export const firmSign =
  /(?<![\p{L}])(gmbh|mbh|ag|kg|ohg|e\.?k\.?|ug|sarl|s\.?a\.?r\.?l\.?|sas|s\.a\.?|eurl|sasu|ltd|limited|llc|inc|corp|co|plc|s\/b|sdn\.? ?bhd|bhd|pte|pty|b\.?v\.?|n\.?v\.?|s\.?r\.?l\.?|s\.?p\.?a\.?|oy|ab|aps|enterprise|trading|restaurant|restoran|store|mart|market|hardware|bank|credit union|shop|cafe|bakery|pharmacy|hotel)(?![\p{L}])\.?/iu;

/** Words that head a document, or a part of it, rather than name somebody. */
const heading =
  /^(tax |simplified |pro ?forma |commercial |cash )*(invoice|receipt|bill|statement|rechnung|facture|avoir|quittung|gutschrift|fattura|factura|credit note|lieferschein|original|copy|duplicate|page|seite|date|datum|welcome|thank you|resume|curriculum vitae|cv|to|from)(?!\p{L})/iu;
const place =
  /adress|address|livraison|delivery|deliver to|ship|contact|kontakt|bill to|sold to|empfänger|lieferant|käufer|kunde|client|acheteur|buyer|seller|customer/i;

/** Whether a text may be the name of a person or a firm. */
export function isNameLike(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 3 || letters / text.length <= 0.55) return false;
  // Letters set apart are a heading: I N V O I C E.
  if (/^(\p{L} ){3,}/u.test(text)) return false;
  return !heading.test(text.trim()) && !/[:@]|www\.|\d{5,}/.test(text);
}

/** Whether a line names what follows it, such as `Delivery address`. */
export function isPlaceHeading(text: string): boolean {
  return place.test(text) && text.split(/\s+/).length <= 4;
}
