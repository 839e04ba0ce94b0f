import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { FromWorker, LayerMap, ToWorker } from "../wire/messages";
import { LayerScene } from "../view/map/layer-scene";
import { fetchRun, type RunSummary } from "./api";
import { layoutGraph, type NetworkGraph } from "./graph";
import { BrokenWatch, type FirstBroken } from "./not-finite";
import { route, type Field } from "./route";
import { RunModel } from "./run";
import { Timeline } from "./timeline";

const PULSE_MILLIS = 200;
const MAGNITUDES = /^(relu|relu6|thresholdedrelu|sigmoid|hardsigmoid|softmax|softplus)$/i;

/** A run on screen: its worker, its model and the scene of every layer. */
export class RunSession {
  readonly model: RunModel;
  readonly summary = signal<RunSummary | null>(null);
  /** Changes a few times a second while data arrive: the pace at which figures are readable. */
  readonly pulse = signal(0);
  /** Changes as often, but only when samples were added: what is drawn from all of them follows it. */
  readonly fresh = signal(0);
  readonly graph: ReadonlySignal<NetworkGraph | null>;
  readonly layer: ReadonlySignal<number>;
  readonly broken = new BrokenWatch();
  private readonly scenes: LayerScene[] = [];
  private readonly worker: Worker;
  private readonly stops: (() => void)[] = [];
  private pulsing = false;
  private drawnVersion = -1;

  constructor(
    readonly id: string,
    worker: number | null,
    private readonly onScene: () => void,
  ) {
    this.worker = new Worker(new URL("../wire/worker.ts", import.meta.url), { type: "module" });
    this.model = new RunModel(id, (message) => this.send(message));
    this.worker.onmessage = (event: MessageEvent<FromWorker>) => this.model.receive(event.data);
    this.graph = computed(() => (this.model.info.value ? layoutGraph(this.model.info.value.layers) : null));
    this.layer = computed(() => {
      const name = route.value.layer;
      return name === null ? -1 : (this.model.info.value?.layers.findIndex((l) => l.name === name) ?? -1);
    });
    this.send({ type: "open", run: id, origin: location.origin, pictures: !document.hidden, worker });
    this.follow();
    void this.refresh();
  }

  scene(layer: number): LayerScene {
    return (this.scenes[layer] ??= new LayerScene());
  }

  /** The map of a layer at the moment shown. */
  map(layer: number): LayerMap | null {
    return this.model.shown.value.picture?.layers.find((l) => l.layer === layer) ?? null;
  }

  /** Whether a field needs the map with two sides; a pool after a ReLU has no negative side either. */
  isSigned(layer: number, field: Field): boolean {
    if (field.kind !== "activity") return true;
    const activation = this.model.info.peek()?.layers[layer]?.activation ?? "";
    return !MAGNITUDES.test(activation) && this.scene(layer).hasNegative;
  }

  /** The first sample that was not finite, looked for among all that were recorded around the one known. */
  async firstBroken(known: FirstBroken, counts: readonly number[], order: readonly number[]): Promise<FirstBroken> {
    const from = Number.isNaN(known.after) ? 0 : known.after;
    const between = await this.model.readSamples(from, known.iteration);
    if (between === null) return known;
    const t = new Timeline();
    t.append(between);
    return new BrokenWatch().update(t, counts, order) ?? known;
  }

  close(): void {
    for (const stop of this.stops) stop();
    this.send({ type: "close" });
    this.worker.terminate();
  }

  private follow(): void {
    const hidden = () => this.send({ type: "pictures", wanted: !document.hidden });
    document.addEventListener("visibilitychange", hidden);
    const late = window.setInterval(() => this.model.checkLateness(performance.now()), 1000);
    this.stops.push(
      () => document.removeEventListener("visibilitychange", hidden),
      () => window.clearInterval(late),
      effect(() => {
        const at = route.value.at;
        if (this.model.loaded.value && this.model.cursor.peek() !== at) this.model.look(at);
      }),
      effect(() => {
        const { zoom } = route.value;
        if (this.model.loaded.value) this.model.lookCloser(zoom);
      }),
      effect(() => {
        const picture = this.model.shown.value.picture;
        const now = performance.now();
        for (const map of picture?.layers ?? []) this.scene(map.layer).show(map, now);
        this.onScene();
      }),
      effect(() => {
        this.model.version.value;
        this.model.shown.value;
        this.beat();
      }),
      effect(() => {
        if (this.model.link.value === "open") void this.refresh();
      }),
    );
  }

  private beat(): void {
    if (this.pulsing) return;
    this.pulsing = true;
    window.setTimeout(() => {
      this.pulsing = false;
      this.pulse.value++;
      if (this.drawnVersion !== this.model.version.peek()) {
        this.drawnVersion = this.model.version.peek();
        this.fresh.value++;
      }
    }, PULSE_MILLIS);
  }

  private async refresh(): Promise<void> {
    try {
      const summary = await fetchRun(this.id);
      this.summary.value = summary;
      this.model.isTraining.value = summary.state === "live";
    } catch {
      // The link finds out by itself what is wrong and says so.
    }
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}
