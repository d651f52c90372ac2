import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A real S3 server on loopback: Ceph's, of Debian's packages. */
export interface Radosgw {
  endpoint: string;
  accessKey: string;
  secretKey: string;
  close(): Promise<void>;
}

/** Starts one, which takes about 15 s. @throws Error with what it said when it does not start */
export async function startRadosgw(): Promise<Radosgw> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-radosgw-'));
  const port = await freePorts(3);
  const server = spawn('bash', ['tests/peers/radosgw-up.sh', dir, String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  server.stderr.on('data', (text: Buffer) => said.push(text.toString()));
  const ended = new Promise<'ended'>((resolve) => server.once('close', () => resolve('ended')));
  const ready = new Promise<'ready'>((resolve) =>
    createInterface(server.stdout).on('line', (line) => {
      if (line === 'ready') resolve('ready');
    }),
  );
  const close = async () => {
    server.kill('SIGTERM');
    await ended;
    await rm(dir, { recursive: true, force: true });
  };
  if ((await Promise.race([ready, ended])) === 'ended') {
    await close();
    throw new Error(`radosgw did not start: ${said.join('').slice(-2000)}`);
  }
  return { endpoint: `http://127.0.0.1:${port}`, accessKey: 'testkey', secretKey: 'testsecret', close };
}

/** The first of several ports in a row that nobody listens on. */
async function freePorts(count: number): Promise<number> {
  for (let from = 4600; from < 6000; from += count) {
    const isFree = await Promise.all(Array.from({ length: count }, (_, index) => canListen(from + index)));
    if (isFree.every(Boolean)) return from;
  }
  throw new Error('there are no free ports from 4600 to 6000');
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  const canIt = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise((resolve) => server.close(resolve));
  return canIt;
}
