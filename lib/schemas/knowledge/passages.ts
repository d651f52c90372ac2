/** About 200 words: enough to understand, small enough that a few fit beside a page. */
const maxCharacters = 1200;

/** Parts a text into passages of whole lines; a line that is longer than a passage is cut between words. */
export function toPassages(text: string): string[] {
  const passages: string[] = [];
  let passage: string[] = [];
  let length = 0;
  const close = () => {
    const whole = passage.join('\n').trim();
    if (whole !== '') passages.push(whole);
    passage = [];
    length = 0;
  };
  for (const line of text.split('\n').flatMap(cutLine)) {
    // A blank line is the best place to end at, once there is enough.
    if (length + line.length > maxCharacters || (line.trim() === '' && length > maxCharacters / 2)) close();
    passage.push(line.trimEnd());
    length += line.length + 1;
  }
  close();
  return passages;
}

function cutLine(line: string): string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > maxCharacters) {
    const space = rest.lastIndexOf(' ', maxCharacters);
    const end = space > 0 ? space : maxCharacters;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}
