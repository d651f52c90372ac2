import { goldAnswer, startModelServer } from '#tests/support/model-server.ts';
import { modelEngine } from '#worker/engines/model/engine.ts';
import { openLane } from '#worker/engines/model/lane.ts';
import { loan, pageOf } from './worker/engines/model/support.ts';
let seed = 42; const rnd = () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff);
const pages = Number(process.argv[2] ?? 400); const conc = Number(process.argv[3] ?? 16);
const layoutOf = (n: number) => `Acct No 1000${n}\nTotal ${n}.5\n` + 'text '.repeat(200);
const server = await startModelServer({ answer: ({ pageText, isRepair }) => {
  const n = Number(/1000(\d+)/.exec(pageText)?.[1]);
  const r = rnd();
  if (r < 0.3) return { status: 429 , ...(process.argv[4] ? {headers: {'retry-after-ms': process.argv[4]}}: {})};
  if (r < 0.35) return { stall: true };
  if (r < 0.45 && !isRepair) return { text: 'garbage {', delayMs: 50 };
  return { answer: goldAnswer({ Account_Number: `1000${n}`, Total_Paid: n + 0.5 }, pageText), delayMs: 50 };
}});
const lane = openLane({ concurrency: conc });
const rows: Record<string, number> = {};
const mk = (key: string) => modelEngine({ env: { baseURL: server.baseURL, model: 'm', api: 'chat', timeoutS: 1 }, lane, order: { key, priority: 'normal' }, record: (r) => (rows[r.outcome] = (rows[r.outcome] ?? 0) + 1) });
const t0 = performance.now(); let ok = 0, waits = 0, wrong = 0; const failed: Record<string, number> = {};
const queue = Array.from({ length: pages }, (_, i) => i); const engine = mk('doc');
await Promise.all(Array.from({ length: 64 }, async () => { for (let i = queue.shift(); i !== undefined; i = queue.shift()) {
  try { const r = await engine.read({ definition: loan, page: pageOf(layoutOf(i), i), accountNumber: null, previousTail: null }, new AbortController().signal);
    if (r.reading.leaves[0]?.value === `1000${i}`) ok++; else wrong++;
  } catch (e) { if ((e as Error).name === 'LaneWaiting') { waits++; queue.push(i); } else { const k = (e as {reason?: string}).reason ?? String(e); failed[k] = (failed[k] ?? 0) + 1; } }
}}));
console.log({ ms: Math.round(performance.now() - t0), ok, wrong, waits, failed, rows, limit: lane.state().limit, calls: server.calls.length, not429: server.calls.filter((c) => c.status !== 429).length / pages });
await server.close();
