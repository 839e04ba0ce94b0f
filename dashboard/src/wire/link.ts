import { toBatch, transfersOf, type Sample, type Shape } from "./batch";
import {
  decodeEnd,
  decodeEnvelope,
  decodeInfo,
  decodeMark,
  decodeNumbers,
  decodePicture,
  decodeUnits,
  layerDetails,
  encodeSubscribe,
  Kind,
  MalformedFrame,
  type Envelope,
} from "./decode";
import { decodeAlert, decodeFeatures, decodeLayouts } from "./decode-extras";
import { splitDelimited } from "./delimited";
import { fromBinary } from "@bufbuild/protobuf";
import { CursorSchema, RefusalSchema } from "./gen/alidade/v1/alidade_pb";
import type {
  FromWorker,
  HistogramRow,
  LayerFeaturesData,
  LayerLayoutData,
  LinkState,
  Moment,
  PictureData,
  RunInfo,
} from "./messages";

/** What a link needs of the world; tests hand in their own. */
export interface World {
  fetch(path: string): Promise<Response>;
  socket(path: string): WebSocket;
  post(message: FromWorker, transfer: Transferable[]): void;
  /** Runs `task` after `millis`; returns what cancels it. */
  later(task: () => void, millis: number): () => void;
  random(): number;
}

const FIRST_RETRY_MILLIS = 500;
const MOST_RETRY_MILLIS = 10_000;
const BATCH_MILLIS = 100;
const HISTORY = 2000;
const LAST = Number.MAX_SAFE_INTEGER;
const MOMENTS_KEPT = 48;
const MOST_OLDER = 8;

/**
 * One run as the server tells it: history over HTTP, then the live socket from exactly there.
 *
 * After a break it subscribes after the last CURSOR it saw. Frames that came after that cursor are
 * sent again and recognised by their seq, which rises within (worker, incarnation, kind); so
 * nothing is missed and nothing is shown twice.
 */
export class RunLink {
  private position = 0;
  private state: LinkState = "connecting";
  private socket: WebSocket | null = null;
  private failures = 0;
  private cancelRetry: (() => void) | null = null;
  private cancelFlush: (() => void) | null = null;
  private pending: Sample[] = [];
  private readonly seen = new Map<string, bigint>();
  private readonly moments = new Map<number, Moment>();
  private readonly workers = new Set<number>();
  private malformed = 0;
  private closed = false;
  private loaded = false;
  private info: RunInfo | null = null;
  private shape: Shape = { layers: 0, quantities: 0, runQuantities: 0, parameters: 0, parameterQuantities: 0 };

  constructor(
    private readonly run: string,
    private readonly world: World,
    private pictures: boolean,
    private worker: number | null = null,
  ) {}

  async open(): Promise<void> {
    this.report("connecting", 0);
    try {
      await this.load();
    } catch (e) {
      if (!this.closed) this.loadFailed(e);
      return;
    }
    if (!this.closed) this.connect();
  }

  close(): void {
    this.closed = true;
    this.cancelRetry?.();
    this.cancelFlush?.();
    this.socket?.close();
  }

  setPictures(wanted: boolean): void {
    if (this.pictures === wanted) return;
    this.pictures = wanted;
    if (this.socket?.readyState === 1) this.subscribe(this.socket);
  }

  /** The newest frames at or before an iteration; null when the server could not be asked. */
  async moment(request: number, iteration: number): Promise<void> {
    let moment = this.moments.get(iteration) ?? null;
    if (moment === null) {
      try {
        moment = await this.gather(iteration);
        this.remember(iteration, moment);
      } catch (e) {
        this.countMalformed(e);
      }
    }
    if (!this.closed) this.world.post({ type: "moment", request, moment }, []);
  }

  /** Samples between two iterations, evenly spaced when there are very many: what a closer look needs. */
  async detail(request: number, from: number, to: number): Promise<void> {
    const samples = await this.samples(from, to, HISTORY);
    if (this.closed) return;
    const batch = samples === null ? null : toBatch(samples, this.shape);
    this.world.post({ type: "detail", request, batch }, batch === null ? [] : transfersOf(batch));
  }

  /** Histograms of one layer between two iterations, evenly spaced. */
  async histograms(request: number, layer: number, from: number, to: number, most: number): Promise<void> {
    const samples = await this.samples(from, to, most);
    if (this.closed) return;
    const rows: HistogramRow[] = [];
    for (const { envelope, numbers } of samples ?? []) {
      const iteration = Number(envelope.iteration);
      const found = layerDetails(numbers, iteration).find((l) => l.layer === layer)?.histogram;
      if (found) rows.push({ iteration, histogram: found });
    }
    this.world.post({ type: "histograms", request, rows: samples === null ? null : rows }, []);
  }

  /** Of the worker that is shown; null when the server could not be asked. */
  private async samples(from: number, to: number, most: number): Promise<Sample[] | null> {
    const found: Sample[] = [];
    try {
      const { frames } = await this.history("numbers", most, `&from=${Math.floor(from)}&to=${Math.ceil(to)}`);
      for (const part of frames) {
        this.guarded(() => {
          const envelope = decodeEnvelope(part);
          if (envelope.worker === this.worker) found.push({ envelope, numbers: decodeNumbers(envelope.payload) });
        });
      }
    } catch (e) {
      this.countMalformed(e);
      return null;
    }
    return found;
  }

  private async load(): Promise<void> {
    const kinds = ["description", "numbers", "note", "gap"] as const;
    const answers = await Promise.all(kinds.map((kind) => this.history(kind)));
    // Each answer is whole up to its own position; what lies beyond the least comes again live.
    this.position = Math.min(...answers.map((a) => a.position));
    const descriptions: Envelope[] = [];
    for (const part of answers[0]?.frames ?? []) this.guarded(() => descriptions.push(decodeEnvelope(part)));
    if (descriptions.length > 0) this.worker ??= Math.min(...descriptions.map((d) => d.worker));
    for (const description of descriptions) this.guarded(() => this.accept(description, false));
    for (const answer of answers.slice(1)) {
      for (const part of answer.frames) this.guarded(() => this.accept(decodeEnvelope(part), false));
    }
    this.flush(false);
    const newest = await this.gather(LAST);
    if (newest.picture) this.postPicture(newest.picture);
    if (newest.units) this.world.post({ type: "units", units: newest.units }, []);
    if (newest.layouts.length > 0) this.postLayouts(newest.layouts);
    if (newest.features.length > 0) this.postFeatures(newest.features);
    this.loaded = true;
    this.world.post({ type: "loaded", thinned: (answers[1]?.frames.length ?? 0) >= HISTORY }, []);
  }

  private async history(
    kind: string,
    most = HISTORY,
    range = "",
  ): Promise<{ position: number; frames: Uint8Array[] }> {
    // Every worker describes itself: the descriptions tell which there are.
    const of = kind === "description" ? "" : this.ofWorker();
    const response = await this.answer(`frames?kind=${kind}&most=${most}${range}${of}`);
    const position = Number(response.headers.get("Alidade-Position") ?? 0);
    const body = new Uint8Array(await response.arrayBuffer());
    return { position, frames: splitDelimited(body) };
  }

  /** Which worker is wanted, once that is known: by choice, or by the descriptions. */
  private ofWorker(): string {
    return this.worker === null ? "" : `&worker=${this.worker}`;
  }

  private async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.answer(path)).arrayBuffer());
  }

  private async answer(path: string): Promise<Response> {
    const response = await this.world.fetch(`/api/v1/runs/${this.run}/${path}`);
    if (!response.ok) throw new HttpError(response.status);
    return response;
  }

  private loadFailed(error: unknown): void {
    if (error instanceof HttpError && error.status === 401) this.report("unauthorised", 0);
    else if (error instanceof HttpError && error.status === 404) this.report("missing", 0);
    else this.retry(() => void this.open());
  }

  private connect(): void {
    const socket = this.world.socket(`/live/${this.run}`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.failures = 0;
      this.subscribe(socket);
      this.report("open", 0);
    };
    socket.onmessage = (event: MessageEvent) => {
      if (event.data instanceof ArrayBuffer) {
        const bytes = new Uint8Array(event.data);
        this.guarded(() => this.accept(decodeEnvelope(bytes), true));
      }
    };
    socket.onclose = () => {
      if (this.closed || this.socket !== socket) return;
      this.flush(true);
      // A refused upgrade looks like any failure from here; HTTP says whether it is the session.
      this.retry(() => void (opened ? this.connect() : this.probe()));
    };
  }

  private async probe(): Promise<void> {
    try {
      await this.answer("");
      if (!this.closed) this.connect();
    } catch (e) {
      if (this.closed) return;
      if (e instanceof HttpError && (e.status === 401 || e.status === 404)) this.loadFailed(e);
      else this.retry(() => void this.probe());
    }
  }

  private subscribe(socket: WebSocket): void {
    socket.send(encodeSubscribe(this.run, this.position, this.pictures));
  }

  private retry(task: () => void): void {
    const base = Math.min(MOST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** this.failures++);
    const wait = Math.round(base * (0.75 + 0.5 * this.world.random()));
    this.report("reconnecting", wait);
    this.cancelRetry = this.world.later(task, wait);
  }

  private accept(envelope: Envelope, live: boolean): void {
    if (envelope.kind === Kind.CURSOR) {
      // What is pending is already ours: the cursor may move on before it is posted.
      this.position = Number(fromBinary(CursorSchema, envelope.payload).position);
      return;
    }
    if (envelope.kind === Kind.REFUSAL) {
      throw new MalformedFrame(`server refused: ${fromBinary(RefusalSchema, envelope.payload).reason}`);
    }
    if (envelope.kind === Kind.ALERT) {
      // The server judges the run under a worker's number of its own, which is none to look at.
      if (!this.isRepeated(envelope)) this.world.post({ type: "alert", alert: decodeAlert(envelope) }, []);
      return;
    }
    if (!this.isShown(envelope) || this.isRepeated(envelope)) return;
    switch (envelope.kind) {
      case Kind.DESCRIPTION:
        return this.describe(envelope, live);
      case Kind.NUMBERS:
        this.pending.push({ envelope, numbers: decodeNumbers(envelope.payload) });
        if (live) this.cancelFlush ??= this.world.later(() => this.flush(true), BATCH_MILLIS);
        return;
      case Kind.PICTURE:
        return this.postPicture(decodePicture(envelope));
      case Kind.UNITS:
        return this.world.post({ type: "units", units: decodeUnits(envelope) }, []);
      case Kind.LAYOUTS:
        return this.postLayouts(decodeLayouts(envelope));
      case Kind.FEATURES:
        return this.postFeatures(decodeFeatures(envelope));
      case Kind.NOTE:
      case Kind.GAP:
        return this.world.post({ type: "mark", mark: decodeMark(envelope) }, []);
      case Kind.END:
        this.flush(live);
        return this.world.post({ type: "ended", reason: decodeEnd(envelope.payload) }, []);
      default:
        return; // a kind newer than this page
    }
  }

  private postPicture(picture: PictureData): void {
    const arrays = picture.layers.flatMap((l) => [l.positions, l.values, l.profiles, l.states, l.triangles]);
    this.world.post(
      { type: "picture", picture },
      arrays.map((array) => array.buffer as ArrayBuffer),
    );
  }

  private postLayouts(layouts: readonly LayerLayoutData[]): void {
    const arrays = layouts.flatMap((l) => [l.positions, l.states, l.triangles]);
    this.world.post(
      { type: "layouts", layouts },
      arrays.map((array) => array.buffer as ArrayBuffer),
    );
  }

  private postFeatures(features: readonly LayerFeaturesData[]): void {
    const images = features.flatMap((f) => (f.input ? [f.maps, f.input] : [f.maps]));
    this.world.post(
      { type: "features", features },
      images.map((image) => image.data.buffer as ArrayBuffer),
    );
  }

  private describe(envelope: Envelope, live: boolean): void {
    this.flush(live);
    const info = decodeInfo(envelope.payload);
    // Layers and quantities only ever grow within an incarnation; the newest description wins.
    this.info = info;
    this.shape = {
      layers: info.layers.length,
      quantities: info.layerQuantities.length,
      runQuantities: info.runQuantities.length,
      parameters: info.parameters.length,
      parameterQuantities: info.parameterQuantities.length,
    };
    this.world.post({ type: "info", info }, []);
  }

  /** One worker at a time: two would zigzag on one time axis. All of them are told. */
  private isShown({ worker }: Envelope): boolean {
    this.worker ??= worker;
    if (!this.workers.has(worker)) {
      this.workers.add(worker);
      const workers = [...this.workers].sort((a, b) => a - b);
      this.world.post({ type: "workers", workers, shown: this.worker }, []);
    }
    return worker === this.worker;
  }

  private isRepeated(envelope: Envelope): boolean {
    const key = `${envelope.worker}/${envelope.incarnation}/${envelope.kind}`;
    const last = this.seen.get(key);
    if (last !== undefined && envelope.seq <= last) return true;
    this.seen.set(key, envelope.seq);
    return false;
  }

  private flush(live: boolean): void {
    this.cancelFlush?.();
    this.cancelFlush = null;
    if (this.pending.length === 0 || this.info === null) return;
    const batch = toBatch(this.pending, this.shape);
    this.pending = [];
    this.world.post({ type: "numbers", batch, live }, transfersOf(batch));
  }

  /**
   * A moment with the newest map of every layer. A sample may lack layers that the governor left
   * out, so the moments before it are asked for those, a few times at most.
   */
  private async gather(asked: number): Promise<Moment> {
    const moment = this.readMoment(asked, await this.bytes(`moment?iteration=${asked}${this.ofWorker()}`));
    let { numbers, picture, units } = moment;
    let before = (picture?.iteration ?? 0) - 1;
    for (let tries = 0; tries < MOST_OLDER && picture && picture.layers.length < this.shape.layers; tries++) {
      if (before < 0) break;
      const older = this.readMoment(before, await this.bytes(`moment?iteration=${before}${this.ofWorker()}`));
      if (older.picture === null) break;
      before = older.picture.iteration - 1;
      picture = { ...picture, layers: withOlder(picture.layers, older.picture.layers) };
      if (units && older.units) units = { ...units, layers: withOlder(units.layers, older.units.layers) };
      if (numbers && older.numbers) {
        numbers = { ...numbers, details: withOlder(numbers.details, older.numbers.details) };
      }
    }
    return { ...moment, asked, numbers, picture, units };
  }

  private readMoment(asked: number, body: Uint8Array): Moment {
    const moment: { -readonly [K in keyof Moment]: Moment[K] } = {
      asked,
      numbers: null,
      picture: null,
      units: null,
      layouts: [],
      features: [],
    };
    for (const part of splitDelimited(body)) {
      const envelope = decodeEnvelope(part);
      if (envelope.kind === Kind.NUMBERS) {
        moment.numbers = toBatch([{ envelope, numbers: decodeNumbers(envelope.payload) }], this.shape);
      } else if (envelope.kind === Kind.PICTURE) moment.picture = decodePicture(envelope);
      else if (envelope.kind === Kind.UNITS) moment.units = decodeUnits(envelope);
      else if (envelope.kind === Kind.LAYOUTS) moment.layouts = decodeLayouts(envelope);
      else if (envelope.kind === Kind.FEATURES) moment.features = decodeFeatures(envelope);
    }
    return moment;
  }

  private remember(iteration: number, moment: Moment): void {
    // While a run is live the map of a sample follows its numbers: half a moment is not kept.
    if (moment.picture === null || moment.picture.iteration !== moment.numbers?.iteration[0]) return;
    this.moments.set(iteration, moment);
    const oldest = this.moments.keys().next();
    if (this.moments.size > MOMENTS_KEPT && !oldest.done) this.moments.delete(oldest.value);
  }

  /** One bad frame must not silence the good ones after it. */
  private guarded(task: () => void): void {
    try {
      task();
    } catch (e) {
      this.countMalformed(e);
    }
  }

  private countMalformed(error: unknown): void {
    if (error instanceof HttpError || error instanceof TypeError) return;
    this.malformed++;
    const reason = error instanceof Error ? error.message : String(error);
    this.world.post({ type: "malformed", count: this.malformed, reason }, []);
  }

  private report(state: LinkState, retryMillis: number): void {
    if (this.state === state && state !== "reconnecting" && this.loaded) return;
    this.state = state;
    this.world.post({ type: "link", state, retryMillis }, []);
  }
}

function withOlder<T extends { readonly layer: number }>(newer: readonly T[], older: readonly T[]): readonly T[] {
  return [...newer, ...older.filter((o) => !newer.some((n) => n.layer === o.layer))];
}

export class HttpError extends Error {
  constructor(readonly status: number) {
    super(`server answered ${status}`);
  }
}
