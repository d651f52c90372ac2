import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { getDocumentProxy } from 'unpdf';
import { DocumentError } from '#lib/core/failures.ts';
import { loadPdfJs } from './pdfjs.ts';
import type { FileToRead } from '../reader.ts';
import { wrongPassword } from '../unlock.ts';

export type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

const packaged = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const folders: Record<string, string> = { standardFontDataUrl: 'standard_fonts', cMapUrl: 'cmaps', wasmUrl: 'wasm' };

/** Fonts that files may use without bringing them, and maps of scripts: a machine may have none of its own. */
class PackagedData {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    return new Uint8Array(await readFile(join(packaged, folders[kind] ?? '', basename(filename))));
  }
}
const packagedFonts = {
  BinaryDataFactory: PackagedData,
  useSystemFonts: false,
  disableFontFace: true,
  cMapPacked: true,
  // The names of fonts tell marks from letters.
  fontExtraProperties: true,
};

/**
 * Opens a PDF; who opens it destroys its `loadingTask`. An image of more dots than `maxImageSize` is left out.
 * @throws DocumentError `encrypted_file` or `corrupt_file`
 */
export async function openPdf(
  { path, password }: FileToRead,
  more: { maxImageSize?: number; enableXfa?: boolean } = {},
): Promise<PdfDocument> {
  const content = await readFile(path);
  try {
    await loadPdfJs();
    const options = {
      ...packagedFonts,
      ...more,
      stopAtErrors: false,
      // It says what it leaves out only by warning of it: `heedWarnings`.
      verbosity: 1,
      ...(password === undefined ? {} : { password }),
    };
    return await getDocumentProxy(new Uint8Array(content), options);
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw password === undefined ? new DocumentError('encrypted_file') : wrongPassword(error);
    }
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}

/** @throws DocumentError `corrupt_file` */
export async function openPage(pdf: PdfDocument, pageNum: number): Promise<PdfPage> {
  try {
    return await pdf.getPage(pageNum + 1);
  } catch (error) {
    throw new DocumentError(
      'corrupt_file',
      `Page ${pageNum + 1} of the file is damaged. Export it again and upload that.`,
      { cause: error },
    );
  }
}
