/** Runs an action while no other runs for the same key. */
export type Exclusive = <T>(key: string, action: () => Promise<T>) => Promise<T>;

const lanes = 4;

/**
 * One action for a key at a time in this process, and few in all; `across` does the same across processes, and holds
 * something scarce, such as a connection, for as long as an action runs.
 */
export function openExclusive(across: Exclusive = (_key, action) => action()): Exclusive {
  const last: Promise<unknown>[] = Array.from({ length: lanes }, () => Promise.resolve());
  return async (key, action) => {
    const lane = laneOf(key);
    const turn = (last[lane] ?? Promise.resolve()).then(() => across(key, action));
    // Whoever comes next waits for its end, whatever that is.
    last[lane] = turn.catch(() => undefined);
    return turn;
  };
}

/** Equal keys have equal lanes. */
function laneOf(key: string): number {
  let sum = 0;
  for (const character of key) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % lanes;
}
