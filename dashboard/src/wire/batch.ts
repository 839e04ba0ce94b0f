import { layerDetails, parameterDetails, type Envelope, type Numbers } from "./decode";
import { TOPS, type LayerDetail, type NumbersBatch, type ParameterDetail } from "./messages";

// Further back than this a histogram is history.
const DETAILS_FROM = 32;

/** The columns that the run's description announces. */
export interface Shape {
  readonly layers: number;
  readonly quantities: number;
  readonly runQuantities: number;
  readonly parameters: number;
  readonly parameterQuantities: number;
}

export interface Sample {
  readonly envelope: Pick<Envelope, "iteration" | "timeMillis">;
  readonly numbers: Numbers;
}

/** Samples, oldest first, turned into columns; a layer or quantity that a sample lacks is NaN. */
export function toBatch(samples: readonly Sample[], shape: Shape): NumbersBatch {
  const count = samples.length;
  const { layers, quantities, runQuantities, parameters, parameterQuantities } = shape;
  const column = () => new Float64Array(count);
  const iteration = column();
  const timeMillis = column();
  const epoch = column();
  const score = column();
  const offered = column();
  const dropped = column();
  const values = new Float32Array(count * layers * quantities).fill(NaN);
  const runValues = new Float32Array(count * runQuantities).fill(NaN);
  const tops = new Float32Array(count * layers * 2 * TOPS).fill(NaN);
  const parameterValues = new Float32Array(count * parameters * parameterQuantities).fill(NaN);
  samples.forEach(({ envelope, numbers }, i) => {
    iteration[i] = Number(envelope.iteration);
    timeMillis[i] = Number(envelope.timeMillis);
    epoch[i] = numbers.epoch;
    score[i] = numbers.score;
    offered[i] = Number(numbers.offered);
    dropped[i] = Object.values(numbers.dropped).reduce((sum, n) => sum + Number(n), 0);
    for (const layer of numbers.layers) {
      if (layer.layer >= layers) continue;
      const at = (i * layers + layer.layer) * quantities;
      const most = Math.min(quantities, layer.values.length);
      for (let q = 0; q < most; q++) values[at + q] = layer.values[q] as number;
      layer.top.slice(0, TOPS).forEach((top, rank) => {
        tops.set([top.value, top.unit], ((i * layers + layer.layer) * TOPS + rank) * 2);
      });
    }
    for (const { parameter, values: told } of numbers.parameters) {
      if (parameter >= parameters) continue;
      parameterValues.set(told.slice(0, parameterQuantities), (i * parameters + parameter) * parameterQuantities);
    }
    const most = Math.min(runQuantities, numbers.runValues.length);
    for (let q = 0; q < most; q++) runValues[i * runQuantities + q] = numbers.runValues[q] as number;
  });
  const last = samples[count - 1]?.numbers;
  const reasons = Object.entries(last?.dropped ?? {}).map(([reason, n]) => [reason, Number(n)] as const);
  return {
    count,
    layers,
    quantities,
    runQuantities,
    iteration,
    timeMillis,
    epoch,
    score,
    offered,
    dropped,
    values,
    runValues,
    tops,
    parameters,
    parameterQuantities,
    parameterValues,
    parameterDetails: newestParameters(samples),
    details: newestDetails(samples),
    droppedByReason: Object.fromEntries(reasons),
  };
}

/** Of every layer its newest: a sample need not hold them all. */
function newestDetails(samples: readonly Sample[]): LayerDetail[] {
  const newest = new Map<number, LayerDetail>();
  for (const { envelope, numbers } of samples.slice(-DETAILS_FROM)) {
    for (const detail of layerDetails(numbers, Number(envelope.iteration))) newest.set(detail.layer, detail);
  }
  return [...newest.values()];
}

function newestParameters(samples: readonly Sample[]): ParameterDetail[] {
  const newest = new Map<number, ParameterDetail>();
  for (const { envelope, numbers } of samples.slice(-DETAILS_FROM)) {
    for (const detail of parameterDetails(numbers, Number(envelope.iteration))) newest.set(detail.parameter, detail);
  }
  return [...newest.values()];
}

export function transfersOf(batch: NumbersBatch): Transferable[] {
  const { iteration, timeMillis, epoch, score, offered, dropped, values, runValues, tops, parameterValues } = batch;
  return [iteration, timeMillis, epoch, score, offered, dropped, values, runValues, tops, parameterValues].map(
    (column) => column.buffer as ArrayBuffer,
  );
}
