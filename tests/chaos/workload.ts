import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '#lib/context.ts';
import { discard, spool } from '#lib/files/spool.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { type Random, seeded } from '#tests/support/loan-packet/random.ts';

/** A session to upload; the same for the same seed and number. */
export interface PlannedSession {
  name: string;
  schema: string;
  priority: 'high' | 'normal' | 'low';
  /** Of each document its pages. */
  documents: string[][];
}

const fields = {
  type: 'object',
  properties: {
    reference: { type: 'string', 'x-aliases': ['Reference'] },
    amount: { type: 'number', 'x-aliases': ['Amount due'] },
    lines: {
      type: 'array',
      items: { type: 'object', properties: { item: { type: 'string' }, price: { type: 'number' } } },
    },
  },
};

export async function putSchemas({ db }: Pick<Context, 'db'>): Promise<void> {
  await putSchema({ db }, { slug: 'order', definition: { name: 'Order', fields } });
  await putSchema({ db }, { slug: 'order-builtin', definition: { name: 'Order, builtin', fields, engine: 'builtin' } });
}

export function planSessions(seed: number, count: number): PlannedSession[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, number) => ({
    name: `session ${number}`,
    schema: random.chance(0.25) ? 'order-builtin' : 'order',
    priority: random.pick(['high', 'normal', 'low']),
    documents: Array.from({ length: random.int(1, 2) }, (_, document) =>
      Array.from({ length: random.int(1, 4) }, (_, page) => pageText(random, `${number}-${document}-${page}`)),
    ),
  }));
}

function pageText(random: Random, mark: string): string {
  const lines = Array.from({ length: random.int(1, 4) }, (_, line) => `part-${mark}-${line}   ${random.int(1, 99)}.50`);
  return [
    `Sheet ${mark}`,
    `Reference: R-${mark}`,
    `Amount due: ${random.int(100, 999)}.25`,
    'Item   Price',
    ...lines,
  ].join('\n');
}

/** Uploads a session as a client would: again under the same key until it is told that it was taken. */
export async function upload(context: Context, planned: PlannedSession, patienceMs = 60_000): Promise<string> {
  const { name, schema, priority, documents } = planned;
  const files = await Promise.all(
    documents.map((pages, index) =>
      spool(context.spoolDir, `${name} ${index}.txt`, Readable.from([Buffer.from(pages.join('\f'))]), {
        maxBytes: 1e6,
      }),
    ),
  );
  try {
    for (const deadline = Date.now() + patienceMs; ;) {
      try {
        return await createSession(context, { files, name, schema, priority, idempotencyKey: name });
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(100);
      }
    }
  } finally {
    await discard(files);
  }
}
