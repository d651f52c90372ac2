import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';

/** An event stream that remembers what it was told. */
export interface Client {
  /** When it is told that this session has this priority, by `performance.now()`. */
  hears(id: string, priority: string): Promise<number>;
  statusOf(id: string): string | undefined;
  /** Frames about sessions so far. */
  frames(): number;
  close(): void;
}

interface Received {
  id: string;
  status: string;
  priority: string;
}

export async function openClient(url: string): Promise<Client> {
  const request = get(url, { agent: false });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  const statuses = new Map<string, string>();
  let frames = 0;
  let awaited: { id: string; priority: string; tell: (at: number) => void } | undefined;
  const onSession = ({ id, status, priority }: Received) => {
    frames += 1;
    statuses.set(id, status);
    if (awaited?.id === id && awaited.priority === priority) awaited.tell(performance.now());
  };
  await new Promise<void>((resolve) => {
    let event = '';
    const lines = createInterface(response);
    lines.on('error', (error) => {
      if (!request.destroyed) throw error;
    });
    lines.on('line', (line) => {
      if (line.startsWith('event: ')) event = line.slice('event: '.length);
      if (event === 'ready') resolve();
      if (event === 'session' && line.startsWith('data: ')) onSession(JSON.parse(line.slice('data: '.length)));
    });
  });
  return {
    hears: (id, priority) => new Promise((tell) => (awaited = { id, priority, tell })),
    statusOf: (id) => statuses.get(id),
    frames: () => frames,
    close: () => request.destroy(),
  };
}
