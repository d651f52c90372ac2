import { eq } from 'drizzle-orm';
import { documents } from '#lib/db/tables/sessions.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { until } from '#tests/support/context.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { startModelServer } from '#tests/support/model-server.ts';
import { startWorkerProcess } from '#tests/support/worker-process.ts';
import { onGround } from './ground.ts';
import { inRounds, type Line, lineOf } from './line.ts';
import { putOrders, uploadOrders } from './orders.ts';

/** A job's heartbeat lapses after so long, and lapses are looked for so often: as `lib/queue/documents.ts` sets them. */
const heartbeatMs = 10_000;
const monitorMs = 2000;

/** From a worker's death by SIGKILL until another takes its document up. The model never answers meanwhile. */
export async function killToAttempt(): Promise<Line[]> {
  const random = seeded(9);
  const model = await startModelServer({ answer: () => ({ stall: true }) });
  const settings = { OPENAI_BASE_URL: model.baseURL, MODEL: 'bench-model' };
  return onGround(async ({ context }) => {
    await putOrders(context);
    const attemptOf = async (sessionId: string) => {
      const [row] = await context.db
        .select({ attempt: documents.attempt })
        .from(documents)
        .where(eq(documents.sessionId, sessionId));
      return row?.attempt ?? 0;
    };
    let holder = await startWorkerProcess(context, settings);
    try {
      const rounds = await inRounds(7, async () => {
        const id = await uploadOrders(context, [1]);
        await until(
          async () => model.inFlight(),
          (calls) => calls === 1,
        );
        const next = await startWorkerProcess(context, settings);
        // Anywhere between two heartbeats.
        await new Promise((resolve) => setTimeout(resolve, random.int(0, 3000)));
        const killedAt = performance.now();
        await holder.kill();
        holder = next;
        await until(
          () => attemptOf(id),
          (attempt) => attempt > 1,
          60_000,
        );
        const ours = (performance.now() - killedAt) / 1000;
        await cancelSession(context, id);
        await until(
          async () => model.inFlight(),
          (calls) => calls === 0,
        );
        return { ours, base: (heartbeatMs + monitorMs) / 1000 };
      });
      const what = 'kill → next attempt / (heartbeat + monitor)';
      return [lineOf({ what, unit: 's', rounds, target: { atMost: 1 } })];
    } finally {
      await holder.kill();
      await model.close();
    }
  }, settings);
}
