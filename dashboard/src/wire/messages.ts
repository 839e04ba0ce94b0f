// What the worker and the page say to each other. Everything here has been checked once, in the
// worker; typed arrays are transferred, never copied.

export interface LayerInfo {
  readonly name: string;
  readonly type: string;
  readonly units: number;
  readonly activation: string;
  readonly shape: readonly number[];
  readonly inputs: readonly string[];
  readonly output: boolean;
  readonly postDropout: boolean;
  readonly network: string;
}

export interface QuantityInfo {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  readonly source: string;
  readonly low: number;
  readonly high: number;
  readonly group: string;
}

/** One array of weights that training changes. */
export interface ParameterInfo {
  readonly name: string;
  /** Index into the run's layers; -1 when it belongs to none. */
  readonly layer: number;
  readonly shape: readonly number[];
}

/** A way to divide observations: `count` groups from index `first` on. */
export interface GroupingInfo {
  readonly name: string;
  readonly first: number;
  readonly count: number;
}

export interface RunInfo {
  readonly name: string;
  readonly framework: string;
  readonly backend: string;
  readonly model: string;
  readonly agentVersion: string;
  readonly every: number;
  readonly startedMillis: number;
  readonly layers: readonly LayerInfo[];
  readonly layerQuantities: readonly QuantityInfo[];
  readonly runQuantities: readonly QuantityInfo[];
  readonly parameters: readonly ParameterInfo[];
  readonly parameterQuantities: readonly QuantityInfo[];
  readonly groups: readonly string[];
  /** At least one when there are groups; together they name every group once. */
  readonly groupings: readonly GroupingInfo[];
  readonly settings: Readonly<Record<string, string>>;
}

export interface HistogramData {
  readonly zeros: number;
  readonly nans: number;
  readonly positiveInfinities: number;
  readonly negativeInfinities: number;
  readonly positiveFirst: number;
  readonly positive: Float64Array;
  readonly negativeFirst: number;
  readonly negative: Float64Array;
}

export interface TopValue {
  readonly value: number;
  readonly unit: number;
  readonly row: number;
}

/** What one sample says of one layer beyond its plain quantities. */
export interface LayerDetail {
  readonly layer: number;
  readonly iteration: number;
  readonly rows: number;
  readonly rowsPresent: number;
  readonly histogram: HistogramData | null;
  readonly top: readonly TopValue[];
}

/** The newest histograms of one array of weights, of its gradients and of its updates. */
export interface ParameterDetail {
  readonly parameter: number;
  readonly iteration: number;
  readonly weights: HistogramData | null;
  readonly gradients: HistogramData | null;
  readonly updates: HistogramData | null;
}

/** One layer's histogram at one sample. */
export interface HistogramRow {
  readonly iteration: number;
  readonly histogram: HistogramData;
}

/** How many of the largest activations of a layer a sample names. */
export const TOPS = 3;

/** Samples in columns, oldest first. values is [count × layers × quantities], NaN where none. */
export interface NumbersBatch {
  readonly count: number;
  readonly layers: number;
  readonly quantities: number;
  readonly runQuantities: number;
  readonly iteration: Float64Array;
  readonly timeMillis: Float64Array;
  readonly epoch: Float64Array;
  readonly score: Float64Array;
  readonly offered: Float64Array;
  readonly dropped: Float64Array;
  readonly values: Float32Array;
  readonly runValues: Float32Array;
  /** [count × layers × TOPS × 2]: a signed value and its unit, largest first. */
  readonly tops: Float32Array;
  readonly parameters: number;
  readonly parameterQuantities: number;
  /** [count × parameters × parameterQuantities]. */
  readonly parameterValues: Float32Array;
  readonly parameterDetails: readonly ParameterDetail[];
  /** Of each layer the newest. */
  readonly details: readonly LayerDetail[];
  readonly droppedByReason: Readonly<Record<string, number>>;
}

export interface QualityData {
  readonly trustworthiness: number;
  readonly continuity: number;
  readonly kept: number;
  readonly displacement: number;
  readonly displacementP95: number;
  readonly drift: number;
  readonly tickMillis: number;
}

export const ALIVE = 0;
export const DEAD = 1;
export const NEWBORN = 2;

export interface LayerMap {
  readonly layer: number;
  /** When it was made: the governor may leave layers out of a sample, so maps differ in age. */
  readonly iteration: number;
  readonly units: number;
  /** [units × 2], in units of the map's RMS radius about the origin. */
  readonly positions: Float32Array;
  readonly values: Float32Array;
  /** [groups × units]. */
  readonly profiles: Float32Array;
  readonly groups: number;
  readonly states: Uint8Array;
  readonly valueRange: number;
  readonly profileRange: number;
  readonly quality: QualityData | null;
  readonly layout: string;
  readonly tick: number;
  /** Delaunay triangles of the living units, three indices each. */
  readonly triangles: Uint32Array;
  /** 2 × 2, row-major: turns positions so that groups lie as in the layer before; empty: none. */
  readonly pose: readonly number[];
}

/** Positions of one layer by a method other than the live one. */
export interface LayerLayoutData {
  readonly layer: number;
  readonly iteration: number;
  readonly method: string;
  readonly distance: string;
  readonly basis: string;
  readonly seconds: number;
  /** [units × 2], in units of the map's RMS radius. */
  readonly positions: Float32Array;
  readonly states: Uint8Array;
  readonly triangles: Uint32Array;
  readonly quality: Pick<QualityData, "trustworthiness" | "continuity" | "kept"> | null;
}

/** Bytes that stand for zero + scale × byte. */
export interface ByteImage {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly scale: number;
  readonly zero: number;
  readonly data: Uint8Array;
}

/** What the units of one layer see of one example: a picture per channel, or one per attention head. */
export interface LayerFeaturesData {
  readonly layer: number;
  readonly iteration: number;
  readonly maps: ByteImage;
  /** Held over time. */
  readonly range: number;
  /** The example itself, a plane per channel, when it is a picture. */
  readonly input: ByteImage | null;
  readonly example: string;
}

export interface PictureData {
  readonly iteration: number;
  readonly timeMillis: number;
  readonly layers: readonly LayerMap[];
}

export interface UnitStatistics {
  readonly layer: number;
  readonly iteration: number;
  readonly mean: Float32Array;
  readonly std: Float32Array;
  readonly nonZero: Float32Array;
  readonly maxAbs: Float32Array;
}

export interface UnitsData {
  readonly iteration: number;
  readonly layers: readonly UnitStatistics[];
}

export interface Mark {
  readonly kind: "note" | "gap";
  readonly iteration: number;
  readonly timeMillis: number;
  readonly text: string;
  readonly source: string;
}

export type AlertSeverity = "info" | "warning" | "critical";
export type AlertStanding = "pending" | "firing" | "resolved";

/** One change of state of an alert; the newest of an id is how it stands. */
export interface AlertData {
  readonly id: string;
  readonly rule: string;
  readonly severity: AlertSeverity;
  readonly state: AlertStanding;
  /** Id of the alert that it follows from; empty when it stands for itself. */
  readonly cause: string;
  /** Name of a layer or of a parameter array; empty for the run. */
  readonly subject: string;
  /** Index of its layer; −1 when it is of no layer. */
  readonly layer: number;
  readonly sinceIteration: number;
  readonly sinceMillis: number;
  readonly summary: string;
  /** Units with the largest activations at that moment. */
  readonly top: readonly number[];
}

/** Everything the log knew at one moment. */
export interface Moment {
  readonly asked: number;
  readonly numbers: NumbersBatch | null;
  readonly picture: PictureData | null;
  readonly units: UnitsData | null;
  readonly layouts: readonly LayerLayoutData[];
  readonly features: readonly LayerFeaturesData[];
}

export type LinkState = "connecting" | "open" | "reconnecting" | "unauthorised" | "missing";

export type FromWorker =
  | { readonly type: "link"; readonly state: LinkState; readonly retryMillis: number }
  | { readonly type: "info"; readonly info: RunInfo }
  | { readonly type: "numbers"; readonly batch: NumbersBatch; readonly live: boolean }
  | { readonly type: "picture"; readonly picture: PictureData }
  | { readonly type: "units"; readonly units: UnitsData }
  | { readonly type: "layouts"; readonly layouts: readonly LayerLayoutData[] }
  | { readonly type: "features"; readonly features: readonly LayerFeaturesData[] }
  | { readonly type: "mark"; readonly mark: Mark }
  | { readonly type: "alert"; readonly alert: AlertData }
  | { readonly type: "ended"; readonly reason: string }
  | { readonly type: "loaded"; readonly thinned: boolean }
  | { readonly type: "workers"; readonly workers: readonly number[]; readonly shown: number }
  | { readonly type: "detail"; readonly request: number; readonly batch: NumbersBatch | null }
  | { readonly type: "histograms"; readonly request: number; readonly rows: readonly HistogramRow[] | null }
  | { readonly type: "malformed"; readonly count: number; readonly reason: string }
  | { readonly type: "moment"; readonly request: number; readonly moment: Moment | null };

export type ToWorker =
  | {
      readonly type: "open";
      readonly run: string;
      readonly origin: string;
      readonly pictures: boolean;
      /** Whose samples; null is the first. */
      readonly worker: number | null;
    }
  | { readonly type: "pictures"; readonly wanted: boolean }
  | { readonly type: "moment"; readonly request: number; readonly iteration: number }
  | { readonly type: "detail"; readonly request: number; readonly from: number; readonly to: number }
  | {
      readonly type: "histograms";
      readonly request: number;
      readonly layer: number;
      readonly from: number;
      readonly to: number;
      readonly most: number;
    }
  | { readonly type: "close" };
