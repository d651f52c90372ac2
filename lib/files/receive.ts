import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { RequestError } from '#lib/core/errors.ts';
import { FilesRefused, type RefusedFile } from './refused.ts';
import { discard, spool, type SpooledFile } from './spool.ts';

export interface ReceivedUpload {
  files: SpooledFile[];
  fields: Record<string, string>;
}

export interface ReceiveLimits {
  dir: string;
  maxFileBytes: number;
  maxRequestBytes: number;
}

const maxFiles = 1000;

/**
 * Reads a multipart body as it comes, each part named `files` straight to this machine's disk. All files are looked at
 * even when one is refused, so that everything wrong is reported at once. Nothing is left on the disk when it throws.
 * @throws FilesRefused what `spool` says of files
 * @throws RequestError not multipart (415), body cut off (400), too large (413)
 */
export async function receiveUpload(request: Request, limits: ReceiveLimits): Promise<ReceivedUpload> {
  const parser = parserFor(request);
  const fields: Record<string, string> = {};
  const received: Promise<ReceivedFile>[] = [];
  const streams: BusboyFileStream[] = [];
  const stop = new AbortController();

  parser.on('field', (name, value) => {
    fields[name] = value;
  });
  parser.on('file', (name, stream, filename) => {
    streams.push(stream);
    // Whoever reads the stream gets the error too; one that comes before anyone reads must not end the process.
    stream.on('error', () => undefined);
    // A file input that was left empty sends a part without a name.
    if (name !== 'files' || !filename) return void stream.resume();
    const file = receiveFile(stream, filename, limits);
    // This machine cannot take it: neither can it take the rest.
    file.catch((error: unknown) => stop.abort(error));
    received.push(file);
  });
  parser.on('filesLimit', () => {
    stop.abort(new RequestError('too_large', 'too_many_files', `At most ${maxFiles} files fit in one session`));
  });

  const body = Readable.fromWeb(request.body as never);
  const [read] = await Promise.allSettled([
    pipeline(body, counting(limits.maxRequestBytes), parser, { signal: stop.signal }),
  ]);
  const cause: unknown = stop.signal.aborted ? stop.signal.reason : read.status === 'rejected' ? read.reason : null;
  // The parser does not end the file that it was in when the body broke off: its reader would never finish.
  if (cause !== null) for (const stream of streams) stream.destroy(cause instanceof Error ? cause : undefined);
  // The body has ended: no further file can appear.
  const settled = (await Promise.allSettled(received)).flatMap((each) =>
    each.status === 'fulfilled' ? [each.value] : [],
  );
  const files = settled.flatMap(({ spooled }) => spooled ?? []);
  const refused = settled.flatMap(({ refused }) => refused ?? []);
  const isComplete = read.status === 'fulfilled' && !stop.signal.aborted;
  const [first, ...others] = refused;
  if (isComplete && !first) return { files, fields };

  await discard(files);
  if (isComplete && first) throw new FilesRefused([first, ...others], fields);
  throw refusalOf(cause ?? stop.signal.reason);
}

interface ReceivedFile {
  spooled?: SpooledFile;
  refused?: RefusedFile;
}

/** What is left of a refused file is read and dropped, so that the parts after it are reached. */
async function receiveFile(stream: BusboyFileStream, file: string, limits: ReceiveLimits): Promise<ReceivedFile> {
  try {
    const content = stream.iterator({ destroyOnReturn: false });
    return { spooled: await spool(limits.dir, file, content, { maxBytes: limits.maxFileBytes }) };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    stream.resume();
    return { refused: { name: file, error } };
  }
}

function parserFor(request: Request) {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data') || !request.body) {
    throw new RequestError(
      'unsupported',
      'not_multipart',
      'Send the files as multipart/form-data, each in a part named files',
    );
  }
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: { files: maxFiles, fields: 50, fieldSize: 64 * 1024 },
    });
  } catch (error) {
    throw new RequestError('invalid', 'bad_multipart', 'The multipart body has no boundary', { cause: error });
  }
}

function counting(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes <= maxBytes) return done(null, chunk);
      const limit = Math.floor(maxBytes / 1024 / 1024);
      done(
        new RequestError(
          'too_large',
          'request_too_large',
          `All files together are larger than ${limit} MB: send them in several sessions`,
        ),
      );
    },
  });
}

function refusalOf(cause: unknown): unknown {
  if (cause instanceof RequestError || (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC'))
    return cause;
  return new RequestError('invalid', 'body_cut_off', 'The upload ended before it was complete: send it again', {
    cause,
  });
}
