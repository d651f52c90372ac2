import { createCanvas } from '@napi-rs/canvas';

/** A picture of lines of print, black on white, as a PNG; turned about its middle by degrees. */
export async function pageImageOf(
  lines: readonly string[],
  { width = 1000, height = 700, degrees = 0, size = 32 } = {},
): Promise<Buffer> {
  const isSideways = degrees % 180 === 90;
  const canvas = createCanvas(isSideways ? height : width, isSideways ? width : height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.fillStyle = 'black';
  context.font = `${size}px sans-serif`;
  for (const [index, line] of lines.entries()) {
    context.fillText(line, 60 - width / 2, 100 - height / 2 + index * size * 1.6);
  }
  return canvas.encode('png');
}

export const letter = [
  'Invoice number 4711 of 3 May 2025',
  'The following goods were delivered to you',
  'Twelve boxes of paper at 4.50 each',
  'Three cartons of envelopes at 12.00 each',
  'Please pay the total amount of 90.00 within',
  'thirty days to the account named below',
  'Thank you very much for your order',
];
