import type { HistogramData } from "../wire/messages";

/** Bars on a signed logarithmic axis: negative magnitudes run left, positive ones right of zero. */
export interface Bars {
  /** Exponents of two at the inner and outer edge of each side. */
  readonly lowExponent: number;
  readonly highExponent: number;
  /** Share of all finite values per bin, innermost first; both sides have the same length. */
  readonly negative: Float64Array;
  readonly positive: Float64Array;
  readonly zeroShare: number;
  readonly count: number;
  readonly notFinite: number;
  readonly most: number;
}

// Bin k holds 2^((k-128)/4) <= |h| < 2^((k-127)/4): four bins to the octave.
const exponentOf = (bin: number) => (bin - 128) / 4;

// Values this far below the largest are noise of rounding; their bins would squeeze the rest.
const MOST_BINS = 80;

export function barsOf(h: HistogramData): Bars {
  const total = (bins: Float64Array) => bins.reduce((sum, n) => sum + n, 0);
  const count = h.zeros + total(h.positive) + total(h.negative);
  const ends = [
    [h.positiveFirst, h.positive.length],
    [h.negativeFirst, h.negative.length],
  ].filter(([, length]) => (length as number) > 0) as [number, number][];
  const high = Math.max(...ends.map(([first, length]) => first + length));
  const low = Math.max(high - MOST_BINS, Math.min(...ends.map(([first]) => first)));
  const width = ends.length === 0 ? 0 : high - low;
  const side = (first: number, bins: Float64Array) => {
    const shares = new Float64Array(width);
    bins.forEach((n, i) => {
      const at = Math.max(0, first + i - low);
      shares[at] = (shares[at] as number) + n / count;
    });
    return shares;
  };
  const negative = side(h.negativeFirst, h.negative);
  const positive = side(h.positiveFirst, h.positive);
  return {
    lowExponent: exponentOf(low),
    highExponent: exponentOf(high),
    negative,
    positive,
    zeroShare: count === 0 ? 0 : h.zeros / count,
    count,
    notFinite: h.nans + h.positiveInfinities + h.negativeInfinities,
    most: Math.max(...negative, ...positive, 1e-12),
  };
}
