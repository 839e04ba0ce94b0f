import { TOPS, type NumbersBatch } from "../wire/messages";
import { Block } from "./block";

const MOST_VALUES = 12e6; // floats: 48 MB
const FEWEST_SAMPLES = 256;

/**
 * Every sample that the page knows, in columns, oldest first, with iterations strictly rising.
 * Bounded: when it is full every second sample of the older half goes, so the recent past stays
 * dense and the distant past thins out.
 */
export class Timeline {
  length = 0;
  /** Whether samples that were recorded are not here: history came thinned, or was thinned. */
  isThinned = false;
  iteration: Float64Array;
  timeMillis: Float64Array;
  epoch: Float64Array;
  score: Float64Array;
  offered: Float64Array;
  dropped: Float64Array;
  private readonly layerBlock = new Block();
  private readonly runBlock = new Block();
  private readonly topBlock = new Block();
  private readonly parameterBlock = new Block();
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

  get layers(): number {
    return this.layerBlock.rows;
  }

  get quantities(): number {
    return this.layerBlock.columns;
  }

  get runQuantities(): number {
    return this.runBlock.columns;
  }

  /** [sample × layer × quantity]. */
  get values(): Float32Array {
    return this.layerBlock.data;
  }

  /** Layers and quantities only ever grow; what was not known then is NaN. */
  grow(layers: number, quantities: number, runQuantities: number, parameters = 0, parameterQuantities = 0): void {
    const wanted: readonly (readonly [Block, number, number])[] = [
      [this.layerBlock, layers, quantities],
      [this.runBlock, 1, runQuantities],
      [this.topBlock, layers, 2 * TOPS],
      [this.parameterBlock, parameters, parameterQuantities],
    ];
    const grown = wanted.map(
      ([block, rows, columns]) => [block, Math.max(rows, block.rows), Math.max(columns, block.columns)] as const,
    );
    if (grown.every(([block, rows, columns]) => rows === block.rows && columns === block.columns)) return;
    const most = this.mostOf(grown.reduce((sum, [, rows, columns]) => sum + rows * columns, 0));
    while (this.length > most) this.thin();
    for (const [block, rows, columns] of grown) block.grow(rows, columns, most, this.length);
    this.most = most;
  }

  append(batch: NumbersBatch): void {
    this.grow(batch.layers, batch.quantities, batch.runQuantities, batch.parameters, batch.parameterQuantities);
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
    return this.layerBlock.at(sample, layer, quantity);
  }

  runValue(sample: number, quantity: number): number {
    return this.runBlock.at(sample, 0, quantity);
  }

  /** The largest activation of a layer (rank 0), the second or the third, with its sign; NaN for none. */
  topValue(sample: number, layer: number, rank: number): number {
    return this.topBlock.at(sample, layer, 2 * rank);
  }

  /** The unit that showed it; -1 for none. */
  topUnit(sample: number, layer: number, rank: number): number {
    const unit = this.topBlock.at(sample, layer, 2 * rank + 1);
    return Number.isNaN(unit) ? -1 : unit;
  }

  parameterValue(sample: number, parameter: number, quantity: number): number {
    return this.parameterBlock.at(sample, parameter, quantity);
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
    this.layerBlock.write(at, batch.values, from, batch.layers, batch.quantities);
    this.runBlock.write(at, batch.runValues, from, 1, batch.runQuantities);
    this.topBlock.write(at, batch.tops, from, batch.layers, 2 * TOPS);
    this.parameterBlock.write(at, batch.parameterValues, from, batch.parameters, batch.parameterQuantities);
  }

  /** How many samples fit into the memory that a timeline may have; wide networks keep fewer. */
  private mostOf(width: number): number {
    const fitting = Math.floor(MOST_VALUES / Math.max(1, width));
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
    this.isThinned = true;
  }

  private move(from: number, to: number): void {
    for (const column of [this.iteration, this.timeMillis, this.epoch, this.score, this.offered, this.dropped]) {
      column[to] = column[from] as number;
    }
    for (const block of [this.layerBlock, this.runBlock, this.topBlock, this.parameterBlock]) block.move(from, to);
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
