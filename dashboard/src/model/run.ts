import { batch, computed, signal } from "@preact/signals";
import type {
  AlertData,
  FromWorker,
  HistogramRow,
  LayerDetail,
  LayerFeaturesData,
  LayerLayoutData,
  LinkState,
  Mark,
  Moment,
  NumbersBatch,
  ParameterDetail,
  PictureData,
  RunInfo,
  ToWorker,
  UnitsData,
} from "../wire/messages";
import { joinedAlerts } from "./alerts";
import { clock, integer } from "./format";
import { Timeline } from "./timeline";

export type RunState = "connecting" | "live" | "recorded" | "reconnecting" | "stale" | "unauthorised" | "missing";

const MOST_MARKS = 400;
const SHORTEST_STALE_MILLIS = 3_000;

/** What is on screen at one moment, whether the newest or a recorded one. */
export interface Shown {
  /** Index into the timeline; -1 when no sample is known. */
  readonly sample: number;
  readonly iteration: number;
  readonly timeMillis: number;
  readonly epoch: number;
  readonly score: number;
  readonly dropped: number;
  readonly isRecorded: boolean;
  readonly picture: PictureData | null;
  readonly units: UnitsData | null;
  readonly details: readonly LayerDetail[];
  readonly parameterDetails: readonly ParameterDetail[];
  /** Layouts by methods other than the live one, of each (layer, method) the newest. */
  readonly layouts: readonly LayerLayoutData[];
  readonly features: readonly LayerFeaturesData[];
}

/** A part of a long run, read closely. */
interface Closer {
  readonly from: number;
  readonly to: number;
  readonly timeline: Timeline;
}

/** One run as the page knows it; the worker feeds it, panels read it. */
export class RunModel {
  readonly timeline = new Timeline();
  readonly info = signal<RunInfo | null>(null);
  /** Counts changes of the timeline, which itself is too big to be a signal. */
  readonly version = signal(0);
  readonly link = signal<LinkState>("connecting");
  readonly retryMillis = signal(0);
  readonly loaded = signal(false);
  readonly isTraining = signal(false);
  readonly endReason = signal<string | null>(null);
  readonly malformed = signal<{ count: number; reason: string } | null>(null);
  readonly marks = signal<readonly Mark[]>([]);
  /** How every alert of the run stands, the oldest first. */
  readonly alerts = signal<readonly AlertData[]>([]);
  readonly droppedByReason = signal<Readonly<Record<string, number>>>({});
  readonly livePicture = signal<PictureData | null>(null);
  readonly liveUnits = signal<UnitsData | null>(null);
  readonly liveDetails = signal<readonly LayerDetail[]>([]);
  readonly liveParameterDetails = signal<readonly ParameterDetail[]>([]);
  /** Every worker of the run that was heard of, and the one whose samples these are. */
  readonly workers = signal<readonly number[]>([]);
  readonly worker = signal(0);
  readonly liveLayouts = signal<readonly LayerLayoutData[]>([]);
  readonly liveFeatures = signal<readonly LayerFeaturesData[]>([]);
  /** Iteration that is looked at; null is live. */
  readonly cursor = signal<number | null>(null);
  readonly moment = signal<Moment | null>(null);
  readonly isLate = signal(false);

  private lastArrival = performance.now();
  private request = 0;
  private awaited = 0;
  private next: number | null = null;
  private closer: Closer | null = null;
  private closerAsked: { readonly from: number; readonly to: number } | null = null;
  private readonly samplesAsked = new Map<number, (batch: NumbersBatch | null) => void>();
  private readonly histogramsAsked = new Map<number, (rows: readonly HistogramRow[] | null) => void>();

  constructor(
    readonly id: string,
    private readonly send: (message: ToWorker) => void,
  ) {}

  readonly state = computed<RunState>(() => {
    const link = this.link.value;
    if (link === "open") {
      if (!this.isTraining.value) return this.loaded.value ? "recorded" : "connecting";
      return this.isLate.value ? "stale" : "live";
    }
    return link;
  });

  readonly shown = computed<Shown>(() => {
    this.version.value;
    const cursor = this.cursor.value;
    const t = this.timeline;
    const sample = cursor === null ? t.length - 1 : t.indexAt(cursor);
    const moment = cursor === null ? null : this.moment.value;
    const exact = moment?.asked === cursor ? moment?.numbers : null;
    const from = exact && exact.count > 0 ? { columns: exact, i: 0 } : { columns: t, i: sample };
    const column = (values: Float64Array) => values[from.i] ?? NaN;
    return {
      sample,
      iteration: column(from.columns.iteration),
      timeMillis: column(from.columns.timeMillis),
      epoch: column(from.columns.epoch),
      score: column(from.columns.score),
      dropped: column(from.columns.dropped),
      isRecorded: cursor !== null,
      picture: cursor === null ? this.livePicture.value : (moment?.picture ?? null),
      units: cursor === null ? this.liveUnits.value : (moment?.units ?? null),
      details: cursor === null ? this.liveDetails.value : (moment?.numbers?.details ?? []),
      parameterDetails:
        cursor === null ? this.liveParameterDetails.value : (moment?.numbers?.parameterDetails ?? []),
      layouts: cursor === null ? this.liveLayouts.value : (moment?.layouts ?? []),
      features: cursor === null ? this.liveFeatures.value : (moment?.features ?? []),
    };
  });

  /** "it 1 230 · 14:02:11, recorded" or null when live. */
  readonly momentLabel = computed(() => {
    const { iteration, timeMillis, isRecorded } = this.shown.value;
    return isRecorded ? `it ${integer(iteration)} · ${clock(timeMillis)}, recorded` : null;
  });

  /** A layer's value at the moment shown, or from the last sample before it that read the layer. */
  value(layer: number, quantity: number): number {
    const exact = this.cursor.peek() === null ? null : this.exactNumbers();
    if (exact && layer < exact.layers && quantity < exact.quantities) {
      const at = layer * exact.quantities;
      const row = exact.values.subarray(at, at + exact.quantities);
      if (row.some((value) => !Number.isNaN(value))) return row[quantity] ?? NaN;
    }
    const sample = this.readAt(layer);
    return sample < 0 ? NaN : this.timeline.value(sample, layer, quantity);
  }

  /** Index of the last sample, at or before the moment shown, that read a layer; -1 for none. */
  readAt(layer: number): number {
    const t = this.timeline;
    for (let sample = this.shown.peek().sample; sample >= 0; sample--) {
      for (let q = 0; q < t.quantities; q++) if (!Number.isNaN(t.value(sample, layer, q))) return sample;
    }
    return -1;
  }

  runValue(quantity: number): number {
    const exact = this.cursor.peek() === null ? null : this.exactNumbers();
    if (exact) return quantity < exact.runQuantities ? (exact.runValues[quantity] ?? NaN) : NaN;
    const sample = this.shown.peek().sample;
    return sample < 0 ? NaN : this.timeline.runValue(sample, quantity);
  }

  receive(message: FromWorker): void {
    batch(() => this.apply(message));
  }

  /** Moves to a moment; while one request is under way only the newest wish is kept. */
  look(iteration: number | null): void {
    this.cursor.value = iteration;
    if (iteration === null) {
      this.moment.value = null;
      this.next = null;
    } else if (this.awaited !== 0) this.next = iteration;
    else this.ask(iteration);
  }

  /** The samples to draw a range of iterations from: those of the closer look when it covers the range. */
  samplesOf(from: number, to: number): Timeline {
    const closer = this.closer;
    return closer !== null && closer.from <= from && to <= closer.to ? closer.timeline : this.timeline;
  }

  /** The samples around an iteration that the timeline steps through. */
  samplesAt(iteration: number | null): Timeline {
    return iteration === null ? this.timeline : this.samplesOf(iteration, iteration);
  }

  /** Reads a part of the run closely when the timeline has only some of its samples. */
  lookCloser(range: readonly [number, number] | null): void {
    if (range === null) {
      if (this.closer !== null) this.version.value = this.version.peek() + 1;
      this.closer = null;
      this.closerAsked = null;
      return;
    }
    // Some more on both sides, so that a small shift need not ask again.
    const margin = (range[1] - range[0]) / 2;
    const from = Math.max(0, Math.floor(range[0] - margin));
    const to = Math.ceil(range[1] + margin);
    const known = this.closerAsked ?? this.closer;
    const isKnown = known !== null && known.from <= range[0] && range[1] <= known.to && known.to - known.from <= 2 * (to - from);
    if (!this.timeline.isThinned || isKnown) return;
    const asked = { from, to };
    this.closerAsked = asked;
    void this.readSamples(from, to).then((numbers) => {
      if (this.closerAsked !== asked) return;
      this.closerAsked = null;
      if (numbers === null || numbers.count === 0) return;
      const timeline = new Timeline();
      timeline.append(numbers);
      this.closer = { from, to, timeline };
      this.version.value++;
    });
  }

  /** Samples of a range of iterations, evenly spaced when there are very many; null when they cannot be had. */
  readSamples(from: number, to: number): Promise<NumbersBatch | null> {
    const request = ++this.request;
    this.send({ type: "detail", request, from, to });
    return new Promise((resolve) => this.samplesAsked.set(request, resolve));
  }

  /** Histograms of a layer, evenly spaced over a range of iterations; null when they cannot be had. */
  histograms(layer: number, from: number, to: number, most: number): Promise<readonly HistogramRow[] | null> {
    const request = ++this.request;
    this.send({ type: "histograms", request, layer, from, to, most });
    return new Promise((resolve) => this.histogramsAsked.set(request, resolve));
  }

  /** A parameter's value at the moment shown, or at the last sample before it that has one. */
  parameterValue(parameter: number, quantity: number): number {
    const exact = this.cursor.peek() === null ? null : this.exactNumbers();
    const at = parameter * (exact?.parameterQuantities ?? 0) + quantity;
    const value = exact && quantity < exact.parameterQuantities ? exact.parameterValues[at] : NaN;
    if (value !== undefined && !Number.isNaN(value)) return value;
    for (let sample = this.shown.peek().sample; sample >= 0; sample--) {
      const known = this.timeline.parameterValue(sample, parameter, quantity);
      if (!Number.isNaN(known)) return known;
    }
    return NaN;
  }

  /** Changes of state in their order; what was known already may be among them. */
  addAlerts(changes: readonly AlertData[]): void {
    this.alerts.value = joinedAlerts(this.alerts.peek(), changes);
  }

  /** To be called now and then: lateness is the one thing that no message announces. */
  checkLateness(now: number): void {
    const usual = this.timeline.usualGapMillis();
    const limit = Math.max(SHORTEST_STALE_MILLIS, Number.isNaN(usual) ? 30_000 : 5 * usual);
    this.isLate.value = now - this.lastArrival > limit;
  }

  /** Samples that the agent says it made; a server may send fewer, of very wide networks for instance. */
  private recorded(): number {
    const last = this.timeline.length - 1;
    return last < 0 ? 0 : (this.timeline.offered[last] as number) - (this.timeline.dropped[last] as number);
  }

  private exactNumbers(): NumbersBatch | null {
    const moment = this.moment.peek();
    return moment?.asked === this.cursor.peek() ? moment.numbers : null;
  }

  private ask(iteration: number): void {
    this.awaited = ++this.request;
    this.send({ type: "moment", request: this.request, iteration });
  }

  private apply(message: FromWorker): void {
    switch (message.type) {
      case "link":
        this.link.value = message.state;
        this.retryMillis.value = message.retryMillis;
        return;
      case "info": {
        const { layers, layerQuantities, runQuantities, parameters, parameterQuantities } = message.info;
        const rows = parameters.length;
        this.timeline.grow(layers.length, layerQuantities.length, runQuantities.length, rows, parameterQuantities.length);
        this.info.value = message.info;
        return;
      }
      case "numbers":
        return this.addNumbers(message.batch, message.live);
      case "picture":
        this.livePicture.value = {
          ...message.picture,
          layers: merged(this.livePicture.peek()?.layers ?? [], message.picture.layers),
        };
        return;
      case "units":
        this.liveUnits.value = {
          ...message.units,
          layers: merged(this.liveUnits.peek()?.layers ?? [], message.units.layers),
        };
        return;
      case "layouts": {
        const isReplaced = (old: LayerLayoutData) => message.layouts.some((l) => isSameLayout(l, old));
        this.liveLayouts.value = [...this.liveLayouts.peek().filter((old) => !isReplaced(old)), ...message.layouts];
        return;
      }
      case "features":
        this.liveFeatures.value = merged(this.liveFeatures.peek(), message.features);
        return;
      case "mark":
        this.marks.value = [...this.marks.peek(), message.mark].slice(-MOST_MARKS);
        return;
      case "alert":
        return this.addAlerts([message.alert]);
      case "ended":
        this.isTraining.value = false;
        this.endReason.value = message.reason;
        return;
      case "workers":
        this.workers.value = message.workers;
        this.worker.value = message.shown;
        return;
      case "loaded":
        if (message.thinned || this.recorded() > this.timeline.length) this.timeline.isThinned = true;
        this.loaded.value = true;
        this.lastArrival = performance.now();
        return;
      case "malformed":
        this.malformed.value = { count: message.count, reason: message.reason };
        return;
      case "detail":
        this.samplesAsked.get(message.request)?.(message.batch);
        this.samplesAsked.delete(message.request);
        return;
      case "histograms":
        this.histogramsAsked.get(message.request)?.(message.rows);
        this.histogramsAsked.delete(message.request);
        return;
      case "moment":
        return this.showMoment(message.request, message.moment);
    }
  }

  private addNumbers(numbers: NumbersBatch, live: boolean): void {
    this.timeline.append(numbers);
    if (this.closer !== null && (numbers.iteration[0] ?? Infinity) <= this.closer.to) this.closer.timeline.append(numbers);
    this.liveDetails.value = merged(this.liveDetails.peek(), numbers.details);
    if (numbers.parameterDetails.length > 0) {
      const older = this.liveParameterDetails.peek();
      const isOlder = (o: ParameterDetail) => !numbers.parameterDetails.some((n) => n.parameter === o.parameter);
      this.liveParameterDetails.value = [...older.filter(isOlder), ...numbers.parameterDetails];
    }
    this.droppedByReason.value = numbers.droppedByReason;
    this.version.value++;
    if (live) {
      this.isTraining.value = true;
      this.isLate.value = false;
      this.endReason.value = null;
      this.lastArrival = performance.now();
    }
  }

  private showMoment(request: number, moment: Moment | null): void {
    if (request !== this.awaited) return;
    this.awaited = 0;
    if (moment !== null && this.cursor.peek() !== null) this.moment.value = moment;
    const next = this.next;
    this.next = null;
    if (next !== null) this.ask(next);
  }
}

function isSameLayout(a: LayerLayoutData, b: LayerLayoutData): boolean {
  return a.layer === b.layer && a.method === b.method && a.distance === b.distance && a.basis === b.basis;
}

/** The newest of every layer. */
function merged<T extends { readonly layer: number }>(older: readonly T[], newer: readonly T[]): readonly T[] {
  return [...older.filter((o) => !newer.some((n) => n.layer === o.layer)), ...newer];
}
