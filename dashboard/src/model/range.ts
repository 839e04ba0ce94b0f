import type { Timeline } from "./timeline";

/** First and last iteration. */
export type Range = readonly [number, number];

/** What the timeline and every view over time show: the closer look, or the whole run. */
export function rangeOf(t: Timeline, zoom: Range | null): Range {
  if (zoom !== null) return zoom;
  if (t.length === 0) return [0, 1];
  const first = t.iteration[0] as number;
  return [first, Math.max(first + 1, t.iteration[t.length - 1] as number)];
}

export function shareOfRange(iteration: number, [first, last]: Range): number {
  return Math.min(1, Math.max(0, (iteration - first) / (last - first)));
}

/** Round iterations that divide a range into about `count` parts. */
export function ticksOf([first, last]: Range, count: number): number[] {
  const step = niceStep((last - first) / count);
  const ticks: number[] = [];
  // A tick at the very end would stand over the edge.
  for (let i = Math.ceil(first / step) * step; i <= last - 0.012 * (last - first); i += step) ticks.push(i);
  return ticks;
}

/** 1, 2 or 5 times a power of ten, at least 1 and at least about `rough`. */
export function niceStep(rough: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const lead = rough / size;
  return Math.max(1, size * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1));
}

const FEWEST_ITERATIONS = 4;

/** A range `factor` times as wide that keeps an iteration in its place; null when it is the whole run. */
export function zoomed(range: Range, whole: Range, factor: number, around: number): Range | null {
  const width = Math.max(FEWEST_ITERATIONS, (range[1] - range[0]) * factor);
  if (width >= whole[1] - whole[0]) return null;
  const from = around - shareOfRange(around, range) * width;
  return shifted([from, from + width], whole, 0);
}

/** A range moved by so many iterations, but not beyond the run. */
export function shifted([first, last]: Range, whole: Range, by: number): Range {
  const width = last - first;
  const from = Math.round(Math.min(whole[1] - width, Math.max(whole[0], first + by)));
  return [from, Math.round(from + width)];
}

/** The range that has an iteration in it: itself, or one moved just so far that it has some room. */
export function holding(range: Range, whole: Range, iteration: number): Range {
  const [first, last] = range;
  if (iteration >= first && iteration <= last) return range;
  const room = (last - first) / 4;
  return shifted(range, whole, iteration < first ? iteration - room - first : iteration + room - last);
}
