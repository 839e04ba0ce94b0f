import type { NumbersBatch } from "../wire/messages";

const MOST_VALUES = 12e6; // floats: 48 MB
const FEWEST_SAMPLES = 256;

/**
 * Every sample that the page knows, in columns, oldest first, with iterations strictly rising.
 * Bounded: when it is full every second sample of the older half goes, so the recent past stays
 * dense and the distant past thins out. values is [sample × layer × quantity].
 */
export class Timeline {
  length = 0;
  layers = 0;
  quantities = 0;
  runQuantities = 0;
  iteration: Float64Array;
  timeMillis: Float64Array;
  epoch: Float64Array;
  score: Float64Array;
  offered: Float64Array;
  dropped: Float64Array;
  values = new Float32Array(0);
  runValues = new Float32Array(0);
  private most: number;

  constructor(readonly capacity = 4096) {
    this.most = capacity;
    const column = () => new Float64Array(capacity);
    this.iteration = column();
    this.timeMillis = column();
    this.epoch = column();
    this.score = column();
    this.offered = column();
    this.dropped = column();
  }

  /** Layers and quantities only ever grow; what was not known then is NaN. */
  grow(layers: number, quantities: number, runQuantities: number): void {
    layers = Math.max(layers, this.layers);
    quantities = Math.max(quantities, this.quantities);
    runQuantities = Math.max(runQuantities, this.runQuantities);
    if (layers === this.layers && quantities === this.quantities && runQuantities === this.runQuantities) return;
    const most = this.mostOf(layers, quantities);
    while (this.length > most) this.thin();
    const values = new Float32Array(most * layers * quantities).fill(NaN);
    const runValues = new Float32Array(most * runQuantities).fill(NaN);
    for (let i = 0; i < this.length; i++) {
      for (let l = 0; l < this.layers; l++) {
        const from = (i * this.layers + l) * this.quantities;
        values.set(this.values.subarray(from, from + this.quantities), (i * layers + l) * quantities);
      }
      const from = i * this.runQuantities;
      runValues.set(this.runValues.subarray(from, from + this.runQuantities), i * runQuantities);
    }
    this.values = values;
    this.runValues = runValues;
    this.layers = layers;
    this.quantities = quantities;
    this.runQuantities = runQuantities;
    this.most = most;
  }

  append(batch: NumbersBatch): void {
    this.grow(batch.layers, batch.quantities, batch.runQuantities);
    for (let i = 0; i < batch.count; i++) this.appendSample(batch, i);
  }

  /** Index of the newest sample at or before an iteration; -1 when there is none. */
  indexAt(iteration: number): number {
    return lastAtOrBefore(this.iteration, this.length, iteration);
  }

  /** Index of the sample nearest to an iteration; -1 when there are no samples. */
  nearest(iteration: number): number {
    const before = this.indexAt(iteration);
    if (before < 0) return this.length > 0 ? 0 : -1;
    const after = before + 1;
    if (after >= this.length) return before;
    const gapBefore = iteration - (this.iteration[before] as number);
    return (this.iteration[after] as number) - iteration < gapBefore ? after : before;
  }

  value(sample: number, layer: number, quantity: number): number {
    if (layer >= this.layers || quantity >= this.quantities) return NaN;
    return this.values[(sample * this.layers + layer) * this.quantities + quantity] ?? NaN;
  }

  runValue(sample: number, quantity: number): number {
    if (quantity >= this.runQuantities) return NaN;
    return this.runValues[sample * this.runQuantities + quantity] ?? NaN;
  }

  /** Typical milliseconds between samples: the median of the latest gaps; NaN when unknown. */
  usualGapMillis(): number {
    const gaps: number[] = [];
    for (let i = Math.max(1, this.length - 32); i < this.length; i++) {
      gaps.push((this.timeMillis[i] as number) - (this.timeMillis[i - 1] as number));
    }
    gaps.sort((a, b) => a - b);
    return gaps[gaps.length >> 1] ?? NaN;
  }

  private appendSample(batch: NumbersBatch, from: number): void {
    const iteration = batch.iteration[from] as number;
    // A training resumed from a checkpoint repeats iterations: what happened last is what counts.
    while (this.length > 0 && (this.iteration[this.length - 1] as number) >= iteration) this.length--;
    while (this.length >= this.most) this.thin();
    const at = this.length++;
    this.iteration[at] = iteration;
    this.timeMillis[at] = batch.timeMillis[from] as number;
    this.epoch[at] = batch.epoch[from] as number;
    this.score[at] = batch.score[from] as number;
    this.offered[at] = batch.offered[from] as number;
    this.dropped[at] = batch.dropped[from] as number;
    for (let l = 0; l < this.layers; l++) {
      for (let q = 0; q < this.quantities; q++) {
        const known = l < batch.layers && q < batch.quantities;
        const value = known ? batch.values[(from * batch.layers + l) * batch.quantities + q] : NaN;
        this.values[(at * this.layers + l) * this.quantities + q] = value as number;
      }
    }
    for (let q = 0; q < this.runQuantities; q++) {
      const value = q < batch.runQuantities ? batch.runValues[from * batch.runQuantities + q] : NaN;
      this.runValues[at * this.runQuantities + q] = value as number;
    }
  }

  /** How many samples fit into the memory that a timeline may have; wide networks keep fewer. */
  private mostOf(layers: number, quantities: number): number {
    const fitting = Math.floor(MOST_VALUES / Math.max(1, layers * quantities));
    return Math.min(this.capacity, Math.max(FEWEST_SAMPLES, fitting));
  }

  private thin(): void {
    const half = this.length >> 1;
    let kept = 0;
    for (let i = 0; i < this.length; i++) {
      if (i < half && i % 2 === 1) continue;
      if (i !== kept) this.move(i, kept);
      kept++;
    }
    this.length = kept;
  }

  private move(from: number, to: number): void {
    for (const column of [this.iteration, this.timeMillis, this.epoch, this.score, this.offered, this.dropped]) {
      column[to] = column[from] as number;
    }
    const width = this.layers * this.quantities;
    this.values.copyWithin(to * width, from * width, (from + 1) * width);
    this.runValues.copyWithin(to * this.runQuantities, from * this.runQuantities, (from + 1) * this.runQuantities);
  }
}

/** Index of the last of the first `length` rising values that is at most `limit`; -1 for none. */
export function lastAtOrBefore(values: Float64Array, length: number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
