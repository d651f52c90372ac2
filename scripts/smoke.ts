import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';

// Tries a running Sluice over HTTP, as a program would: npm run smoke -- --url http://127.0.0.1:3000
const { values } = parseArgs({ options: { url: { type: 'string', default: 'http://127.0.0.1:3000' } } });

interface Status {
  stage: string;
  progress: number;
  pages_processed: number;
  total_pages: number;
}

/** A step that did not go as it must. */
class SmokeError extends Error {
  override name = 'SmokeError';
}

async function call<T>(path: string, method = 'GET'): Promise<T> {
  const response = await fetch(values.url + path, { method });
  const answer: T & { success?: boolean } = await response.json();
  if (!response.ok || answer.success === false)
    throw new SmokeError(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

async function findDocument(): Promise<{ id: string; name: string }> {
  const { sessions } = await call<{ sessions: { id: string; name: string; status: string }[] }>(
    '/api/sessions?limit=20',
  );
  say(`1. ${sessions.length} sessions: ${sessions.map(({ name, status }) => `${name} (${status})`).join(', ')}`);
  for (const { id } of sessions.filter(({ status }) => status === 'in_progress')) {
    const { session } = await call<{ session: { documents: { id: string; name: string; status: string }[] } }>(
      `/api/sessions/${id}`,
    );
    const document = session.documents.find(({ status }) => status === 'completed');
    if (document) return document;
  }
  throw new SmokeError('there is no completed document in a session in progress: upload one first');
}

async function follow(path: string): Promise<Status> {
  let last = '';
  for (const until = Date.now() + 180_000; Date.now() < until;) {
    const { status } = await call<{ status: Status }>(`${path}/background-status`);
    const line = `   ${status.stage} ${status.progress} % ${status.pages_processed}/${status.total_pages}`;
    if (line !== last) say(line);
    last = line;
    if (status.stage === 'completed') return status;
    if (status.stage === 'failed' || status.stage === 'cancelled')
      throw new SmokeError(`the document ended ${status.stage}`);
    await sleep(100);
  }
  throw new SmokeError('the document was not finished within 180 s');
}

async function comparePages(path: string, pages: number): Promise<void> {
  for (let page = 0; page < pages; page++) {
    const cached = await call<{ cached: boolean; data?: unknown }>(`${path}/page/${page}/cached-data`);
    const extracted = await call<{ cached: boolean; data?: unknown }>(`${path}/page/${page}/extract`);
    if (!cached.cached) throw new SmokeError(`page ${page} has no cached data: ${JSON.stringify(cached)}`);
    if (!isDeepStrictEqual(cached, extracted)) throw new SmokeError(`page ${page}: cached-data and extract differ`);
    say(`   page ${page}: ${Object.keys(cached.data ?? {}).length} values, extract says the same`);
  }
}

try {
  const document = await findDocument();
  const path = `/api/document/${document.id}`;
  say(`2. ${document.name}: processing it again`);
  await call(`${path}/force-background-processing`, 'POST');
  say('3. Following it');
  const { total_pages } = await follow(path);
  say('4. Reading each page');
  await comparePages(path, total_pages);
  say('Everything works as expected.');
} catch (error) {
  say(error instanceof Error ? `Failed: ${error.message}` : `Failed: ${String(error)}`);
  process.exitCode = 1;
}
