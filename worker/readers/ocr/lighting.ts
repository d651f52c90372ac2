import { type GreyBitmap, histogramOf } from './bitmap.ts';

/** Below this grey the paper is dark: its print is light. */
const darkPaper = 110;

/** A picture as dark print on light paper: most dots of a page are paper. */
export function asDarkOnLight(picture: GreyBitmap): GreyBitmap {
  const histogram = histogramOf(picture.data);
  let seen = 0;
  const median = histogram.findIndex((count) => (seen += count) >= picture.data.length / 2);
  if (median >= darkPaper) return picture;
  const data = new Uint8Array(picture.data.length);
  for (let dot = 0; dot < data.length; dot++) data[dot] = 255 - (picture.data[dot] ?? 255);
  return { ...picture, data };
}
