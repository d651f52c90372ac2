import type { Box } from '#lib/core/pages/page.ts';

export interface Size {
  width: number;
  height: number;
}

/** Where a page stands in the scrolled content, in CSS pixels. `head` is room above it, part of neither. */
export interface Spot extends Size {
  pageNum: number;
  left: number;
  top: number;
}

export interface Layout extends Size {
  spots: readonly Spot[];
}

/** Quarter turns clockwise, in degrees. */
export const rotations = [0, 90, 180, 270] as const;
export type Rotation = (typeof rotations)[number];

/** `auto` fits the width as long as letters stay of a usual size. A number is a factor of the page's natural size. */
export type Zoom = 'auto' | 'width' | 'page' | number;

const gap = 16;
const margin = 16;
/** The last lines can be scrolled above the controls that float over the bottom. */
const below = 40;
export const minZoom = 0.1;
export const maxZoom = 8;

/** Pages below each other, centred in the view. `sizes` in CSS pixels at 100 %, `heads` by page number. */
export function layoutPages(
  sizes: readonly Size[],
  zoom: number,
  rotation: Rotation,
  view: Size,
  heads: ReadonlyMap<number, number>,
): Layout {
  const turned = sizes.map((size) => turn(size, rotation));
  const width = Math.max(view.width, ...turned.map((size) => size.width * zoom + 2 * margin));
  let top = margin;
  const spots = turned.map((size, pageNum) => {
    const spot = {
      pageNum,
      left: (width - size.width * zoom) / 2,
      top: top + (heads.get(pageNum) ?? 0),
      width: size.width * zoom,
      height: size.height * zoom,
    };
    top = spot.top + spot.height + gap;
    return spot;
  });
  return { spots, width, height: Math.max(view.height, top + below) };
}

/** The pages between two heights of the content, both in CSS pixels. */
export function pagesBetween({ spots }: Layout, from: number, to: number): readonly Spot[] {
  const first = pageAt(spots, from);
  let end = first;
  while (end < spots.length && (spots[end]?.top ?? 0) < to) end += 1;
  return spots.slice(first, end);
}

/** The number of the page at a height, the nearest below it between two. 0 when there are none. */
export function pageAt(spots: readonly Spot[], y: number): number {
  let [low, high] = [0, spots.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const spot = spots[middle];
    if (spot && spot.top + spot.height < y) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low);
}

export function turn(size: Size, rotation: Rotation): Size {
  return rotation % 180 === 0 ? size : { width: size.height, height: size.width };
}

/** A box of the page as it stands once the page is turned. */
export function turnBox({ x, y, width, height }: Box, rotation: Rotation): Box {
  if (rotation === 90) return { x: 1 - y - height, y: x, width: height, height: width };
  if (rotation === 180) return { x: 1 - x - width, y: 1 - y - height, width, height };
  if (rotation === 270) return { x: y, y: 1 - x - width, width: height, height: width };
  return { x, y, width, height };
}

/** The other way round. */
export function turnBack(box: Box, rotation: Rotation): Box {
  return turnBox(box, rotations.find((one) => (one + rotation) % 360 === 0) ?? 0);
}

/** The factor that a zoom means for a page in a view; `most` bounds `auto`. */
export function zoomFactor(zoom: Zoom, page: Size, view: Size, most: number): number {
  if (typeof zoom === 'number') return clamp(zoom, minZoom, maxZoom);
  const byWidth = (view.width - 2 * margin) / page.width;
  const byHeight = (view.height - 2 * margin) / page.height;
  const factor = zoom === 'page' ? Math.min(byWidth, byHeight) : zoom === 'width' ? byWidth : Math.min(byWidth, most);
  return clamp(factor, minZoom, maxZoom);
}

const legible = 11;
const comfortable = 15;

/**
 * The factor at which evidence can be read: that of now, unless its lines are lower than 11 pixels; then so that
 * they are 15, as far as it still fits into the view. `lineHeight` and `evidence` in CSS pixels at 100 %.
 */
export function zoomToRead(factor: number, lineHeight: number, evidence: Size, view: Size): number {
  if (lineHeight * factor >= legible || lineHeight <= 0) return factor;
  const fits = Math.min((view.width * 0.9) / evidence.width, (view.height * 0.9) / evidence.height);
  return clamp(Math.max(factor, Math.min(comfortable / lineHeight, fits)), minZoom, maxZoom);
}

/**
 * Where a view that is narrower than its page stands best to show a box: at the page's left edge, so that lines are read
 * from their beginning; at its right edge; else with the box in its middle. A point of the page, and where in the view it
 * is to be, both as fractions of their width.
 */
export function besideBox(box: Box, page: Size, view: Size): { x: number; atX: number } {
  const edge = margin / view.width;
  const room = view.width - 2 * margin;
  if ((box.x + box.width) * page.width <= room) return { x: 0, atX: edge };
  if ((1 - box.x) * page.width <= room) return { x: 1, atX: 1 - edge };
  return { x: box.x + box.width / 2, atX: 0.5 };
}

/** The smallest box around several; null around none. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

export function isWithin({ x, y, width, height }: Box, atX: number, atY: number): boolean {
  return x <= atX && atX <= x + width && y <= atY && atY <= y + height;
}

export function clamp(number: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, number));
}
