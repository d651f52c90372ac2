/** So many usable answers, and so large a share of all, make a server one that usually answers well. */
const minUsable = 10;
const usableShare = 0.8;
/** What was long ago counts for less: at so many answers all counts are halved. */
const remembered = 200;

/** How a server answered so far. */
export interface AnswerCounts {
  note(server: string, isUsable: boolean): void;
  /** Whether one answer that cannot be used is an exception. */
  isUsuallyUsable(server: string): boolean;
}

export function openAnswerCounts(): AnswerCounts {
  const counts = new Map<string, { usable: number; all: number }>();
  const countsOf = (server: string) => counts.get(server) ?? { usable: 0, all: 0 };
  return {
    note(server, isUsable) {
      const before = countsOf(server);
      const weight = before.all >= remembered ? 0.5 : 1;
      counts.set(server, { usable: before.usable * weight + (isUsable ? 1 : 0), all: before.all * weight + 1 });
    },
    isUsuallyUsable(server) {
      const { usable, all } = countsOf(server);
      return usable >= minUsable && usable >= all * usableShare;
    },
  };
}
