/** So many characters of a text are one step: the platform goes through them quickly. */
const charactersPerStep = 100;

/**
 * How much there is to go through in a value, in steps: the members of a list, also those inside its members when
 * `isDeep`, and the characters of texts. Counts no further than just above `atMost`.
 */
export function sizeOf(value: unknown, isDeep: boolean, atMost: number): number {
  if (typeof value === 'string') return Math.floor(value.length / charactersPerStep);
  if (value instanceof Uint8Array) return Math.floor(value.byteLength / charactersPerStep);
  const members = membersOf(value);
  if (!isDeep) return Array.isArray(value) ? members.length : 0;
  let size = members.length;
  for (const member of members) {
    if (size > atMost) break;
    size += sizeOf(member, true, atMost - size);
  }
  return size;
}

function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const isGroup = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isGroup ? Object.values(value) : [];
}
