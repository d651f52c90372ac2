import { type GreyBitmap, histogramOf, percentile, scale } from './bitmap.ts';

/** Below this grey the paper is dark: its print is light. */
const darkPaper = 110;
/** Paper that is neither dark nor light has light print when little on it is darker. */
const middlePaper = 170;
const clearlyLighter = 2;
/** Areas along the longer side, each of which has its own light. */
const areasAlong = 40;
/** The share of an area's dots that are darker than its paper. */
const paperShare = 0.8;
/** Greys between the brightest and the darkest paper of a page that is lit evenly, at most. */
const evenSpread = 50;
const white = 255;

/** A picture as dark print on light paper: most dots of a page are paper. */
export function asDarkOnLight(picture: GreyBitmap): GreyBitmap {
  const histogram = histogramOf(picture.data);
  const at = (share: number) => percentile(histogram, picture.data.length * share);
  const [ink, paper, light] = [at(0.005), at(0.5), at(0.995)];
  const isDark = paper < darkPaper || (paper < middlePaper && light - paper > clearlyLighter * (paper - ink));
  if (!isDark) return picture;
  const data = new Uint8Array(picture.data.length);
  for (let dot = 0; dot < data.length; dot++) data[dot] = white - (picture.data[dot] ?? white);
  return { ...picture, data };
}

/** A page with shadows as if it were lit evenly, or null when it is. */
export function evenLighting(picture: GreyBitmap): GreyBitmap | null {
  const papers = papersOf(picture);
  const histogram = histogramOf(papers.data);
  const spread = percentile(histogram, papers.data.length * 0.9) - percentile(histogram, papers.data.length * 0.1);
  if (spread <= evenSpread) return null;
  const { width, height } = picture;
  const paper = scale(papers, Math.max(width / papers.width, height / papers.height));
  const data = new Uint8Array(picture.data.length);
  for (let y = 0; y < height; y++) {
    const row = Math.min(paper.height - 1, y) * paper.width;
    for (let x = 0; x < width; x++) {
      const dot = y * width + x;
      const lit = paper.data[row + Math.min(paper.width - 1, x)] ?? white;
      data[dot] = Math.min(white, ((picture.data[dot] ?? white) * white) / Math.max(1, lit));
    }
  }
  return { width, height, channels: 1, data };
}

/** The grey of the paper in each area, one dot per area. */
function papersOf(picture: GreyBitmap): GreyBitmap {
  const side = Math.max(1, Math.ceil(Math.max(picture.width, picture.height) / areasAlong));
  const [width, height] = [Math.ceil(picture.width / side), Math.ceil(picture.height / side)];
  const data = new Uint8Array(width * height);
  for (let area = 0; area < data.length; area++) {
    data[area] = paperOf(picture, (area % width) * side, Math.floor(area / width) * side, side);
  }
  return { width, height, channels: 1, data };
}

function paperOf(picture: GreyBitmap, left: number, top: number, side: number): number {
  const right = Math.min(picture.width, left + side);
  const histogram = new Uint32Array(256);
  let dots = 0;
  for (let y = top; y < Math.min(picture.height, top + side); y++) {
    for (let at = y * picture.width + left; at < y * picture.width + right; at++, dots++) {
      const grey = picture.data[at] ?? white;
      histogram[grey] = (histogram[grey] ?? 0) + 1;
    }
  }
  return percentile(histogram, dots * paperShare);
}
