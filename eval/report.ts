import { type Judgement, verdicts } from './judge.ts';
import { rank } from './ranking.ts';

/** What one variant made of a set. */
export interface Outcome {
  name: string;
  judgements: Judgement[];
  failed: { stem: string; reason: string }[];
  /** Of the values that were found at all. */
  found: number;
  grounded: number;
  seconds: number;
}

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(whole, 1)).toFixed(1).padStart(5)} %`;
const quoted = (value: unknown) => JSON.stringify(value ?? null);

/** The table of a variant, line by line. */
export function reportLines(outcome: Outcome, documents: number): string[] {
  const { judgements } = outcome;
  const byField = Map.groupBy(judgements, ({ field }) => field);
  const fields = [...byField].map(([field, list]) => `${field.padEnd(24)} ${counts(list)}`);
  return [
    outcome.name,
    ...fields,
    `${'all'.padEnd(24)} ${counts(judgements)}`,
    `${documents} documents, ${outcome.failed.length} failed, ${outcome.seconds.toFixed(1)} s, grounded ${percent(outcome.grounded, outcome.found).trim()} of ${outcome.found} values`,
    ...outcome.failed.map(({ stem, reason }) => `  ${stem}: ${reason}`),
    ...trustLines(judgements),
  ];
}

/** The same of several sets together, field by field left out: their names differ in meaning. */
export function totalLines(outcomes: readonly Outcome[]): string[] {
  const judgements = outcomes.flatMap((outcome) => outcome.judgements);
  return [`${'all sets'.padEnd(24)} ${counts(judgements)}`, ...trustLines(judgements)];
}

function counts(list: readonly Judgement[]): string {
  const [right, wrong, missing] = verdicts.map((name) => list.filter(({ verdict }) => verdict === name).length);
  return `${percent(right ?? 0, list.length)}   right ${right}  wrong ${wrong}  missing ${missing}`;
}

/** Whether trust tells wrong values from right ones, and how many of the wrong a person is led to. */
function trustLines(judgements: readonly Judgement[]): string[] {
  const scored = judgements.flatMap(({ trust, verdict }) =>
    trust === null ? [] : [{ score: trust, isRight: verdict === 'right' }],
  );
  const { auroc, right, wrong } = rank(scored);
  const ranked = auroc === null ? 'unknown' : auroc.toFixed(3);
  const found = judgements.filter(({ trust }) => trust !== null);
  const flagged = (isRight: boolean) =>
    found.filter(({ verdict, isFlagged }) => isFlagged && (verdict === 'right') === isRight).length;
  return [
    silentLine(found),
    `trust ranks right above wrong: AUROC ${ranked} (${right} right, ${wrong} wrong); led to attention: ${flagged(false)} of the wrong, ${flagged(true)} of the right`,
  ];
}

/** Of the values that ask for no attention, those that are wrong: nothing matters more. */
function silentLine(found: readonly Judgement[]): string {
  const silent = found.filter(({ isFlagged }) => !isFlagged);
  const wrong = silent.filter(({ verdict }) => verdict === 'wrong').length;
  return `ask for no attention: ${silent.length} values, ${wrong} of them wrong (${percent(wrong, silent.length).trim()})`;
}

/** What is otherwise in the second of two variants, value by value. */
export function compareLines(before: Outcome, after: Outcome): string[] {
  const key = ({ stem, field }: Judgement) => `${stem} ${field}`;
  const then = new Map(before.judgements.map((one) => [key(one), one]));
  const changed = after.judgements.flatMap((now) => {
    const was = then.get(key(now));
    if (!was || was.verdict === now.verdict) return [];
    const what = now.verdict === 'right' ? 'fixed' : was.verdict === 'right' ? 'broke' : 'other';
    const line = `  ${what}  ${key(now)}: expected ${quoted(now.expected)}, ${quoted(was.actual)} → ${quoted(now.actual)}`;
    return [{ what, line }];
  });
  const count = (what: string) => changed.filter((one) => one.what === what).length;
  return [
    `${before.name} → ${after.name}: ${count('fixed')} fixed, ${count('broke')} broke, ${count('other')} wrong in another way`,
    ...changed.map(({ line }) => line),
  ];
}

/** Every value that is not right. */
export function faultLines({ judgements }: Outcome): string[] {
  return judgements
    .filter(({ verdict }) => verdict !== 'right')
    .map(
      ({ stem, field, verdict, expected, actual, trust }) =>
        `${verdict} ${stem} ${field}: expected ${quoted(expected)}, got ${quoted(actual)}${trust === null ? '' : `, trust ${trust.toFixed(2)}`}`,
    );
}
