/**
 * Which rows of a very long list are on screen. Browsers stop laying out near 33 million pixels, so a list taller than
 * `limitPx` is scrolled in a shorter box: small moves are followed pixel by pixel, long ones by share of the whole.
 */
const limitPx = 8_000_000;

export interface VirtualWindow {
  /** Height of the scrolled box. */
  readonly boxPx: number;
  /** Height the rows really have. */
  readonly wholePx: number;
}

export const measureWindow = (count: number, rowPx: number): VirtualWindow => {
  const wholePx = count * rowPx;
  return { boxPx: Math.min(wholePx, limitPx), wholePx };
};

/** Where in the whole list the top edge is, after the box was scrolled from one place to another. */
export const followScroll = (
  size: VirtualWindow,
  viewPx: number,
  before: { readonly scrollPx: number; readonly wholeTopPx: number },
  scrollPx: number,
): number => {
  const end = Math.max(0, size.wholePx - viewPx);
  if (size.boxPx === size.wholePx) return Math.min(scrollPx, end);
  const boxEnd = Math.max(1, size.boxPx - viewPx);
  if (scrollPx <= 0) return 0;
  if (scrollPx >= boxEnd) return end;
  const moved = scrollPx - before.scrollPx;
  const top = Math.abs(moved) < viewPx * 2 ? before.wholeTopPx + moved : (scrollPx / boxEnd) * end;
  return Math.max(0, Math.min(end, top));
};

/** Where the box must be scrolled to so that the whole list's `topPx` is at the top edge. */
export const scrollFromTop = (size: VirtualWindow, viewPx: number, topPx: number): number => {
  if (size.boxPx === size.wholePx) return topPx;
  const end = Math.max(1, size.wholePx - viewPx);
  return (topPx / end) * Math.max(1, size.boxPx - viewPx);
};
