import type { HistogramData, HistogramRow } from "../wire/messages";

/** One histogram on the axis that all ridges share. */
export interface Ridge {
  readonly iteration: number;
  /** Share of all values per bin, innermost first. */
  readonly negative: Float64Array;
  readonly positive: Float64Array;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
}

export interface Ridges {
  readonly rows: readonly Ridge[];
  /** Bin at the inner edge; a value of bin k is about 2^((k − 128) / 4). */
  readonly lowBin: number;
  readonly bins: number;
  readonly hasNegative: boolean;
  /** The share that a full-height peak stands for. */
  readonly most: number;
}

// Values this far below the largest are noise of rounding; their bins would squeeze the rest.
const MOST_BINS = 96;
// Nor is a tail of which no histogram has more than this share: it joins the innermost bin.
const TAIL = 0.001;
// One histogram that is a single spike must not flatten all others.
const FULL_HEIGHT = 0.97;

/** Histograms over time, oldest first, on one signed logarithmic axis. */
export function ridgesOf(rows: readonly HistogramRow[]): Ridges {
  const sides = rows.flatMap(({ histogram: h }) => [
    [h.positiveFirst, h.positive.length] as const,
    [h.negativeFirst, h.negative.length] as const,
  ]);
  const ends = sides.filter(([, length]) => length > 0);
  const high = Math.max(0, ...ends.map(([first, length]) => first + length));
  const first = Math.max(high - MOST_BINS, Math.min(high, ...ends.map(([bin]) => bin)));
  const low = Math.max(first, Math.min(high, ...rows.map(({ histogram }) => tailEnd(histogram))));
  const ridges = rows.map(({ iteration, histogram }) => ridge(iteration, histogram, low, high - low));
  const peaks = ridges.map((r) => Math.max(0, ...r.negative, ...r.positive)).sort((a, b) => a - b);
  return {
    rows: ridges,
    lowBin: low,
    bins: high - low,
    hasNegative: ridges.some((r) => r.negative.some((share) => share > 0)),
    most: peaks[Math.floor((peaks.length - 1) * FULL_HEIGHT)] || 1,
  };
}

function ridge(iteration: number, h: HistogramData, low: number, bins: number): Ridge {
  const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);
  const infinities = h.positiveInfinities + h.negativeInfinities;
  const count = Math.max(1, h.zeros + sum(h.positive) + sum(h.negative) + h.nans + infinities);
  const side = (first: number, counts: Float64Array) => {
    const shares = new Float64Array(bins);
    counts.forEach((n, i) => {
      const at = Math.max(0, first + i - low);
      shares[at] = (shares[at] ?? 0) + n / count;
    });
    return shares;
  };
  return {
    iteration,
    negative: side(h.negativeFirst, h.negative),
    positive: side(h.positiveFirst, h.positive),
    zeros: h.zeros / count,
    nans: h.nans / count,
    infinities: infinities / count,
  };
}

/** The bin below which a histogram has hardly any of its values. */
function tailEnd(h: HistogramData): number {
  const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);
  const allowed = TAIL * (h.zeros + sum(h.positive) + sum(h.negative));
  const first = Math.min(
    h.positive.length > 0 ? h.positiveFirst : Infinity,
    h.negative.length > 0 ? h.negativeFirst : Infinity,
  );
  let below = 0;
  for (let bin = first; bin < 256; bin++) {
    below += (h.positive[bin - h.positiveFirst] ?? 0) + (h.negative[bin - h.negativeFirst] ?? 0);
    if (below > allowed) return bin;
  }
  return Infinity;
}

/** Magnitude at the lower edge of a bin. */
export function binEdge(bin: number): number {
  return 2 ** ((bin - 128) / 4);
}
