import type { QuantityInfo } from "../wire/messages";
import type { Timeline } from "./timeline";

/** Columns of the run quantities that the training itself logged. */
export function ownSeries(runQuantities: readonly QuantityInfo[]): number[] {
  return runQuantities.flatMap((q, i) => (q.group === "Own series" ? [i] : []));
}

/** A series with null where nothing was logged, and its range; the range is null when it has no value at all. */
export interface SeriesLine {
  readonly values: readonly (number | null)[];
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export function seriesLine(t: Timeline, quantity: number): SeriesLine {
  const values: (number | null)[] = [];
  let low = Infinity;
  let high = -Infinity;
  let count = 0;
  for (let i = 0; i < t.length; i++) {
    const value = t.runValue(i, quantity);
    values.push(Number.isFinite(value) ? value : null);
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    count++;
  }
  return { values, low, high, count };
}

/** The last value at or before a sample; NaN when there is none. */
export function lastKnown(t: Timeline, quantity: number, sample: number): number {
  for (let i = sample; i >= 0; i--) {
    const value = t.runValue(i, quantity);
    if (!Number.isNaN(value)) return value;
  }
  return NaN;
}

/** Runs of samples whose score is not finite, as pairs of iterations; none when no score is known at all. */
export function brokenScores(t: Timeline): [number, number][] {
  const runs: [number, number][] = [];
  let known = false;
  for (let i = 0; i < t.length; i++) {
    if (Number.isFinite(t.score[i])) {
      known = true;
      continue;
    }
    const from = i;
    while (i + 1 < t.length && !Number.isFinite(t.score[i + 1])) i++;
    runs.push([t.iteration[from] as number, t.iteration[i] as number]);
  }
  return known ? runs : [];
}
