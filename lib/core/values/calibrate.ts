/** One value of a verified session: how far it was trusted, and whether people left it as it was. */
export interface Outcome {
  /** Of its field, in all rows of its lists (`fieldKey`). */
  key: string;
  trust: number;
  isRight: boolean;
}

/** What an installation's own edits say about the values of one field. */
export interface Calibration {
  /** To be added to the log-odds of a trust. */
  shift: number;
  changed: number;
  of: number;
}

/** How far, in log-odds, a schema and a field of it are from what was learned elsewhere, before anything is known of them. */
const spread = { schema: 0.7, field: 0.7 };
/** Nobody is surer than that of a single value. */
const surest = 0.995;
const steps = 12;

/**
 * How much trust in the values of each field must be raised or lowered to be what it says: the share that people leave
 * unchanged. Few edits move it little: a field is held to its schema, and the schema to what was learned elsewhere (logistic
 * regression with normal priors, by Newton's method).
 */
export function calibrate(outcomes: readonly Outcome[]): Map<string, Calibration> {
  const ofSchema = shiftOf(outcomes, 0, spread.schema);
  const byField = Map.groupBy(outcomes, ({ key }) => key);
  return new Map(
    [...byField].map(([key, own]) => {
      const changed = own.filter(({ isRight }) => !isRight).length;
      const shift = ofSchema + shiftOf(own, ofSchema, spread.field);
      return [key, { shift: Math.round(shift * 1000) / 1000, changed, of: own.length }];
    }),
  );
}

/** The trust with a shift of its log-odds. */
export function shifted(trust: number, shift: number): number {
  return 1 / (1 + Math.exp(-(logOdds(trust) + shift)));
}

function logOdds(trust: number): number {
  const held = Math.min(surest, Math.max(1 - surest, trust));
  return Math.log(held / (1 - held));
}

function shiftOf(outcomes: readonly Outcome[], base: number, deviation: number): number {
  let shift = 0;
  for (let step = 0; step < steps; step++) {
    let slope = -shift / deviation ** 2;
    let curve = 1 / deviation ** 2;
    for (const { trust, isRight } of outcomes) {
      const share = shifted(trust, base + shift);
      slope += (isRight ? 1 : 0) - share;
      curve += share * (1 - share);
    }
    shift += slope / curve;
  }
  return shift;
}
