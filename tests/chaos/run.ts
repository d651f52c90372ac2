import { type BoundaryFigures, killAtBoundaries } from './boundaries.ts';
import { drainWorkers } from './drains.ts';
import { type Expected, isSound, undisturbed, type Verdict } from './invariants.ts';
import { killWorkers } from './kills.ts';
import { restartPostgres } from './restarts.ts';
import { openRoom, type Room, type SharedDatabase } from './room.ts';
import { type PlannedSession, planSessions } from './workload.ts';
import { wakeZombies } from './zombies.ts';

/** How much of everything. */
export interface Amount {
  sessions: number;
  times: number;
}

export const scenarios = ['kills', 'boundaries', 'restarts', 'zombies', 'drains'] as const;
export type Scenario = (typeof scenarios)[number];

/** As issue-sized figures want it, and as much as every test run can afford. */
export const longRun: Record<Scenario, Amount> = {
  kills: { sessions: 500, times: 200 },
  boundaries: { sessions: 151, times: 150 },
  restarts: { sessions: 300, times: 50 },
  zombies: { sessions: 200, times: 100 },
  drains: { sessions: 150, times: 50 },
};
export const shortRun: Record<Scenario, Amount> = {
  kills: { sessions: 8, times: 3 },
  boundaries: { sessions: 4, times: 3 },
  restarts: { sessions: 8, times: 2 },
  zombies: { sessions: 4, times: 2 },
  drains: { sessions: 6, times: 2 },
};

export interface ScenarioResult {
  figures: Record<string, unknown> & { verdict: Verdict };
  /** All invariants hold. */
  isSound: boolean;
}

/** What so many sessions give undisturbed. The plan of fewer is the beginning of it. */
export function expectedOf(seed: number, sessions: number, share?: SharedDatabase): Promise<Expected> {
  return inRoom(seed, { failing: false, ...(share ? { share } : {}) }, (room) =>
    undisturbed(room, planSessions(seed, sessions)),
  );
}

/** Runs a scenario and compares it with what the same sessions give undisturbed. */
export async function runScenario(
  name: Scenario,
  seed: number,
  { sessions, times }: Amount,
  { expected, share }: { expected: Expected; share?: SharedDatabase },
): Promise<ScenarioResult> {
  const planned = planSessions(seed, sessions);
  // A failure by chance would be told from a repeated call by nothing but its count: zombies and boundaries do without.
  const failing = name === 'kills' || name === 'restarts';
  const options = { failing, ...(share && name !== 'restarts' ? { share } : {}) };
  return inRoom(seed, options, async (room) => toResult(await run(name, room, planned, expected, { seed, times })));
}

async function run(
  name: Scenario,
  room: Room,
  planned: PlannedSession[],
  expected: Expected,
  { seed, times }: { seed: number; times: number },
) {
  switch (name) {
    case 'kills':
      return killWorkers(room, planned, expected, { seed, kills: times });
    case 'boundaries':
      return killAtBoundaries(room, planned, expected, { seed, points: times });
    case 'restarts':
      return restartPostgres(room, planned, expected, { seed, restarts: times });
    case 'drains':
      return drainWorkers(room, planned, expected, { seed, stops: times });
    case 'zombies':
      return wakeZombies(room, planned, expected, { zombies: times });
  }
}

type Figures = { verdict: Verdict; repeatedCalls: number; inFlight: number } & Partial<{
  died: number;
  staleWrites: number;
  orderMs: number | null;
}> &
  Partial<BoundaryFigures>;

function toResult(figures: Figures): ScenarioResult {
  const { verdict, repeatedCalls, inFlight, died = 0, staleWrites = 0, orderMs = 0 } = figures;
  const holds = isSound(verdict) && repeatedCalls <= inFlight && died === 0 && staleWrites === 0 && orderMs !== null;
  return { figures: { ...figures }, isSound: holds };
}

async function inRoom<T>(
  seed: number,
  options: Parameters<typeof openRoom>[1],
  use: (room: Room) => Promise<T>,
): Promise<T> {
  const room = await openRoom(seed, options);
  try {
    return await use(room);
  } finally {
    await room.close();
  }
}
