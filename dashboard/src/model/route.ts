import { computed, signal } from "@preact/signals";
import { formatChoices, parseChoices, type LayoutChoice } from "./layout-choice";
import { formatPins, parsePins, type Pin } from "./pins";

/** What a map shows: the activity, one group's profile, or the difference of two. */
export type Field =
  | { readonly kind: "activity" }
  | { readonly kind: "group"; readonly group: number }
  | { readonly kind: "contrast"; readonly plus: number; readonly minus: number };

/** What fills the middle of a run's page: the maps, or one of the views of its numbers. */
export const VIEWS = ["maps", "time", "histograms", "massive", "layers", "parameters", "laws"] as const;
export type View = (typeof VIEWS)[number];

/** Everything that a link should bring back. It lives in the fragment: no server ever sees it. */
export interface Route {
  readonly page: "runs" | "run";
  readonly run: string;
  readonly layer: string | null;
  readonly unit: number | null;
  /** Iteration that is looked at; null is live. */
  readonly at: number | null;
  readonly field: Field;
  readonly view: View;
  /** Ids of the quantities that were chosen for the view; none: the view's own choice. */
  readonly quantities: readonly string[];
  /** Id of the quantity, or name of the column, that a table is sorted by; a leading "-" is downwards. */
  readonly sort: string | null;
  /** First and last iteration of a closer look at the timeline; null is the whole run. */
  readonly zoom: readonly [number, number] | null;
  /** Whose samples are shown; null is the first worker. */
  readonly worker: number | null;
  /** Name of the grouping whose groups are offered; null is the field's own, or the first. */
  readonly by: string | null;
  /** Whether alike groups stand together instead of in their own order. */
  readonly similar: boolean;
  /** Group whose units are marked in every layer. */
  readonly highlight: number | null;
  /** Whether layers are turned so that groups lie in like places. */
  readonly align: boolean;
  readonly pins: readonly Pin[];
  /** By layer; a layer that is not in it has its live layout. */
  readonly layouts: ReadonlyMap<number, LayoutChoice>;
}

export const RUNS: Route = {
  page: "runs",
  run: "",
  layer: null,
  unit: null,
  at: null,
  field: { kind: "activity" },
  view: "maps",
  quantities: [],
  sort: null,
  zoom: null,
  worker: null,
  by: null,
  similar: false,
  highlight: null,
  align: false,
  pins: [],
  layouts: new Map(),
};

export function parseRoute(fragment: string): Route {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split("?", 2);
  const run = /^\/run\/([0-9A-Z]{26})$/.exec(path)?.[1];
  if (run === undefined) return RUNS;
  const parameters = new URLSearchParams(query);
  return {
    page: "run",
    run,
    layer: parameters.get("layer"),
    unit: natural(parameters.get("unit")),
    at: natural(parameters.get("at")),
    field: parseField(parameters.get("field")),
    view: VIEWS.find((view) => view === parameters.get("view")) ?? "maps",
    quantities: parameters.getAll("q"),
    sort: parameters.get("sort"),
    zoom: parseZoom(parameters.get("zoom")),
    worker: natural(parameters.get("worker")),
    by: parameters.get("by"),
    similar: parameters.get("order") === "similar",
    highlight: natural(parameters.get("highlight")),
    align: parameters.get("align") === "1",
    pins: parsePins(parameters.get("pins")),
    layouts: parseChoices(parameters.get("layout")),
  };
}

export function formatRoute(route: Route): string {
  if (route.page === "runs") return "#/runs";
  const parameters = new URLSearchParams();
  if (route.layer !== null) parameters.set("layer", route.layer);
  if (route.unit !== null) parameters.set("unit", String(route.unit));
  if (route.at !== null) parameters.set("at", String(route.at));
  const field = formatField(route.field);
  if (field !== null) parameters.set("field", field);
  if (route.view !== "maps") parameters.set("view", route.view);
  for (const id of route.quantities) parameters.append("q", id);
  if (route.sort !== null) parameters.set("sort", route.sort);
  if (route.zoom !== null) parameters.set("zoom", route.zoom.join("-"));
  if (route.worker !== null) parameters.set("worker", String(route.worker));
  if (route.by !== null) parameters.set("by", route.by);
  if (route.similar) parameters.set("order", "similar");
  if (route.highlight !== null) parameters.set("highlight", String(route.highlight));
  if (route.align) parameters.set("align", "1");
  if (route.pins.length > 0) parameters.set("pins", formatPins(route.pins));
  if (route.layouts.size > 0) parameters.set("layout", formatChoices(route.layouts));
  const query = parameters.toString();
  return `#/run/${route.run}${query === "" ? "" : `?${query}`}`;
}

function parseField(text: string | null): Field {
  const contrast = /^(\d{1,6})-(\d{1,6})$/.exec(text ?? "");
  if (contrast) return { kind: "contrast", plus: Number(contrast[1]), minus: Number(contrast[2]) };
  const group = natural(text);
  return group === null ? { kind: "activity" } : { kind: "group", group };
}

function formatField(field: Field): string | null {
  switch (field.kind) {
    case "activity":
      return null;
    case "group":
      return String(field.group);
    case "contrast":
      return `${field.plus}-${field.minus}`;
  }
}

function parseZoom(text: string | null): readonly [number, number] | null {
  const found = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? "");
  const range = [Number(found?.[1]), Number(found?.[2])] as const;
  return range[0] < range[1] ? range : null;
}

function natural(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

export const route = signal<Route>(RUNS);
export const page = computed(() => route.value.page);

let writing: number | undefined;

/** Changes the route; small steps replace the entry in the history, a new page or layer adds one. */
export function go(change: Partial<Route>): void {
  const before = route.peek();
  const next = { ...before, ...change };
  route.value = next;
  const isPlace = next.page !== before.page || next.run !== before.run || next.layer !== before.layer || next.view !== before.view;
  if (isPlace) {
    window.clearTimeout(writing);
    history.pushState(null, "", formatRoute(next));
    return;
  }
  // Browsers refuse more than about a hundred changes in ten seconds; scrubbing makes more.
  window.clearTimeout(writing);
  writing = window.setTimeout(() => history.replaceState(null, "", formatRoute(route.peek())), 200);
}

export function followHistory(): void {
  const read = () => {
    route.value = parseRoute(location.hash);
  };
  window.addEventListener("popstate", read);
  read();
}
