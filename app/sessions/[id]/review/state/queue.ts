import { z } from 'zod';

/** Sessions to review one after the other, as the list had them when the first was opened. */
const queueSchema = z.object({
  ids: z.array(z.string()),
  total: z.number(),
  verified: z.array(z.string()),
  skipped: z.array(z.string()),
});
export type Queue = z.output<typeof queueSchema>;

const keyOf = (query: string) => `sluice.queue.${query}`;

/** The queue of a list's query in this tab; null where it was not begun. */
export function keptQueue(query: string): Queue | null {
  const kept = sessionStorage.getItem(keyOf(query));
  const parsed = kept === null ? null : queueSchema.safeParse(JSON.parse(kept));
  return parsed?.success ? parsed.data : null;
}

export function keepQueue(query: string, queue: Queue): void {
  sessionStorage.setItem(keyOf(query), JSON.stringify(queue));
}

export function endQueue(query: string): void {
  sessionStorage.removeItem(keyOf(query));
}

/** What the queue of a query is called: `Invoice, to review`. */
export function queueTitle(query: string, schemaName: string): string {
  const parameters = new URLSearchParams(query);
  const status = parameters.get('status');
  const words = [
    ...(parameters.has('schema') ? [schemaName] : []),
    ...(parameters.has('q') ? [`“${parameters.get('q')}”`] : []),
    ...(status === null ? [] : [status === 'in_progress' ? 'to review' : status.replace('_', ' ')]),
  ];
  return words.join(', ') || 'all sessions';
}

/** Those that come after a session, in order; all where it is not among them. */
export function after(queue: Queue, id: string): string[] {
  return queue.ids.slice(queue.ids.indexOf(id) + 1);
}
