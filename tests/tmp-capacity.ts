// A server that answers at most C at a time: how much is refused, how long does it take against the ideal?
import { CallError } from '#worker/engines/model/call-error.ts';
import { openLane } from '#worker/engines/model/lane.ts';
for (const C of [3, 10, 40]) {
  const lane = openLane({ concurrency: 64 }); let inside = 0, refused = 0, most = 0; const N = C * 50;
  const t0 = performance.now();
  await Promise.all(Array.from({ length: N }, (_, i) => lane.run({ key: `${i % 7}`, priority: 'normal', signal: new AbortController().signal }, async () => {
    if (inside >= C) { refused++; throw new CallError('busy', '429'); }
    inside++; most = Math.max(most, inside); await new Promise((r) => setTimeout(r, 40)); inside--; 
  }).catch(async () => 0)));
  console.log({ C, N, refused, share: refused / N, ratio: (performance.now() - t0) / (N / C * 40) });
}
