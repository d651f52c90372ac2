/** So many usable answers, and so large a share of all, make a server one that usually answers well. */
const minUsable = 10;
const usableShare = 0.8;
/** What was long ago counts for less: at so many answers all counts are halved. */
const remembered = 200;

interface Counts {
  usable: number;
  all: number;
}

/** How each server answered so far, for the life of the process. */
const counts = new Map<string, Counts>();

export function noteAnswer(server: string, isUsable: boolean): void {
  const before = counts.get(server) ?? { usable: 0, all: 0 };
  const weight = before.all >= remembered ? 0.5 : 1;
  counts.set(server, { usable: before.usable * weight + (isUsable ? 1 : 0), all: before.all * weight + 1 });
}

/** Whether one answer that cannot be used is an exception. */
export function usuallyAnswersWell(server: string): boolean {
  const { usable, all } = counts.get(server) ?? { usable: 0, all: 0 };
  return usable >= minUsable && usable >= all * usableShare;
}
