import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Context } from '#lib/context.ts';
import { discard, spool, type SpooledFile } from '#lib/files/spool.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { until } from '#tests/support/context.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';
import { type ModelCall, type ModelServer, startModelServer } from '#tests/support/model-server.ts';

const linesPerPage = 25;

/** A schema of two fields, and no splitting: one model call for each page. */
export async function putOrders(context: Context, engine?: 'builtin'): Promise<void> {
  await putSchema(context, {
    slug: 'order',
    definition: {
      name: 'Order',
      ...(engine && { engine }),
      fields: {
        type: 'object',
        properties: {
          reference: { type: 'string', 'x-aliases': ['Reference'] },
          amount: { type: 'number', 'x-aliases': ['Amount due'] },
        },
      },
    },
  });
}

/** A text of so many pages that nobody has read before. */
function orderText(pages: number): string {
  const mark = randomUUID();
  const filler = 'Goods are delivered free to the ramp within ten days of the order, as the parties have agreed.';
  return Array.from({ length: pages }, (_, page) =>
    [
      `Order sheet ${mark} ${page}`,
      `Reference: R-${page}`,
      `Amount due: ${page + 100}.25`,
      ...Array.from({ length: linesPerPage }, (_line, line) => `${line + 1} ${filler}`),
    ].join('\n'),
  ).join('\f');
}

/** Uploads a session of such texts, given by their numbers of pages. Gives its id. */
export async function uploadOrders(context: Context, documents: readonly number[]): Promise<string> {
  const files = await Promise.all(documents.map((pages, index) => spoolOrder(context, `order ${index}.txt`, pages)));
  try {
    return await createSession(context, { files, schema: 'order' });
  } finally {
    await discard(files);
  }
}

export function spoolOrder(context: Context, name: string, pages: number): Promise<SpooledFile> {
  return spool(context.spoolDir, name, Readable.from([Buffer.from(orderText(pages))]), { maxBytes: 1e8 });
}

/** Waits until a session is ready for review; throws when it ended otherwise. */
export async function ready(context: Context, id: string): Promise<void> {
  const look = () => getSession(context, id);
  const session = await until(look, ({ status }) => status !== 'processing', 600_000);
  if (session.status !== 'in_progress' || session.partial) throw new Error(`a session ended ${session.status}`);
}

/** A model's server that answers right, late by a seeded time; `slept` is what its answers took since it was asked last. */
export async function startSlowModel(seed: number, ms: { from: number; to: number }) {
  const random = seeded(seed);
  let delays: number[] = [];
  const server: ModelServer = await startModelServer({
    answer(call) {
      const delayMs = random.int(ms.from, ms.to);
      delays.push(delayMs);
      return { answer: answerOf(call), delayMs };
    },
  });
  const slept = () => {
    const since = delays;
    delays = [];
    server.calls.length = 0;
    return since;
  };
  return { server, slept, settings: { OPENAI_BASE_URL: server.baseURL, MODEL: 'bench-model' } };
}

function answerOf({ pageText }: ModelCall): unknown {
  const said = (label: string, toValue: (text: string) => unknown) => {
    const quote = new RegExp(`${label}: (\\S+)`).exec(pageText)?.[1];
    return quote ? { value: toValue(quote), quote } : null;
  };
  return { reference: said('Reference', (text) => text), amount: said('Amount due', Number) };
}
