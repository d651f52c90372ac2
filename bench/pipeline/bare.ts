import { createServer, type ServerResponse } from 'node:http';

/** A server of Node's own, with nothing around it. */
export interface Bare {
  url: string;
  close(): Promise<void>;
}

export async function startBare(
  answer: (url: string, response: ServerResponse) => void,
  onClose: () => Promise<unknown>,
): Promise<Bare> {
  const server = createServer((request, response) => answer(request.url ?? '/', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await onClose();
    },
  };
}
