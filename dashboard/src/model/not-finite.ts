import type { QuantityInfo } from "../wire/messages";
import type { Timeline } from "./timeline";

/** Columns that count values which are not finite. */
export function brokenCounts(quantities: readonly QuantityInfo[]): number[] {
  return quantities.flatMap((q, i) => (/^(nan|inf)_count$/.test(q.id) ? [i] : []));
}

export function isBroken(t: Timeline, sample: number, layer: number, counts: readonly number[]): boolean {
  for (const quantity of counts) if (t.value(sample, layer, quantity) > 0) return true;
  return false;
}

/** Where a training first went wrong; layer -1 is the score itself. */
export interface FirstBroken {
  readonly layer: number;
  readonly iteration: number;
  /** Iteration of the sample before, between which and this one more may have been recorded. */
  readonly after: number;
  /** Other layers that were not finite in the same sample. */
  readonly others: number;
}

/**
 * Finds the first sample in which a layer, the earliest in the order given, or the score was not
 * finite. Each sample is looked at once: a timeline only ever grows at its end.
 */
export class BrokenWatch {
  private seen = -Infinity;
  private hadScore = false;
  private before = NaN;
  first: FirstBroken | null = null;

  update(t: Timeline, counts: readonly number[], order: readonly number[]): FirstBroken | null {
    if (this.first !== null) return this.first;
    for (let i = t.indexAt(this.seen) + 1; i < t.length; i++) {
      const iteration = t.iteration[i] as number;
      const layers = order.filter((layer) => isBroken(t, i, layer, counts));
      const isScore = Number.isFinite(t.score[i]);
      // A framework that reports no score at all is not broken.
      if (layers.length > 0 || (this.hadScore && !isScore)) {
        const others = Math.max(0, layers.length - 1);
        this.first = { layer: layers[0] ?? -1, iteration, after: this.before, others };
        return this.first;
      }
      this.hadScore ||= isScore;
      this.before = iteration;
      this.seen = iteration;
    }
    return null;
  }
}
