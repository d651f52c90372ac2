/** Longer runs of letters are no words that anybody types. */
const maxWordLength = 40;
/** Bytes of words that one document adds, at most: all words of a session must stay below the 1 MB of a `tsvector`. */
const maxBytes = 300_000;

/** Small letters without accents. */
function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function partsOf(term: string): string[] {
  return term.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
}

/** The words of texts, each once: `INV-2041` gives `inv`, `2041` and `inv2041`, so that it is found in every spelling. */
export function searchWords(texts: Iterable<string>): string[] {
  const words = new Set<string>();
  let bytes = 0;
  for (const text of texts) {
    for (const term of withoutAccents(text).split(/\s+/)) {
      const parts = partsOf(term);
      for (const word of [...parts, parts.join('')]) {
        const known = word.slice(0, maxWordLength);
        if (known === '' || words.has(known)) continue;
        bytes += Buffer.byteLength(known);
        if (bytes > maxBytes) return [...words];
        words.add(known);
      }
    }
  }
  return [...words];
}

/**
 * What a person typed as a `tsquery`: every term must be there, the last as the beginning of a word, for it may not be
 * finished. A term such as `INV-2041` is there by its parts or, from its beginning on, in one. To look for beginnings takes
 * far longer than to look for words. null when nothing of it can be a word.
 */
export function searchQuery(typed: string): string | null {
  const terms = withoutAccents(typed)
    .split(/\s+/)
    .map(partsOf)
    .filter((parts) => parts.length > 0);
  if (terms.length === 0) return null;
  return terms.map((parts, index) => termOf(parts, index === terms.length - 1)).join(' & ');
}

function termOf(parts: readonly string[], isLast: boolean): string {
  const whole = lexeme(parts.join('')) + (isLast ? ':*' : '');
  return parts.length === 1 ? whole : `((${parts.map(lexeme).join(' & ')}) | ${whole})`;
}

/** Letters and digits alone: nothing in it that a `tsquery` takes for a sign. */
function lexeme(word: string): string {
  return `'${word.slice(0, maxWordLength)}'`;
}
