/**
 * The process in which files are read. It has no environment, no network and no file but its input; it takes calls
 * on stdin and answers on stdout until stdin ends.
 */
import type { Page } from '#lib/core/pages/page.ts';
import { DocumentError, type Failure, type FailureReason, failures } from '#lib/core/failures.ts';
import type { OtherLanguage } from '../ocr/scripts.ts';
import { recognisePage } from '../ocr/page.ts';
import type { Ocr } from '../ocr/recognise.ts';
import { toPgm } from '../ocr/bitmap.ts';
import { openPaddle, type Paddle } from '../ocr/paddle/paddle.ts';
import type { Tesseract } from '../ocr/tesseract.ts';
import { openTesseractJs } from '../ocr/tesseract-js.ts';
import type { HeldFile, PageToRecognise, RecognisePage } from '../reader.ts';
import { readerFor } from '../registry.ts';
import { unlock } from '../unlock.ts';
import { readFrames, writeFrame } from './messages.ts';
import { guardContainer } from './guard.ts';
import { limits } from './limits.ts';
import { type Answer, type Call, callSchema, type ReaderCall } from './protocol.ts';

// Libraries that print would break the frames, and quote the file in the log.
const answers = takeStdout();
const calls = readCalls();
let mostBefore = 0;
let tesseractJs: Promise<Tesseract> | null = null;
const otherTesseracts = new Map<OtherLanguage, Promise<Tesseract>>();
let pp: Promise<Paddle> | null = null;

await answer({ answer: 'ready' });
for await (const call of calls) {
  if (call.call !== 'tsv') await run(call).catch(fail);
}

async function run(call: ReaderCall): Promise<void> {
  mostBefore = process.resourceUsage().maxRSS;
  const file = await unlock(call.file);
  const reader = readerFor(file.type);
  await guardContainer(file);
  if (call.call === 'count') {
    const pages = await reader.countPages(file);
    if (pages === 0)
      throw new DocumentError(
        'corrupt_file',
        'The file has no pages. Export it again from where it came from and upload that.',
      );
    await answer({ answer: 'count', pages });
  } else if (call.call === 'render') {
    if (!reader.renderPageImage)
      throw new DocumentError('unsupported_file', 'Only PDF files and images have page images.');
    await answer({ answer: 'image' }, await reader.renderPageImage(file, call.pageNum, call.dpi));
  } else if (call.call === 'unpack') {
    for await (const held of reader.unpack?.(file, call.maxBytes) ?? []) await giveHeld(held, call.maxBytes);
  } else {
    const deferred = new Set<number>();
    for await (const page of reader.readPages(file, call, recogniser(call, deferred))) {
      await answer({ answer: 'page', page: placed(page), deferred: deferred.has(page.pageNum) });
    }
  }
  const { user, system } = process.cpuUsage();
  await answer({ answer: 'done', cpuSeconds: (user + system) / 1e6, rss: process.memoryUsage.rss() });
}

async function giveHeld({ name: given, content, isCovered }: HeldFile, maxBytes: number): Promise<void> {
  // Its end says what kind of file it is.
  const name = given.slice(-limits.nameLength);
  const problem = typeof content === 'string' ? content : content.byteLength > maxBytes ? 'too_large' : null;
  const body = problem === null && typeof content !== 'string' ? content : undefined;
  await answer({ answer: 'held', name, problem, isCovered }, body);
}

function recogniser(call: ReaderCall & { call: 'read' }, deferred: Set<number>): RecognisePage {
  const { ocr, languages, paddle } = call;
  if (ocr === 'defer') {
    return async (page) => {
      deferred.add(page.pageNum);
      return emptyPage(page);
    };
  }
  return async (page) => {
    const tesseract = ocr === 'native' ? askForTesseract(null) : await (tesseractJs ??= openTesseractJs(languages));
    const engines = { tesseract, languages: languages.split('+'), other: otherTesseract(call) };
    if (paddle === 'never') return recognisePage(page, engines);
    // Loaded when a page first wants it.
    const read: Paddle = async (picture) => (await (pp ??= openPaddle()))(picture);
    return recognisePage(page, { ...engines, paddle: { read, always: paddle === 'always' } });
  };
}

/** Tesseract for a language of which there is data besides those that it is set to. */
function otherTesseract({ ocr, others }: ReaderCall & { call: 'read' }): NonNullable<Ocr['other']> {
  return (language) => {
    if (!others.includes(language)) return null;
    if (ocr === 'native') return Promise.resolve(askForTesseract(language));
    const opened = otherTesseracts.get(language) ?? openTesseractJs(language);
    otherTesseracts.set(language, opened);
    return opened;
  };
}

function emptyPage({ pageNum, kind, width, height, title }: PageToRecognise): Page {
  return { pageNum, kind, source: 'ocr', width, height, title, words: [], text: '', layout: '' };
}

/** The binary runs outside: this process may start none. */
function askForTesseract(language: OtherLanguage | null): Tesseract {
  return async (picture, options) => {
    await answer({ answer: 'tesseract', language, ...options }, toPgm(picture));
    const next = await calls.next();
    if (next.done || next.value.call !== 'tsv') throw new Error('The picture was not recognised');
    return next.value.tsv;
  };
}

/** Words without a place on the page cannot be shown, and a page may hold only so many. */
function placed(page: Page): Page {
  if (page.words.length > limits.wordsPerPage) {
    throw new DocumentError(
      'too_complex',
      `Page ${page.pageNum + 1} has ${page.words.length} words, ${limits.wordsPerPage} are allowed.`,
    );
  }
  return { ...page, words: page.words.filter(({ x, y, width, height }) => Number.isFinite(x + y + width + height)) };
}

async function fail(error: unknown): Promise<void> {
  const { reason, message } = explain(error);
  const cause = describe(error instanceof DocumentError ? error.cause : error);
  await answer({ answer: 'failed', reason, message: message.slice(0, 1000), cause: cause.slice(0, 4000) });
}

/**
 * A library that gives up on a file says so by any error. Sizes beyond what a process can hold are RangeErrors, unless
 * the library hides them: a file that fails after it took much memory failed for the lack of more.
 */
function explain(error: unknown): Failure {
  const isRange = isTooLarge(error) || (error instanceof Error && isTooLarge(error.cause));
  const isStrained = memoryTaken() > limits.rssStrained;
  const failure = error instanceof DocumentError ? error.failure : failureFor('corrupt_file');
  return failure.reason === 'corrupt_file' && (isRange || isStrained) ? failureFor('too_complex') : failure;
}

/** A file that ends too early is read beyond its end, which is a RangeError too. */
function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && !/outside the bounds/.test(error.message);
}

/** The most memory taken in this call, or now where it was more before: Linux even hands down the parent's. */
function memoryTaken(): number {
  const most = process.resourceUsage().maxRSS;
  return most > mostBefore ? most * 1024 : process.memoryUsage.rss();
}

function failureFor(reason: FailureReason): Failure {
  return { reason, message: failures[reason].message };
}

/** Where an error came from. Not what it says: libraries quote the file, and no text of it goes to the log. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const frames = error.stack?.split('\n').filter((line) => /^ {4}at /.test(line)) ?? [];
  return [error.name, ...frames].join('\n');
}

function answer(header: Answer, body?: Uint8Array): Promise<void> {
  return writeFrame(answers, header, body);
}

async function* readCalls(): AsyncGenerator<Call, void> {
  for await (const frame of readFrames(process.stdin, limits.frameBytes)) yield callSchema.parse(frame.header);
}

function takeStdout() {
  const stdout = process.stdout;
  const silent = () => undefined;
  Object.defineProperty(process, 'stdout', { value: process.stderr });
  Object.assign(console, { log: silent, info: silent, debug: silent, warn: silent, error: silent });
  return stdout;
}
