import type { LayerMap } from "../wire/messages";

/** How many published positions a trail goes back. */
export const TRAIL = 50;
const MOST_FLOATS = 2e6; // 8 MB a layer

interface Step {
  readonly tick: number;
  readonly positions: Float32Array;
}

/**
 * The last positions of a layer's units, as they were published: turned and eased by whoever draws.
 * Going back in time takes back what came later; another way of laying out starts afresh.
 */
export class Trail {
  private steps: Step[] = [];
  private layout = "";
  private units = 0;

  get length(): number {
    return this.steps.length;
  }

  push(map: LayerMap): void {
    if (map.layout !== this.layout || map.units !== this.units) this.steps = [];
    this.layout = map.layout;
    this.units = map.units;
    while (this.steps.length > 0 && (this.steps.at(-1) as Step).tick >= map.tick) this.steps.pop();
    this.steps.push({ tick: map.tick, positions: map.positions });
    const most = Math.max(8, Math.min(TRAIL, Math.floor(MOST_FLOATS / Math.max(1, 2 * map.units))));
    if (this.steps.length > most) this.steps.splice(0, this.steps.length - most);
  }

  clear(): void {
    this.steps = [];
  }

  /** [x0, y0, x1, y1, …] of one unit, oldest first. */
  path(unit: number): Float32Array {
    const out = new Float32Array(this.steps.length * 2);
    this.steps.forEach(({ positions }, i) => {
      out[2 * i] = positions[2 * unit] ?? NaN;
      out[2 * i + 1] = positions[2 * unit + 1] ?? NaN;
    });
    return out;
  }
}
