import { computed, signal } from "@preact/signals";

/** What a map shows: the activity, one group's profile, or the difference of two. */
export type Field =
  | { readonly kind: "activity" }
  | { readonly kind: "group"; readonly group: number }
  | { readonly kind: "contrast"; readonly plus: number; readonly minus: number };

/** Everything that a link should bring back. It lives in the fragment: no server ever sees it. */
export interface Route {
  readonly page: "runs" | "run";
  readonly run: string;
  readonly layer: string | null;
  readonly unit: number | null;
  /** Iteration that is looked at; null is live. */
  readonly at: number | null;
  readonly field: Field;
}

export const RUNS: Route = {
  page: "runs",
  run: "",
  layer: null,
  unit: null,
  at: null,
  field: { kind: "activity" },
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
  const isPlace = next.page !== before.page || next.run !== before.run || next.layer !== before.layer;
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
