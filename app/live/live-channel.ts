/** A frame of `GET /api/events` as it came, or whether the stream stands. */
export type LiveMessage = { event: string; data: string } | { connected: boolean };

const name = 'sluice-live';
const eventNames = ['session', 'deleted', 'ready'];
const firstPauseMs = 500;
const maxPauseMs = 4000;

/**
 * Events of the server for this tab. Browsers allow few connections per host, so the tabs of one browser share one stream:
 * the tab that holds a lock reads it and tells the others. Closes with what it gives back.
 */
export function openLiveChannel(listen: (message: LiveMessage) => void): () => void {
  const closed = new AbortController();
  if (!('locks' in navigator)) {
    void readStream(listen, closed.signal);
    return () => closed.abort();
  }
  const others = new BroadcastChannel(name);
  others.addEventListener('message', (event: MessageEvent<LiveMessage>) => listen(event.data));
  const tellAll = (message: LiveMessage) => {
    listen(message);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin than ours
    if (!closed.signal.aborted) others.postMessage(message);
  };
  navigator.locks
    .request(name, { signal: closed.signal }, () => readStream(tellAll, closed.signal))
    .catch((error: unknown) => {
      if (!closed.signal.aborted) throw error;
    });
  return () => {
    closed.abort();
    others.close();
  };
}

/**
 * Reads until `signal` aborts; opens again whatever ends the stream. Not left to the browser, which gives up after a
 * refusal and takes its time after a restart.
 */
function readStream(tell: (message: LiveMessage) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = firstPauseMs;
    let source = open();

    function open() {
      const stream = new EventSource('/api/events');
      for (const event of eventNames) {
        stream.addEventListener(event, (message: MessageEvent<string>) => {
          pause = firstPauseMs;
          if (event === 'ready') tell({ connected: true });
          tell({ event, data: message.data });
        });
      }
      stream.addEventListener('error', () => {
        stream.close();
        tell({ connected: false });
        timer = setTimeout(() => (source = open()), pause);
        pause = Math.min(maxPauseMs, pause * 2);
      });
      return stream;
    }

    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      source.close();
      resolve();
    });
  });
}
