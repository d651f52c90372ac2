import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { getSession } from '#lib/sessions/get.ts';
import { startWorker, type WorkerParts } from '#worker/worker.ts';
import { testContext, type TestContext, until } from './context.ts';

/** A context of its own with a worker that takes its documents. */
export interface TestWorker {
  context: TestContext;
  /** Waits until a session is processed, however it ended. */
  finished(sessionId: string): Promise<SessionDetail>;
  close(): Promise<void>;
}

export async function testWorker(settings: Record<string, string> = {}, parts: WorkerParts = {}): Promise<TestWorker> {
  const context = await testContext(settings);
  const worker = await startWorker(context, () => {}, parts);
  return {
    context,
    finished: (id) =>
      until(
        () => getSession(context, id),
        (session) => session.status !== 'processing',
      ),
    async close() {
      await worker.stop(0);
      await context.close();
    },
  };
}
