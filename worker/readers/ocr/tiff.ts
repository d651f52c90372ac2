import { fromArrayBuffer, type GeoTIFF, type GeoTIFFImage } from 'geotiff';
import Utif from 'utif2';
import { z } from 'zod';
import { DocumentError } from '#lib/core/failures.ts';
import type { Bitmap } from '../reader.ts';
import type { ImageSize } from './image-size.ts';
import { oriented } from './orientation.ts';

/** Fax and the JPEG of TIFF 6.0, which one library reads; the other reads all else. */
const utifCompressions = new Set([2, 3, 4, 6]);
/** As its users call them: those that nothing here reads. */
const unreadCompressions: Record<number, string> = {
  34661: 'JBIG',
  34712: 'JPEG 2000',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP',
};
/** Bits of tag 254: a smaller copy of another frame, or a mask over one. */
const copyOrMask = 0b101;
const [whiteIsZero, blackIsZero] = [0, 1];

/** A frame of a TIFF, not decoded yet. */
export interface TiffFrame {
  size: ImageSize;
  /** As it is meant to be seen. @throws DocumentError when it is packed in a way that is not read */
  decode(): Promise<Bitmap>;
}

/** The frames of a TIFF that are pages: previews and masks are left out. @throws Error when it is damaged */
export async function openTiff(bytes: Buffer): Promise<TiffFrame[]> {
  const content = new Uint8Array(bytes).buffer;
  const tiff = await fromArrayBuffer(content);
  const frames: { image: GeoTIFFImage; index: number }[] = [];
  const count = await countFrames(tiff);
  for (let index = 0; index < count; index++) frames.push({ image: await tiff.getImage(index), index });
  const pages = frames.filter(({ image }) => !(tagsOf(image).NewSubfileType & copyOrMask));
  return (pages.length > 0 ? pages : frames).map(({ image, index }) => ({
    size: { width: image.getWidth(), height: image.getHeight() },
    decode: async () => oriented(await decode(image, index, bytes), tagsOf(image).Orientation),
  }));
}

/** Follows the chain of frames, which in a hostile file may lead back to itself. */
async function countFrames(tiff: GeoTIFF): Promise<number> {
  const seen = new Set<number>();
  for (let index = 0; ; index++) {
    const { nextIFDByteOffset: next } = await tiff.requestIFD(index);
    if (next === 0) return index + 1;
    if (seen.has(next)) throw new Error('The frames of the TIFF lead in a circle');
    seen.add(next);
  }
}

const tags = z.object({
  NewSubfileType: z.number().catch(0),
  Orientation: z.number().catch(1),
  Compression: z.number().catch(1),
  PhotometricInterpretation: z.number().catch(blackIsZero),
});

function tagsOf(image: GeoTIFFImage) {
  return tags.parse(image.getFileDirectory());
}

async function decode(image: GeoTIFFImage, index: number, bytes: Buffer): Promise<Bitmap> {
  const { Compression, PhotometricInterpretation } = tagsOf(image);
  const unread = unreadCompressions[Compression];
  if (unread) {
    const message = `Sluice cannot read TIFF images packed with ${unread}. Save it as PNG, or as a TIFF with LZW, and upload that.`;
    throw new DocumentError('unsupported_file', message);
  }
  if (utifCompressions.has(Compression)) return decodeByUtif(bytes, index);
  const isInverted = PhotometricInterpretation === whiteIsZero;
  if (isInverted || PhotometricInterpretation === blackIsZero) return decodeGrey(image, isInverted);
  return decodeColour(image);
}

function decodeByUtif(bytes: Buffer, index: number): Bitmap {
  const directory = Utif.decode(bytes)[index];
  if (!directory) throw new Error('The TIFF has no such frame');
  Utif.decodeImage(bytes, directory);
  const { width, height } = directory;
  return { width, height, channels: 4, data: Utif.toRGBA8(directory) };
}

async function decodeGrey(image: GeoTIFFImage, isInverted: boolean): Promise<Bitmap> {
  const raster = await image.readRasters({ samples: [0], interleave: true });
  const factor = 255 / maxOf(image);
  const { width, height } = raster;
  const data = new Uint8Array(width * height);
  for (let dot = 0; dot < data.length; dot++) {
    const grey = Math.round(Number(raster[dot]) * factor);
    data[dot] = isInverted ? 255 - grey : grey;
  }
  return { width, height, channels: 1, data };
}

async function decodeColour(image: GeoTIFFImage): Promise<Bitmap> {
  const raster = await image.readRGB({ interleave: true, enableAlpha: true });
  const { width, height } = raster;
  const parts = raster.length / (width * height);
  const factor = raster instanceof Uint8Array || raster instanceof Uint8ClampedArray ? 1 : 255 / maxOf(image);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let dot = 0; dot < width * height; dot++) {
    for (let part = 0; part < Math.min(4, parts); part++) {
      data[dot * 4 + part] = Math.round(Number(raster[dot * parts + part]) * factor);
    }
  }
  return { width, height, channels: 4, data };
}

/** The greatest number that a sample can hold; fractions go up to 1. */
function maxOf(image: GeoTIFFImage): number {
  const isFraction = image.getSampleFormat(0) === 3;
  return isFraction ? 1 : 2 ** image.getBitsPerSample(0) - 1;
}
