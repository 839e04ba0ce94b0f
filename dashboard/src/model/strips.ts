import type { QuantityInfo } from "../wire/messages";
import { isBroken } from "./not-finite";
import type { Timeline } from "./timeline";

/**
 * Which quantities the strips show unless someone chose: how much is silent, how much sticks out,
 * how much changes.
 */
const WANTED: readonly RegExp[] = [/^(zero|sparsity)/, /^massive_ratio|^massive/, /^drift|^dead_share|^dead/];

export function defaultStrips(
  quantities: readonly QuantityInfo[],
  count: number,
  wanted: readonly RegExp[] = WANTED,
): number[] {
  const chosen: number[] = [];
  for (const pattern of wanted) {
    const at = quantities.findIndex((q, i) => pattern.test(q.id) && !chosen.includes(i));
    if (at >= 0) chosen.push(at);
  }
  for (let i = 0; i < quantities.length && chosen.length < count; i++) if (!chosen.includes(i)) chosen.push(i);
  return chosen.slice(0, count);
}

/** Sample index range [from, to) that each of `bins` equal spans of iterations covers. */
export function binEdges(t: Timeline, first: number, last: number, bins: number): Int32Array {
  const edges = new Int32Array(bins + 1);
  for (let b = 0; b <= bins; b++) {
    // The last bin holds what happened at its very end, too.
    const at = b === bins ? last : first + ((last - first) * b) / bins - 1e-9;
    edges[b] = Math.max(0, t.indexAt(at) + 1);
  }
  return edges;
}

/**
 * Fills [layers × bins] with the mean of a quantity per bin; NaN where no sample fell. A bin
 * between two samples takes the one before it, so that sparse runs and quantities of slow schedules
 * are bands, not dashes; but not for ever: a quantity that is no longer told is no longer known.
 */
export function fillStrip(t: Timeline, quantity: number, edges: Int32Array, out: Float32Array): void {
  const bins = edges.length - 1;
  for (let layer = 0; layer < t.layers; layer++) {
    const before = (edges[0] as number) - 1;
    let last = before >= 0 ? t.value(before, layer, quantity) : NaN;
    let missed = 0;
    for (let b = 0; b < bins; b++) {
      let sum = 0;
      let n = 0;
      for (let i = edges[b] as number; i < (edges[b + 1] as number); i++) {
        const value = t.value(i, layer, quantity);
        if (Number.isFinite(value)) {
          sum += value;
          n++;
          missed = 0;
        } else if (isRead(t, i, layer)) missed++;
      }
      if (n > 0) last = sum / n;
      else if (missed > PATIENCE) last = NaN;
      out[layer * bins + b] = last;
    }
  }
}

// Slow quantities are made every few to every tenth sample.
const PATIENCE = 24;

function isRead(t: Timeline, sample: number, layer: number): boolean {
  for (let q = 0; q < t.quantities; q++) if (!Number.isNaN(t.value(sample, layer, q))) return true;
  return false;
}

/** Fills [layers × bins] with 1 where a layer showed a value that is not finite, whatever the quantity. */
export function fillBroken(t: Timeline, counts: readonly number[], edges: Int32Array, out: Uint8Array): void {
  const bins = edges.length - 1;
  out.fill(0);
  for (let b = 0; b < bins; b++) {
    for (let i = edges[b] as number; i < (edges[b + 1] as number); i++) {
      for (let layer = 0; layer < t.layers; layer++) {
        if (isBroken(t, i, layer, counts)) out[layer * bins + b] = 1;
      }
    }
  }
}

/** How a strip turns values into colours. */
export interface StripScale {
  readonly low: number;
  readonly high: number;
  /** Values far above the usual are told apart by their order of magnitude. */
  readonly isLog: boolean;
}

/** Share of the colour map, 0..1, or −1..1 when low is negative. */
export function shareOf(value: number, { low, high, isLog }: StripScale): number {
  if (low < 0) return Math.min(1, Math.max(-1, value / high));
  const share = isLog ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, share));
}

/** What full colour stands for: the bound of a bounded quantity, else the 99th percentile seen. */
export function stripScale(quantity: QuantityInfo, values: Float32Array): StripScale {
  const isBounded = Number.isFinite(quantity.low) && Number.isFinite(quantity.high) && quantity.high > quantity.low;
  if (isBounded && quantity.unit === "ratio") return { low: quantity.low, high: quantity.high, isLog: false };
  const sizes = Float32Array.from(values.filter(Number.isFinite), Math.abs).sort();
  const most = sizes[Math.floor((sizes.length - 1) * 0.99)] ?? 1;
  const least = sizes[Math.floor((sizes.length - 1) * 0.01)] ?? 0;
  const hasNegative = values.some((v) => v < 0);
  if (hasNegative) return { low: -most, high: most, isLog: false };
  const middle = sizes[Math.floor((sizes.length - 1) * 0.5)] ?? 0;
  if (least > 0 && most > 8 * middle) return { low: least, high: most, isLog: true };
  // A quantity far from zero, such as a ratio around 40, would be one flat colour from zero on.
  if (least > 0.5 * most) return { low: least, high: most > least ? most : least + 1, isLog: false };
  return { low: 0, high: most > 0 ? most : 1, isLog: false };
}
