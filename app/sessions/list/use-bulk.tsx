'use client';

import type { BulkAction, BulkCount } from '#lib/core/contract/bulk.ts';
import { useState } from 'react';
import { toast } from 'sonner';
import { ApiError } from '#app/api-client/call.ts';
import { count, counted, money } from '#app/ui/format.ts';
import { type BulkOrder, type BulkResult, countBulk, runBulk } from './bulk-request.ts';

const verbs: Record<BulkAction, { verb: string; doing: string; done: string }> = {
  retry: { verb: 'Retry', doing: 'Queueing', done: 'Queued again' },
  cancel: { verb: 'Cancel', doing: 'Cancelling', done: 'Cancelled' },
  priority: { verb: 'Change', doing: 'Changing', done: 'Changed the priority of' },
  delete: { verb: 'Delete', doing: 'Deleting', done: 'Deleted' },
};

/** What is asked before it is done. */
export interface Question {
  title: string;
  text: string;
  action: string;
  order: BulkOrder;
}

/** Does one thing to the selected sessions: counts, asks where something is lost or costs money, and tells how far it is. */
export function useBulk(onEnd: () => void) {
  const [question, setQuestion] = useState<Question | null>(null);
  const [isBusy, setBusy] = useState(false);

  const start = async (order: BulkOrder) => {
    setBusy(true);
    try {
      const counting = await countBulk(order);
      if (counting.count.number === 0) {
        toast(nothingText[order.action]);
        return;
      }
      const asked = questionOf(order, counting);
      if (asked) setQuestion(asked);
      else await run(order);
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };

  const run = async (order: BulkOrder) => {
    const { doing } = verbs[order.action];
    const abort = new AbortController();
    const stop = { label: 'Stop', onClick: () => abort.abort() };
    const id = toast.loading(`${doing}…`, { action: stop });
    setBusy(true);
    let done = 0;
    try {
      const result = await runBulk(order, {
        signal: abort.signal,
        onDone: (soFar) => {
          done = soFar;
          toast.loading(`${doing}… ${count(soFar)} done`, { id, action: stop });
        },
      });
      toast.success(resultText(order, result), { id, action: undefined });
      onEnd();
    } catch (error) {
      if (abort.signal.aborted) toast(`Stopped after ${counted(done, 'session')}`, { id, action: undefined });
      else tell(error, id, done);
    } finally {
      setBusy(false);
    }
  };

  return {
    isBusy,
    question,
    start: (order: BulkOrder) => void start(order),
    confirm: () => {
      if (question) void run(question.order);
      setQuestion(null);
    },
    dismiss: () => setQuestion(null),
  };
}

const nothingText: Record<BulkAction, string> = {
  retry: 'Nothing failed in these sessions',
  cancel: 'None of these sessions is processing',
  priority: 'These sessions already have that priority',
  delete: 'These sessions have already been deleted',
};

/** null for what can be taken back and costs nothing. */
function questionOf(order: BulkOrder, { count: { number, exact }, cost_usd }: BulkCount): Question | null {
  const many = exact ? counted(number, 'session') : `more than ${counted(number, 'session')}`;
  const { verb } = verbs[order.action];
  const title = `${verb} ${many}?`;
  if (order.action === 'delete')
    return {
      title,
      text: 'Their documents, values and history are deleted permanently. Running work stops.',
      action: `Delete ${many}`,
      order,
    };
  if (order.action === 'cancel' && number > 1)
    return {
      title,
      text: 'What was read so far is kept: a retry continues from there.',
      action: `Cancel ${many}`,
      order,
    };
  if (order.action === 'retry' && cost_usd > 0)
    return {
      title,
      text: `Reading what is missing may cost about ${money(cost_usd)}, judging by the other pages.`,
      action: `Retry ${many}`,
      order,
    };
  return null;
}

/** So many reasons fit. */
const maxReasons = 3;

function resultText({ action }: BulkOrder, { done, skipped, reasons }: BulkResult): string {
  const text = `${verbs[action].done} ${counted(done, 'session')}`;
  if (skipped === 0) return text;
  const byCount = [...reasons].toSorted(([, a], [, b]) => b - a);
  const [only, ...others] = byCount;
  // One reason for all that were named may not be that of those that were not.
  if (only && others.length === 0 && only[1] === skipped) return `${text}; ${count(skipped)} skipped: ${only[0]}`;
  const named = byCount.slice(0, maxReasons).map(([message, number]) => `${count(number)}: ${message}`);
  return `${text}; ${count(skipped)} skipped. ${named.join('; ')}${byCount.length > maxReasons ? '; …' : ''}`;
}

function tell(error: unknown, id?: string | number, done = 0): void {
  if (!(error instanceof ApiError)) throw error;
  const text = done > 0 ? `${error.message} ${counted(done, 'session')} were changed before that.` : error.message;
  toast.error(text, { ...(id === undefined ? {} : { id }), action: undefined });
}
