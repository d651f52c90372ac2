/** Puts a text between two lines that name it. With a mark from `pickMark` the text cannot end its own block. */
export function markedBlock(name: string, mark: string, text: string): string {
  return `<<<${name} ${mark}>>>\n${text}\n<<<END ${name} ${mark}>>>`;
}

/**
 * A mark that occurs in none of the texts. It is made from them, so that the same texts always get the same one, and a
 * page cannot carry an END line even roughly like its own.
 */
export function pickMark(texts: readonly string[]): string {
  for (let salt = 0; ; salt++) {
    const mark = hash(`${salt}\n${texts.join('\n')}`);
    if (!texts.some((text) => text.includes(mark))) return mark;
  }
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
