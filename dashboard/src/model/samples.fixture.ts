import { TOPS, type NumbersBatch } from "../wire/messages";

interface Wanted {
  readonly iterations: readonly number[];
  readonly scores?: readonly number[];
  readonly layers?: number;
  readonly quantities?: number;
  readonly value?: (sample: number, layer: number, quantity: number) => number;
  readonly top?: (sample: number, layer: number, rank: number) => readonly [value: number, unit: number];
}

/** Samples for tests, one millisecond to the iteration. */
export function samples(wanted: Wanted): NumbersBatch {
  const { iterations, scores = [], layers = 1, quantities = 1, value = () => NaN, top } = wanted;
  const column = (of: (i: number) => number) => Float64Array.from(iterations, (_, i) => of(i));
  const cells = iterations.length * layers;
  const tops = new Float32Array(cells * TOPS * 2).fill(NaN);
  if (top) {
    for (let i = 0; i < cells * TOPS; i++) {
      const cell = Math.floor(i / TOPS);
      tops.set(top(Math.floor(cell / layers), cell % layers, i % TOPS), 2 * i);
    }
  }
  const cellOf = (i: number) => [Math.floor(i / quantities / layers), Math.floor(i / quantities) % layers, i % quantities] as const;
  return {
    count: iterations.length,
    layers,
    quantities,
    runQuantities: 0,
    iteration: column((i) => iterations[i] as number),
    timeMillis: column((i) => iterations[i] as number),
    epoch: column(() => 0),
    score: column((i) => scores[i] ?? 1),
    offered: column((i) => i + 1),
    dropped: column(() => 0),
    values: Float32Array.from({ length: cells * quantities }, (_, i) => value(...cellOf(i))),
    runValues: new Float32Array(0),
    tops,
    parameters: 0,
    parameterQuantities: 0,
    parameterValues: new Float32Array(0),
    parameterDetails: [],
    details: [],
    droppedByReason: {},
  };
}
