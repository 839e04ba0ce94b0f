/** A value and the interval it lies in with 90 % confidence or whatever the server states; NaN where unknown. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface PastForecast {
  readonly at: number;
  readonly horizon: number;
  readonly error: number;
  readonly persistence: number;
  readonly line: number;
}

export type LawKind = "emergence" | "sparsity";

/** One law of one layer, as far as it is known. */
export interface Law {
  readonly kind: LawKind;
  readonly layer: string;
  /** Id of the quantity that it describes. */
  readonly quantity: string;
  readonly isFitted: boolean;
  readonly state: string;
  readonly reason: string;
  readonly r2: number;
  readonly peak: Interval | null;
  readonly limit: Interval | null;
  readonly parameters: readonly (readonly [string, Interval])[];
  /** Akaike's criterion by name of the law, lowest first. */
  readonly aic: readonly (readonly [string, number])[];
  readonly curve: { readonly x: readonly number[]; readonly fit: readonly number[] };
  readonly forecast: Band;
  readonly past: readonly PastForecast[];
}

export interface Band {
  readonly x: readonly number[];
  readonly low: readonly number[];
  readonly mid: readonly number[];
  readonly high: readonly number[];
}

/** The server's answer, checked; what is missing is missing, and what has no layer is left out. */
export function parseLaws(body: unknown): Law[] {
  const all = record(body);
  return (["emergence", "sparsity"] as const).flatMap((kind) =>
    list(all[kind])
      .map((entry) => parseLaw(kind, record(entry)))
      .filter((law) => law.layer !== "" && law.quantity !== ""),
  );
}

function parseLaw(kind: LawKind, law: Readonly<Record<string, unknown>>): Law {
  const curve = record(law["curve"]);
  const forecast = record(law["forecast"]);
  const state = text(law["state"]);
  return {
    kind,
    layer: text(law["layer"]),
    quantity: text(law["quantity"]),
    isFitted: state === "fitted",
    state,
    reason: text(law["reason"]),
    r2: number(law["r2"]),
    peak: interval(law["peak"]),
    limit: interval(law["limit"]),
    parameters: Object.entries(record(law["parameters"])).map(([name, value]) => [name, interval(value) ?? point(value)]),
    aic: Object.entries(record(law["aic"]))
      .map(([name, value]) => [name, number(value)] as const)
      .filter(([, value]) => Number.isFinite(value))
      .sort((a, b) => a[1] - b[1]),
    curve: { x: numbers(curve["iteration"]), fit: numbers(curve["fit"]) },
    forecast: {
      x: numbers(forecast["iteration"]),
      low: numbers(forecast["low"]),
      mid: numbers(forecast["mid"]),
      high: numbers(forecast["high"]),
    },
    past: list(law["past"]).map(record).map((past) => ({
      at: number(past["at"]),
      horizon: number(past["horizon"]),
      error: number(past["error"]),
      persistence: number(past["persistence"]),
      line: number(past["line"]),
    })),
  };
}

/** Of the forecasts made so far, how many were nearer than both simple ways to guess; null when none was made. */
export function forecastScore(past: readonly PastForecast[]): { readonly better: number; readonly of: number } | null {
  const known = past.filter((p) => Number.isFinite(p.error) && Number.isFinite(Math.min(p.persistence, p.line)));
  if (known.length === 0) return null;
  return { better: known.filter((p) => p.error <= Math.min(p.persistence, p.line)).length, of: known.length };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function number(value: unknown): number {
  return typeof value === "number" ? value : NaN;
}

function numbers(value: unknown): number[] {
  return list(value).map(number);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function point(value: unknown): Interval {
  return { value: number(value), low: NaN, high: NaN };
}

function interval(value: unknown): Interval | null {
  const parts = record(value);
  return "value" in parts ? { value: number(parts["value"]), low: number(parts["low"]), high: number(parts["high"]) } : null;
}

const SPREAD = 30;

/** Whether a few spikes would flatten all else on a linear axis: the largest is far above the usual. */
export function isBetterLogarithmic(values: readonly (number | null)[]): boolean {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const least = known[0] ?? 0;
  return least > 0 && (known.at(-1) ?? 0) > SPREAD * (known[known.length >> 1] ?? Infinity);
}
