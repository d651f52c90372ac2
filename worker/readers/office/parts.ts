import { strFromU8, type Unzipped, unzipSync } from 'fflate';
import { DocumentError } from '#lib/core/failures.ts';
import { type Node, parseMarkup } from '../markup.ts';
import type { FileToRead } from '../reader.ts';
import { contentOf } from '../unlock.ts';

/** What is in a file that is an archive of parts. */
export interface Parts {
  files: Unzipped;
  /** A part of XML; nothing where there is none. */
  xml(name: string): readonly Node[];
  text(name: string): string;
}

/** @throws DocumentError `corrupt_file` */
export async function openParts(file: FileToRead): Promise<Parts> {
  const files = unpack(await contentOf(file));
  const text = (name: string) => {
    const part = files[name];
    return part ? strFromU8(part) : '';
  };
  return { files, text, xml: (name) => parseMarkup(text(name), 'xml') };
}

function unpack(content: Buffer): Unzipped {
  try {
    return unzipSync(content);
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}
