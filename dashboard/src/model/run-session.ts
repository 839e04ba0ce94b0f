import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import type { FromWorker, GroupingInfo, LayerLayoutData, LayerMap, ToWorker } from "../wire/messages";
import { LayerScene } from "../view/map/layer-scene";
import type { RuleText } from "./alerts";
import { fetchAlerts, fetchLayout, fetchRules, fetchRun, type RunSummary } from "./api";
import { layoutGraph, type NetworkGraph } from "./graph";
import { BrokenWatch, type FirstBroken } from "./not-finite";
import { Timeline } from "./timeline";
import { currentGrouping, groupingOf, NO_GROUPING } from "./groupings";
import { arranged, LayoutDesk } from "./layout-desk";
import { poseOf, UPRIGHT } from "./pose";
import { route, type Field } from "./route";
import { RunModel } from "./run";
import { Trail } from "./trail";

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
  /** What the server watches for; empty until it has said so. */
  readonly rules = signal<readonly RuleText[]>([]);
  readonly broken = new BrokenWatch();
  /** The grouping whose groups are offered. */
  readonly grouping: ReadonlySignal<GroupingInfo>;
  /** Group under the pointer; −1 for none. */
  readonly hoveredGroup = signal(-1);
  /** Group whose units are marked in every layer; −1 for none. */
  readonly highlight: ReadonlySignal<number>;
  readonly desk: LayoutDesk;
  /** Unit under the pointer of the map in focus, for the keys; −1 for none. */
  hoveredUnit = -1;
  private readonly scenes: LayerScene[] = [];
  private readonly trails = new Map<number, Trail>();
  private readonly shownMaps = new Map<number, { map: LayerMap; layout: LayerLayoutData | null; made: LayerMap }>();
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
    this.grouping = computed(() => {
      const info = this.model.info.value;
      return info ? currentGrouping(info, route.value.field, route.value.by) : NO_GROUPING;
    });
    this.highlight = computed(() => {
      const info = this.model.info.value;
      const group = this.hoveredGroup.value >= 0 ? this.hoveredGroup.value : (route.value.highlight ?? -1);
      return info !== null && groupingOf(info, group) !== null ? group : -1;
    });
    this.desk = new LayoutDesk((layer, choice, at, abort) =>
      fetchLayout(id, this.model.info.peek()?.layers[layer]?.name ?? "", choice, at, abort),
    );
    this.send({ type: "open", run: id, origin: location.origin, pictures: !document.hidden, worker });
    this.follow();
    void this.refresh();
  }

  scene(layer: number): LayerScene {
    return (this.scenes[layer] ??= new LayerScene());
  }

  /** Where the units of a layer have been; it is kept for the layer in focus and those with pins. */
  trail(layer: number): Trail | null {
    return this.trails.get(layer) ?? null;
  }

  /** The map of a layer at the moment shown, as the agent published it. */
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
    this.desk.close();
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
        const arrangements = this.desk.arrangements.value;
        const isAligned = route.value.align;
        const now = performance.now();
        for (const map of picture?.layers ?? []) {
          const layout = arrangements.get(map.layer)?.layout ?? null;
          this.showMap(map, layout, isAligned, now);
        }
        this.onScene();
      }),
      effect(() => {
        const { layouts, at } = route.value;
        if (this.model.info.value === null || (at !== null && this.model.cursor.value !== at)) return;
        this.desk.arrange(layouts, this.model.shown.value.layouts, at);
      }),
      effect(() => {
        const { pins } = route.value;
        const picture = this.model.shown.value.picture;
        const wanted = new Set(pins.map((pin) => pin.layer));
        if (this.layer.value >= 0) wanted.add(this.layer.value);
        for (const layer of [...this.trails.keys()]) if (!wanted.has(layer)) this.trails.delete(layer);
        for (const layer of wanted) {
          const trail = this.trails.get(layer) ?? new Trail();
          this.trails.set(layer, trail);
          const map = picture?.layers.find((l) => l.layer === layer);
          if (map) trail.push(map);
        }
      }),
      effect(() => {
        this.model.version.value;
        this.model.shown.value;
        this.beat();
      }),
      effect(() => {
        if (this.model.link.value === "open") void this.refresh();
      }),
      // The socket is open by then: what changes from now on comes over it, and nothing falls between.
      effect(() => {
        if (this.model.link.value === "open") void this.readAlerts();
      }),
    );
  }

  private showMap(map: LayerMap, layout: LayerLayoutData | null, isAligned: boolean, now: number): void {
    const scene = this.scene(map.layer);
    const last = this.shownMaps.get(map.layer);
    const made = last?.map === map && last.layout === layout ? last.made : arranged(map, layout);
    const isRearranged = last !== undefined && last.layout !== layout;
    this.shownMaps.set(map.layer, { map, layout, made });
    scene.show(made, now, isRearranged);
    // Layouts by other methods are turned to the live one by whoever makes them: its pose is theirs.
    scene.turn(isAligned ? poseOf(map.pose) : UPRIGHT, now);
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

  private async readAlerts(): Promise<void> {
    try {
      this.model.addAlerts(await fetchAlerts(this.id));
      if (this.rules.peek().length === 0) this.rules.value = await fetchRules();
    } catch {
      // The link says what is wrong; alerts that come live are shown all the same.
    }
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}
