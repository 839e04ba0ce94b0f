import { signal } from "@preact/signals";
import type { AlertData } from "../wire/messages";
import { parseAlerts, parseRules, type RuleText } from "./alerts";
import { parseLaws, type Law } from "./laws";
import type { LayoutChoice } from "./layout-choice";
import type { LayoutAnswer } from "./layout-desk";

export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly state: "live" | "recorded";
  readonly startedMillis: number;
  readonly lastMillis: number;
  readonly iteration: number;
  readonly epoch: number;
  readonly score: number | null;
  readonly samples: number;
  readonly pictures: number;
  readonly layers: number;
  readonly dropped: number;
  readonly bytes: number;
  readonly scores: readonly (number | null)[];
}

export interface UnitHistory {
  readonly iterations: readonly number[];
  readonly mean: readonly (number | null)[];
  readonly nonZero: readonly (number | null)[];
  readonly maxAbs: readonly (number | null)[];
}

export type Session = "unknown" | "none" | "view" | "control";

export const session = signal<Session>("unknown");

/** The server's own words when it has some; otherwise what HTTP says. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...init });
  } catch {
    throw new ApiError(0, "the server does not answer");
  }
  if (response.ok) return response;
  if (response.status === 401) session.value = "none";
  const body: unknown = await response.json().catch(() => null);
  throw new ApiError(response.status, isError(body) ? body.error : `the server answered ${response.status}`);
}

function isError(body: unknown): body is { error: string } {
  return typeof body === "object" && body !== null && "error" in body && typeof body.error === "string";
}

function send(method: string, path: string, body: unknown = {}): Promise<Response> {
  return ask(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export async function signIn(token: string): Promise<void> {
  const answer = (await (await send("POST", "/api/v1/session", { token })).json()) as { role?: string };
  session.value = answer.role === "control" ? "control" : "view";
  rememberRole(session.value);
}

// Not a secret: it only decides whether buttons that the server would refuse are shown.
function rememberRole(role: Session): void {
  sessionStorage.setItem("alidade-role", role);
}

export function rememberedRole(): Session {
  return sessionStorage.getItem("alidade-role") === "view" ? "view" : "control";
}

export async function fetchRuns(): Promise<readonly RunSummary[]> {
  const runs = (await (await ask("/api/v1/runs")).json()) as RunSummary[];
  if (session.peek() === "unknown") session.value = rememberedRole();
  return runs;
}

export async function fetchRun(id: string): Promise<RunSummary> {
  return (await (await ask(`/api/v1/runs/${id}`)).json()) as RunSummary;
}

export async function fetchUnitHistory(
  run: string,
  layer: string,
  unit: number,
  signalled: AbortSignal,
): Promise<UnitHistory> {
  const path = `/api/v1/runs/${run}/layers/${encodeURIComponent(layer)}/units/${unit}?most=400`;
  return (await (await ask(path, { signal: signalled })).json()) as UnitHistory;
}

export async function fetchLaws(run: string, signalled: AbortSignal): Promise<readonly Law[]> {
  return parseLaws(await (await ask(`/api/v1/runs/${run}/laws`, { signal: signalled })).json());
}

/** Every change of state of the run's alerts, in the order of its log. */
export async function fetchAlerts(run: string): Promise<readonly AlertData[]> {
  return parseAlerts(await (await ask(`/api/v1/runs/${run}/alerts`)).json());
}

export async function fetchRules(): Promise<readonly RuleText[]> {
  return parseRules(await (await ask("/api/v1/rules")).json());
}

export async function fetchLayout(
  run: string,
  layer: string,
  choice: LayoutChoice,
  iteration: number | null,
  signalled: AbortSignal,
): Promise<LayoutAnswer> {
  const query = new URLSearchParams({ method: choice.method, distance: choice.distance, basis: choice.basis });
  if (iteration !== null) query.set("iteration", String(iteration));
  const path = `/api/v1/runs/${run}/layers/${encodeURIComponent(layer)}/layout?${query}`;
  return (await (await ask(path, { signal: signalled })).json()) as LayoutAnswer;
}

export async function deleteRun(id: string): Promise<void> {
  await send("DELETE", `/api/v1/runs/${id}`);
}

export async function restoreRun(id: string): Promise<void> {
  await send("POST", `/api/v1/runs/${id}/restore`);
}
