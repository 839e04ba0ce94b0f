import type { Timeline } from "./timeline";

/** Units that get a colour of their own, by how often each was the strongest. */
export const NAMED_UNITS = 3;

/** One layer's largest activations over time, in equal spans of iterations. */
export interface Trace {
  /** Signed value of the largest |h| of each bin; NaN where no sample fell. */
  readonly peaks: Float32Array;
  /** Its unit; -1 where there is none. */
  readonly units: Int32Array;
  /** Strongest units, most frequent first, with the share of samples in which each was it. */
  readonly strongest: readonly (readonly [unit: number, share: number])[];
  readonly low: number;
  readonly high: number;
  readonly hasNegative: boolean;
}

export function traceOf(t: Timeline, layer: number, edges: Int32Array): Trace {
  const bins = edges.length - 1;
  const peaks = new Float32Array(bins).fill(NaN);
  const units = new Int32Array(bins).fill(-1);
  const counts = new Map<number, number>();
  let low = Infinity;
  let high = 0;
  let samples = 0;
  let hasNegative = false;
  for (let b = 0; b < bins; b++) {
    for (let i = edges[b] as number; i < (edges[b + 1] as number); i++) {
      const value = t.topValue(i, layer, 0);
      const unit = t.topUnit(i, layer, 0);
      if (!Number.isFinite(value) || unit < 0) continue;
      counts.set(unit, (counts.get(unit) ?? 0) + 1);
      samples++;
      const size = Math.abs(value);
      if (size > 0) low = Math.min(low, size);
      high = Math.max(high, size);
      hasNegative ||= value < 0;
      const before = Math.abs(peaks[b] as number);
      if (Number.isNaN(before) || size > before) {
        peaks[b] = value;
        units[b] = unit;
      }
    }
  }
  const strongest = [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, NAMED_UNITS)
    .map(([unit, count]) => [unit, count / samples] as const);
  return { peaks, units, strongest, low: Math.min(low, high), high, hasNegative };
}

/** Powers of ten that one row stands for: as many as the layer that moves most, one at least. */
export function decadesOf(traces: readonly Trace[]): number {
  return Math.max(1, ...traces.filter((trace) => trace.low > 0).map((trace) => Math.log10(trace.high / trace.low)));
}

/** Height of an amplitude in its row, 0..1 of the way from the row's smallest size to its largest. */
export function heightOf(size: number, trace: Trace, decades: number): number {
  if (!(size > 0) || !(trace.high > 0)) return 0;
  return Math.min(1, Math.max(0, 1 + Math.log10(size / trace.high) / decades));
}
