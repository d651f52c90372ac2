import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

// What pdf.js asks for while it draws: character maps, the standard fonts, decoders. It comes from the package that is
// installed, so that nothing of it is loaded from elsewhere and nothing is kept twice.

const kinds: Readonly<Record<string, { name: RegExp; type: string }>> = {
  cmaps: { name: /^[\w-]+\.bcmap$/, type: 'application/octet-stream' },
  standard_fonts: { name: /^[\w-]+\.(pfb|ttf)$/, type: 'application/octet-stream' },
  wasm: { name: /^[\w-]+\.wasm$/, type: 'application/wasm' },
  iccs: { name: /^[\w-]+\.icc$/, type: 'application/octet-stream' },
};

interface Props {
  params: Promise<{ folder: string; file: string }>;
}

export async function GET(_request: Request, { params }: Props) {
  const { folder, file } = await params;
  const kind = Object.hasOwn(kinds, folder) ? kinds[folder] : undefined;
  if (!kind?.name.test(file)) return new Response('File not found', { status: 404 });
  const bytes = await readOrNull(join(process.cwd(), 'node_modules', 'pdfjs-dist', folder, file));
  if (!bytes) return new Response('File not found', { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': kind.type, 'cache-control': 'private, max-age=86400' },
  });
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
