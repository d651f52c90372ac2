import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, link, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { DocumentError } from '#lib/core/failures.ts';
import type { FileToRead } from '../reader.ts';
import { openClock } from './clock.ts';
import { type End, explainEnd, keepTail, killGroup, whenEnded } from './endings.ts';
import { FrameError, type Frame, readFrames, writeFrame } from './messages.ts';
import type { Isolation } from './isolation.ts';
import { limits } from './limits.ts';
import { type Answer, answerSchema, type Call, type ReaderCall } from './protocol.ts';

/** A reader's process: takes one call at a time, and is thrown away after some. */
export interface ReaderProcess {
  /** Whether it may take another call. */
  isFit(): boolean;
  /**
   * Makes the call and gives its answers, the last of them `done`. The process is ended when the answers are not
   * taken to their end, when it fails, and when it breaks a limit.
   * @throws DocumentError naming the limit, or what is wrong with the file
   */
  ask(call: ReaderCall, helper: Helper, signal?: AbortSignal): AsyncGenerator<ReaderReport, void>;
  end(): Promise<void>;
}

/** Runs what the process may not run itself. */
export type Helper = (asked: Answer & { answer: 'tesseract' }, body: Buffer, signal: AbortSignal) => Promise<string>;

export interface ReaderReport {
  answer: Answer;
  body: Buffer;
}

/** Starts a process; it is ready when this resolves. `folder` is where its own folder is made. */
export async function startReaderProcess(isolation: Isolation, folder: string): Promise<ReaderProcess> {
  const own = await mkdtemp(join(folder, 'reader-'));
  const [command = '', ...args] = isolation.readerCommand(own);
  const child = spawn(command, args, {
    cwd: '/',
    env: { NODE_ENV: 'production', HOME: '/' },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const [stdin, stdout, stderr] = child.stdio;
  const ended = whenEnded(child, own);
  const complaint = keepTail(stderr);
  // A process that dies while it is written to is told by how it ended.
  stdin.on('error', () => undefined);
  const frames = readFrames(stdout, limits.frameBytes);
  const first = await frames.next();
  if (first.done) {
    const { code, signal } = await ended;
    throw new Error(`A reader's process could not start (code ${code}, signal ${signal}): ${complaint()}`);
  }
  return running({ child, stdin, frames, ended, complaint, own });
}

interface Running {
  child: ChildProcess;
  stdin: Writable;
  frames: AsyncGenerator<Frame, void>;
  ended: Promise<End>;
  complaint: () => string;
  own: string;
}

function running({ child, stdin, frames, ended, complaint, own }: Running): ReaderProcess {
  const input = join(own, 'input');
  let calls = 0;
  let fit = true;
  let isOrdered = false;
  void ended.then(() => (fit = false));

  async function end(): Promise<void> {
    fit = false;
    isOrdered = true;
    killGroup(child);
    await ended;
  }

  async function* ask(call: ReaderCall, helper: Helper, signal?: AbortSignal): AsyncGenerator<ReaderReport, void> {
    calls += 1;
    const late = new AbortController();
    const clock = openClock(limits.wallSeconds * 1000, () => late.abort());
    const stop = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    const kill = () => {
      // It may have answered already, and must not be given to the next call as if it lived.
      fit = false;
      killGroup(child);
    };
    stop.addEventListener('abort', kill, { once: true });
    let isDone = false;
    try {
      stop.throwIfAborted();
      await place(call.file, input);
      clock.run();
      await send({ ...call, file: { ...call.file, path: input } });
      for await (const told of answers()) {
        if (told.answer.answer === 'done') {
          isDone = true;
          fit &&= calls < limits.calls && told.answer.cpuSeconds < limits.cpuWorn && told.answer.rss < limits.rssWorn;
          return;
        }
        if (told.answer.answer === 'failed') throw refusal(told.answer);
        if (told.answer.answer === 'tesseract') {
          await send({ call: 'tsv', tsv: await helper(told.answer, told.body, stop) });
          continue;
        }
        clock.pause();
        yield told;
        clock.run();
      }
      throw explainEnd(await ended, late.signal.aborted, complaint());
    } catch (error) {
      signal?.throwIfAborted();
      if (isOrdered) throw new Error("The reader's process was ended", { cause: error });
      if (late.signal.aborted) throw explainEnd(await ended, true, complaint());
      throw error instanceof FrameError ? tooMuchOutput(error) : error;
    } finally {
      clock.pause();
      stop.removeEventListener('abort', kill);
      if (isDone) await rm(input, { force: true });
      else await end();
    }
  }

  async function* answers(): AsyncGenerator<ReaderReport, void> {
    let bytes = 0;
    for (let next = await frames.next(); !next.done; next = await frames.next()) {
      const { header, body } = next.value;
      bytes += next.value.bytes;
      if (bytes > limits.outputBytes) throw new FrameError(`more than ${limits.outputBytes} bytes of responses`);
      const parsed = answerSchema.safeParse(header);
      if (!parsed.success) throw new DocumentError('corrupt_file', undefined, { cause: parsed.error });
      yield { answer: parsed.data, body };
    }
  }

  const send = (call: Call) => writeFrame(stdin, call);
  return { isFit: () => fit, ask, end };
}

/** Puts the file where the process may read it: as another name for it, or as a copy on another disk. */
async function place(file: FileToRead, input: string): Promise<void> {
  await rm(input, { force: true });
  try {
    await link(file.path, input);
  } catch (error) {
    const isElsewhere =
      error instanceof Error && 'code' in error && ['EXDEV', 'EPERM', 'EMLINK'].includes(String(error.code));
    if (!isElsewhere) throw error;
    await copyFile(file.path, input);
  }
}

function refusal({ reason, message, cause }: Answer & { answer: 'failed' }): DocumentError {
  return new DocumentError(reason, message, { cause });
}

function tooMuchOutput(cause: FrameError): DocumentError {
  const megabytes = Math.round(limits.frameBytes / 1024 / 1024);
  return new DocumentError('too_complex', `A page of the file takes more than the ${megabytes} MB allowed.`, { cause });
}
