import { parse } from 'content-disposition';
import { z } from 'zod';
import { ApiError, refusalOf } from '#app/api-client/call.ts';

/** Which sessions: those of these ids, or all under the filter parameters of `GET /api/sessions`. */
export type ExportTarget = { ids: readonly string[] } | { filter: URLSearchParams };

export interface ExportKind {
  format: 'json' | 'csv' | 'xlsx';
  detail?: 'full';
}

export interface Download {
  name: string;
  content: Blob;
}

/** An address holds so many ids; more go in a body. */
const idsInAddress = 100;

function requestOf(target: ExportTarget, kind: ExportKind): [url: string, init: RequestInit] {
  const asked = new URLSearchParams({ ...kind });
  if ('filter' in target) return [`/api/sessions/export?${new URLSearchParams([...target.filter, ...asked])}`, {}];
  const [only, another] = target.ids;
  if (only && !another) return [`/api/sessions/${only}/export?${asked}`, {}];
  if (target.ids.length <= idsInAddress) return [`/api/sessions/export?ids=${target.ids.join(',')}&${asked}`, {}];
  return ['/api/sessions/export', { method: 'POST', body: JSON.stringify({ ids: target.ids, ...kind }) }];
}

/** A browser keeps a Blob on disk where it likes to, but no array: so many bytes go into one at a time. */
const heldBytes = 8 * 1024 * 1024;

/**
 * Has an export made and takes it, telling how many bytes came so far.
 * @throws ApiError when it is refused or breaks off; AbortError when `signal` ends it
 */
export async function requestExport(
  target: ExportTarget,
  kind: ExportKind,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Promise<Download> {
  const [url, init] = requestOf(target, kind);
  const response = await reach(url, { ...init, signal });
  if (!response.ok || !response.body) throw await refused(response);
  const parts: Blob[] = [];
  let held: BlobPart[] = [];
  let size = 0;
  let total = 0;
  for await (const chunk of chunksOf(response.body)) {
    held.push(chunk);
    size += chunk.length;
    total += chunk.length;
    onBytes(total);
    if (size < heldBytes) continue;
    parts.push(new Blob(held));
    [held, size] = [[], 0];
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  return { name: nameIn(response), content: new Blob([...parts, ...held], { type }) };
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    init.signal?.throwIfAborted();
    throw new ApiError(0, 'Sluice cannot be reached. Check that it is running, then try again.', { cause });
  }
}

/** Not every browser can iterate a stream. */
async function* chunksOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new ApiError(0, 'The export was interrupted. Nothing was saved: try again.', { cause });
    });
    if (done) return;
    yield value;
  }
}

const refusal = z.object({ error: z.looseObject({}) });

async function refused(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const details = refusal.safeParse(body).data?.error ?? {};
  return new ApiError(response.status, refusalOf(body, response.status), { details });
}

function nameIn(response: Response): string {
  return parse(response.headers.get('content-disposition') ?? '').parameters.filename ?? 'export';
}
