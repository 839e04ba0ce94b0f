import { topGroups, type Excitement } from "./groupings";
import type { GroupingInfo, LayerMap, UnitStatistics } from "../wire/messages";

/** A closed outline as [x0, y0, x1, y1, …], in the map's own measure. */
export type Outline = readonly number[];

/** Even-odd rule. */
export function isInside(x: number, y: number, outline: Outline): boolean {
  let inside = false;
  const n = outline.length / 2;
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const xi = outline[2 * i] as number;
    const yi = outline[2 * i + 1] as number;
    const xj = outline[2 * j] as number;
    const yj = outline[2 * j + 1] as number;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** The units whose positions, [units × 2], lie inside an outline. */
export function unitsInside(positions: ArrayLike<number>, outline: Outline): number[] {
  const found: number[] = [];
  if (outline.length < 6) return found;
  for (let u = 0; u < positions.length / 2; u++) {
    if (isInside(positions[2 * u] as number, positions[2 * u + 1] as number, outline)) found.push(u);
  }
  return found;
}

/** The `count` units nearest to one, itself included. */
export function nearestUnits(positions: ArrayLike<number>, unit: number, count: number): number[] {
  const x = positions[2 * unit] as number;
  const y = positions[2 * unit + 1] as number;
  const far = (u: number) => ((positions[2 * u] as number) - x) ** 2 + ((positions[2 * u + 1] as number) - y) ** 2;
  return Array.from({ length: positions.length / 2 }, (_, u) => [far(u), u] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .slice(0, count)
    .map(([, u]) => u)
    .sort((a, b) => a - b);
}

/** The unit that comes next from one in a direction: near, and within 60 degrees of it; −1 for none. */
export function unitTowards(positions: ArrayLike<number>, unit: number, dx: number, dy: number): number {
  const x = positions[2 * unit] as number;
  const y = positions[2 * unit + 1] as number;
  let best = -1;
  let least = Infinity;
  for (let u = 0; u < positions.length / 2; u++) {
    const vx = (positions[2 * u] as number) - x;
    const vy = (positions[2 * u + 1] as number) - y;
    const along = vx * dx + vy * dy;
    const length = Math.hypot(vx, vy);
    if (u === unit || along <= 0.5 * length || length === 0) continue;
    // Sideways counts double, so that a row of units is walked along and not away from.
    const cost = along + 2 * Math.sqrt(Math.max(0, length * length - along * along));
    if (cost < least) {
      least = cost;
      best = u;
    }
  }
  return best;
}

export interface UnitRow {
  readonly unit: number;
  readonly mean: number;
  readonly nonZero: number;
  readonly state: number;
  readonly top: readonly Excitement[];
}

export function unitRow(map: LayerMap, statistics: UnitStatistics | undefined, unit: number, grouping: GroupingInfo): UnitRow {
  return {
    unit,
    mean: statistics?.mean[unit] ?? map.values[unit] ?? NaN,
    nonZero: statistics?.nonZero[unit] ?? NaN,
    state: map.states[unit] ?? 0,
    top: topGroups(map, [unit], grouping, 2),
  };
}

/** Rows as tab-separated text, as a spreadsheet takes it. */
export function asTable(rows: readonly UnitRow[], name: (group: number) => string): string {
  const lines = rows.map(({ unit, mean, nonZero, top }) =>
    [unit, mean, nonZero, top.map(({ group }) => name(group)).join(" ")].join("\t"),
  );
  return ["unit\tmean\tnon-zero share\ttop groups", ...lines].join("\n");
}

/** Numbers of units out of what somebody typed or pasted; null when it is something else. */
export function parseUnits(text: string): number[] | null {
  const parts = text.trim().split(/[\s,;]+/).filter((part) => part !== "");
  if (parts.length === 0 || !parts.every((part) => /^\d{1,9}$/.test(part))) return null;
  return [...new Set(parts.map(Number))];
}
