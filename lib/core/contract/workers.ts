import { z } from 'zod';

/** What all workers on all machines are doing. */
export const processorStatus = z.object({
  running: z.boolean(),
  workers: z.array(
    z.object({
      name: z.string(),
      host: z.string(),
      slots: z.number(),
      active: z.number(),
      isolation: z.string(),
      heartbeat_at: z.string(),
    }),
  ),
  queued: z.number(),
  active: z.number(),
  completed: z.number(),
  failed: z.number(),
  max_workers: z.number(),
  documents: z.array(z.object({ id: z.string(), name: z.string(), stage: z.string(), progress: z.number() })),
});
export type ProcessorStatus = z.output<typeof processorStatus>;
export const processorResponse = z.object({ status: processorStatus });

/** Of `GET /api/health`, with 200 and with 503. */
export const healthResponse = z.object({
  /** `ok`, or what is wrong. */
  checks: z.object({ database: z.string(), storage: z.string(), workers: z.string() }),
  /** What works, but not as well as it could, in sentences for people. */
  notes: z.array(z.string()),
});
export type Health = z.output<typeof healthResponse>;
