import { z } from 'zod';
import type { App } from '#tests/support/app.ts';
import { until } from '#tests/support/context.ts';

const answer = z.object({ session: z.object({ id: z.string(), status: z.string() }) });
const results = z.object({ accounts: z.array(z.object({ data: z.record(z.string(), z.unknown()) })) });

async function call(app: App, path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(app.url + path, init);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

export async function putSchema(app: App, slug: string, definition: object): Promise<void> {
  await call(app, `/api/schemas/${slug}`, { method: 'PUT', body: JSON.stringify(definition) });
}

export async function uploadFile(
  app: App,
  schema: string,
  name: string,
  content: Uint8Array | string,
): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([typeof content === 'string' ? content : Buffer.from(content)]), name);
  form.append('schema', schema);
  return answer.parse(await call(app, '/api/sessions', { method: 'POST', body: form })).session.id;
}

export async function statusOf(app: App, id: string): Promise<string> {
  return answer.parse(await call(app, `/api/sessions/${id}`)).session.status;
}

export async function ready(app: App, id: string): Promise<void> {
  await until(
    () => statusOf(app, id),
    (status) => status === 'in_progress',
    120_000,
  );
}

export async function dataOf(app: App, id: string): Promise<Record<string, unknown>> {
  return results.parse(await call(app, `/api/sessions/${id}/results`)).accounts[0]?.data ?? {};
}
