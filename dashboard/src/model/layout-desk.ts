import { signal } from "@preact/signals";
import { triangulate } from "../wire/mesh";
import { DEAD, type LayerLayoutData, type LayerMap } from "../wire/messages";
import { isSameChoice, type LayoutChoice } from "./layout-choice";

/** What the server answers to GET …/layers/{layer}/layout, checked once here. */
export interface LayoutAnswer {
  readonly iteration: number;
  readonly method: string;
  readonly distance: string;
  readonly basis: string;
  readonly seconds: number;
  readonly positions: readonly number[];
  readonly dead: readonly number[];
  readonly quality: { readonly trustworthiness: number; readonly continuity: number; readonly kept: number } | null;
}

export type AskLayout = (
  layer: number,
  choice: LayoutChoice,
  at: number | null,
  abort: AbortSignal,
) => Promise<LayoutAnswer>;

/** How a layer that is not live stands with its layout. */
export interface Arrangement {
  readonly choice: LayoutChoice;
  readonly layout: LayerLayoutData | null;
  readonly isAsking: boolean;
  readonly error: string | null;
}

/**
 * Layouts by method: what the agent publishes is used when it publishes it; otherwise the server is
 * asked once per choice, and again only when somebody wants the newest.
 */
export class LayoutDesk {
  readonly arrangements = signal<ReadonlyMap<number, Arrangement>>(new Map());
  private readonly asked = new Map<number, AbortController>();

  constructor(private readonly ask: AskLayout) {}

  /** To be called whenever choices change or layouts arrive. */
  arrange(choices: ReadonlyMap<number, LayoutChoice>, published: readonly LayerLayoutData[], at: number | null): void {
    const before = this.arrangements.peek();
    const next = new Map<number, Arrangement>();
    for (const [layer, choice] of choices) {
      const old = before.get(layer);
      const isKept = old !== undefined && isSameChoice(old.choice, choice);
      const own = isKept ? old : { choice, layout: null, isAsking: false, error: null };
      const sent = published.find((l) => l.layer === layer && isSameChoice(l, choice));
      const isNewer = sent !== undefined && (own.layout === null || sent.iteration > own.layout.iteration || at !== null);
      next.set(layer, isNewer ? { ...own, layout: sent, error: null } : own);
      if (!isKept) this.asked.get(layer)?.abort();
      const needs = next.get(layer) as Arrangement;
      if (needs.layout === null && !needs.isAsking && needs.error === null) {
        next.set(layer, { ...needs, isAsking: true });
        void this.fetch(layer, choice, at);
      }
    }
    for (const layer of before.keys()) if (!next.has(layer)) this.asked.get(layer)?.abort();
    if (!isSame(before, next)) this.arrangements.value = next;
  }

  /** Asks for a layout again, of the moment that is shown. */
  refresh(layer: number, at: number | null): void {
    const arrangement = this.arrangements.peek().get(layer);
    if (arrangement === undefined || arrangement.isAsking) return;
    this.put(layer, { ...arrangement, isAsking: true, error: null });
    void this.fetch(layer, arrangement.choice, at);
  }

  close(): void {
    for (const abort of this.asked.values()) abort.abort();
  }

  private async fetch(layer: number, choice: LayoutChoice, at: number | null): Promise<void> {
    const abort = new AbortController();
    this.asked.set(layer, abort);
    let change: Partial<Arrangement>;
    try {
      change = { layout: toLayout(layer, await this.ask(layer, choice, at, abort.signal)), error: null };
    } catch (e) {
      change = { error: e instanceof Error ? e.message : String(e) };
    }
    const arrangement = this.arrangements.peek().get(layer);
    if (abort.signal.aborted || arrangement === undefined || !isSameChoice(arrangement.choice, choice)) return;
    this.put(layer, { ...arrangement, ...change, isAsking: false });
  }

  private put(layer: number, arrangement: Arrangement): void {
    this.arrangements.value = new Map(this.arrangements.peek()).set(layer, arrangement);
  }
}

function isSame(a: ReadonlyMap<number, Arrangement>, b: ReadonlyMap<number, Arrangement>): boolean {
  return a.size === b.size && [...a].every(([layer, arrangement]) => b.get(layer) === arrangement);
}

function toLayout(layer: number, answer: LayoutAnswer): LayerLayoutData {
  const positions = Float32Array.from(answer.positions);
  if (positions.length % 2 !== 0 || positions.some((p) => !Number.isFinite(p))) {
    throw new Error(`positions must be finite pairs: ${positions.length} numbers`);
  }
  const states = new Uint8Array(positions.length / 2);
  for (const unit of answer.dead) states[unit] = DEAD;
  const { iteration, method, distance, basis, seconds, quality } = answer;
  const triangles = triangulate(positions, states);
  return { layer, iteration, method, distance, basis, seconds, positions, states, triangles, quality };
}

/** A map with its units where another layout puts them; values and states stay those of the map. */
export function arranged(map: LayerMap, layout: LayerLayoutData | null): LayerMap {
  if (layout === null || layout.positions.length !== map.positions.length) return map;
  return { ...map, positions: layout.positions, triangles: layout.triangles, layout: layout.method };
}
