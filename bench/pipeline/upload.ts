import { createHash, randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import postgres from 'postgres';
import { discard } from '#lib/files/spool.ts';
import { newId } from '#lib/id.ts';
import { createSession } from '#lib/sessions/create.ts';
import { watchCommits } from './commits.ts';
import { onGround } from './ground.ts';
import { inRounds, inTurns, type Line, lineOf, timed } from './line.ts';
import { putOrders, spoolOrder, uploadOrders } from './orders.ts';
import { startWeb } from './web.ts';

const samples = 25;
const bigBytes = 50 * 1024 * 1024;
const chunkBytes = 64 * 1024;

/** What the one transaction of an upload takes, and what the API takes for a large file. */
export function upload(): Promise<Line[]> {
  return onGround(async (ground) => {
    const { context, url } = ground;
    await putOrders(context, 'builtin');
    const watched = watchCommits(context);
    const plain = await openPlainInsert(url, await uploadOrders(context, [1]));
    const once = async () => {
      const file = await spoolOrder(context, 'order.txt', 1);
      await createSession(watched.context, { files: [file], schema: 'order' });
      await discard([file]);
      return watched.tookMs();
    };
    const small = await inTurns({ rounds: 7, samples }, once, () => plain.once());
    await plain.close();

    const web = await startWeb(ground);
    const parts = [randomBytes(bigBytes), randomBytes(bigBytes)];
    let number = 0;
    const big = await inRounds(8, async () => {
      // Each time other bytes: equal files are stored once.
      for (const part of parts) part.writeUInt32BE(++number, bigBytes / 2);
      const base = await timed(() => writeHashed(join(ground.dataDir, 'raw'), parts[1] ?? Buffer.alloc(0)));
      return { ours: await timed(() => post(web.url, parts[0] ?? Buffer.alloc(0))), base };
    });
    await web.stop();
    const shape = `session, run, document, original and job, and its two notices`;
    return [
      lineOf({
        what: 'upload transaction / plain insert',
        unit: 'ms',
        rounds: small,
        target: { atMost: 2.5 },
        note: shape,
      }),
      lineOf({
        what: 'API upload of 50 MB / raw write with SHA-256',
        unit: 'ms',
        rounds: big.slice(1),
        target: { atMost: 1.3 },
      }),
    ];
  });
}

const tables = ['files', 'sessions', 'runs', 'documents', 'pgboss.job_common'] as const;

/** The rows of an upload into the same tables, as one bare transaction writes them: one INSERT each. */
async function openPlainInsert(connectionString: string, sessionId: string) {
  const sql = postgres(connectionString, { max: 1 });
  const [document] = await sql`select id, sha256, job_id from documents where session_id = ${sessionId}`;
  const statements = await Promise.all(
    tables.map(async (table) => {
      const columns = await sql`
        select string_agg(quote_ident(attname), ', ') as names from pg_attribute
        where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
      const key = table === 'files' ? 'sha256' : table === 'runs' ? 'session_id' : 'id';
      const of = { files: document?.sha256, sessions: sessionId, runs: sessionId, documents: document?.id };
      const [row] = await sql`
        select to_jsonb(t)::text as text from ${sql(table)} t
        where ${sql(key)}::text = ${table === 'pgboss.job_common' ? document?.job_id : of[table]}`;
      return { table, names: String(columns[0]?.names), row: String(row?.text) };
    }),
  );
  const ids = [sessionId, String(document?.id), String(document?.job_id)];
  const insertAll = async () => {
    const fresh = ids.map((id) => [id, newId()] as const);
    const sha256 = randomBytes(32).toString('hex');
    await sql.begin(async (tx) => {
      for (const { table, names, row } of statements) {
        const again = fresh.reduce((text, [id, other]) => text.replaceAll(id, other), row);
        const own = again.replaceAll(String(document?.sha256), sha256);
        await tx.unsafe(
          `insert into ${table} (${names}) select ${names} from jsonb_populate_record(null::${table}, $1::text::jsonb)`,
          [table === 'runs' ? own.replace(/"id": "[^"]+"/, `"id": "${newId()}"`) : own],
          { prepare: true },
        );
      }
    });
  };
  return { once: () => timed(insertAll), close: () => sql.end() };
}

async function writeHashed(path: string, content: Uint8Array): Promise<void> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  for (let from = 0; from < content.byteLength; from += chunkBytes) {
    const chunk = content.subarray(from, from + chunkBytes);
    hash.update(chunk);
    await file.write(chunk);
  }
  await file.sync();
  await file.close();
  hash.digest('hex');
  await rm(path);
}

const boundary = 'sluice-bench-boundary';
const part = (head: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`;
const multipartHead = Buffer.from(
  `${part('name="schema"')}order\r\n${part('name="files"; filename="big.pdf"')}%PDF-1.7\n`,
);
const multipartTail = Buffer.from(`\r\n--${boundary}--\r\n`);

/** Sends a form with one file as fast as a socket takes it. */
async function post(url: string, content: Uint8Array): Promise<void> {
  const parts = [multipartHead, content, multipartTail];
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
    };
    const sending = request(`${url}/api/sessions`, { method: 'POST', headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    });
    sending.once('error', reject);
    for (const one of parts) sending.write(one);
    sending.end();
  });
  if (status !== 201) throw new Error(`the upload was answered with ${status}`);
}
