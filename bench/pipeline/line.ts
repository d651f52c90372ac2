/** One measured round: what Sluice took and what it is compared with, in the same unit. */
export interface Round {
  ours: number;
  base: number;
}

/** A line of the table. */
export interface Line {
  what: string;
  ours: string;
  base: string;
  ratio: string;
  target: string;
  met: boolean;
  note: string;
}

interface Measured {
  what: string;
  /** How the figures are to be read, such as `ms`. */
  unit: string;
  rounds: readonly Round[];
  /** The ratio of the two may be so large, or must be so large. */
  target: { atMost: number } | { atLeast: number };
  note?: string;
}

/** The line of a measurement: medians over its rounds, the ratio being the median of each round's own. */
export function lineOf({ what, unit, rounds, target, note = '' }: Measured): Line {
  const ratio = median(rounds.map(({ ours, base }) => ours / base));
  const met = 'atMost' in target ? ratio <= target.atMost : ratio >= target.atLeast;
  const figure = (value: number) => `${value >= 100 ? Math.round(value) : value.toFixed(2)} ${unit}`;
  return {
    what,
    ours: figure(median(rounds.map(({ ours }) => ours))),
    base: figure(median(rounds.map(({ base }) => base))),
    ratio: ratio.toFixed(2),
    target: 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`,
    met,
    note: `${rounds.length} rounds${note && `; ${note}`}`,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/** Runs a measurement so often, one round after the other. */
export async function inRounds(count: number, round: (number: number) => Promise<Round>): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let number = 0; number < count; number++) rounds.push(await round(number));
  return rounds;
}

/**
 * Rounds of which each takes both measurements so often in turn, so that both find the machine alike, and gives their
 * medians. The first round warms up and is left out.
 */
export async function inTurns(
  { rounds, samples }: { rounds: number; samples: number },
  ours: () => Promise<number>,
  base: () => Promise<number>,
): Promise<Round[]> {
  const all = await inRounds(rounds + 1, async () => {
    const taken: Round[] = [];
    for (let sample = 0; sample < samples; sample++) taken.push({ ours: await ours(), base: await base() });
    return { ours: median(taken.map(({ ours }) => ours)), base: median(taken.map(({ base }) => base)) };
  });
  return all.slice(1);
}

/** The median of what a measurement gives, made so often. */
export async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let number = 0; number < times; number++) values.push(await measure());
  return median(values);
}

/** Milliseconds that something takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}
