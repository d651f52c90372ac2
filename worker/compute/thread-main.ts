import { parentPort, workerData } from 'node:worker_threads';
import { DocumentError } from '#lib/core/failures.ts';
import type { DefinitionRef, TaskCall, ThreadMessage } from './protocol.ts';

// What a compute thread runs: one call after the other, each answered with what it gave and the processor time used so far.

const { tasks }: { tasks: Record<string, (input: object) => unknown> } = await import(workerData);
const definitions = new Map<number, object>();

const cpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const send = (message: ThreadMessage) => parentPort?.postMessage(message);

parentPort?.on('message', (call: TaskCall) => {
  try {
    send({ kind: 'value', value: perform(call), cpuMs: cpuMs() });
  } catch (error) {
    if (error instanceof DocumentError) send({ kind: 'failure', failure: error.failure, cpuMs: cpuMs() });
    else send({ kind: 'error', error, cpuMs: cpuMs() });
  }
});
send({ kind: 'ready', cpuMs: cpuMs() });

function perform({ task, input, definition }: TaskCall): unknown {
  const run = tasks[task];
  if (!run) throw new Error(`there is no task ${task}`);
  return run(definition ? { ...input, definition: definitionOf(definition) } : input);
}

/** The same object each time, so that what is derived from a definition is derived once per thread. */
function definitionOf({ id, content, forget }: DefinitionRef): object {
  if (content) definitions.set(id, content);
  if (forget !== undefined) definitions.delete(forget);
  const definition = definitions.get(id);
  if (!definition) throw new Error('a definition is missing in this thread');
  return definition;
}
