import type { ModelCall, Reply } from '#tests/support/model-server.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';

/** How the model's server of a room behaves. */
export interface Answering {
  answer: (call: ModelCall) => Promise<Reply>;
  /** Calls that were made to fail, so that another had to follow. */
  failed(): number;
  /** Calls of these workers are held until `release`; null: of nobody. */
  hold: ReadonlySet<string> | null;
  held(): string[];
  release(): void;
}

/** A page is made to fail at most so often: the lane tries five times, a bad answer is asked again once. */
const failuresPerPage = 2;
const slowestMs = 60;

/** Answers what stands on the page, late by chance; where `failing`, some first tries fail in every way there is. */
export function openAnswering(seed: number, failing: boolean): Answering {
  const random = seeded(seed);
  const failures = new Map<string, number>();
  let failed = 0;
  let waiting: { worker: string; go: () => void }[] = [];

  const failure = ({ pageText, isRepair }: ModelCall): Reply | null => {
    const before = failures.get(pageText) ?? 0;
    if (!failing || isRepair || before >= failuresPerPage || !random.chance(0.1)) return null;
    failures.set(pageText, before + 1);
    failed += 1;
    return random.pick<Reply>([
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 429, headers: { 'retry-after': '1' } },
      { status: 500 },
      { body: 'no JSON at all' },
      { truncate: true },
      { stall: true },
      { text: '{"reference": ' },
    ]);
  };

  const answering: Answering = {
    hold: null,
    failed: () => failed,
    held: () => waiting.map(({ worker }) => worker),
    async answer(call) {
      const worker = workerOf(call);
      if (answering.hold?.has(worker)) await new Promise<void>((go) => waiting.push({ worker, go }));
      return failure(call) ?? { answer: readPage(call.pageText), delayMs: random.int(1, slowestMs) };
    },
    release() {
      answering.hold = null;
      for (const { go } of waiting) go();
      waiting = [];
    },
  };
  return answering;
}

export function workerOf({ authorization }: ModelCall): string {
  return authorization?.replace('Bearer ', '') ?? '';
}

/** What a page says, as a model would answer it. */
function readPage(text: string): unknown {
  const field = (label: string) => new RegExp(`${label}: (\\S+)`).exec(text)?.[1] ?? null;
  const said = (value: string | null, parsed: unknown = value) => value && { value: parsed, quote: value };
  const total = field('Amount due');
  return {
    reference: said(field('Reference')),
    amount: said(total, Number(total)),
    lines: [...text.matchAll(/^(part-\S+) +(\S+)$/gm)].map(([, item = '', price = '']) => ({
      item: said(item),
      price: said(price, Number(price)),
    })),
  };
}
