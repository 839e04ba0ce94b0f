import Delaunator from "delaunator";
import { DEAD } from "./messages";

/** Fewer units than this are drawn as discs: a surface through so few points says nothing. */
export const FEWEST_FOR_SURFACE = 17;

/**
 * Delaunay triangles over the units that are alive, as indices of units. Dead units take no part:
 * they are parked on the rim and a surface through them would paint where nothing is known.
 */
export function triangulate(positions: Float32Array, states: Uint8Array): Uint32Array {
  const units = positions.length / 2;
  const living = new Uint32Array(units);
  let count = 0;
  for (let u = 0; u < units; u++) if (states[u] !== DEAD) living[count++] = u;
  if (count < 3) return new Uint32Array(0);
  const points = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    const u = living[i] as number;
    points[2 * i] = positions[2 * u] as number;
    points[2 * i + 1] = positions[2 * u + 1] as number;
  }
  const triangles = new Delaunator(points).triangles;
  const named = new Uint32Array(triangles.length);
  for (let i = 0; i < triangles.length; i++) named[i] = living[triangles[i] as number] as number;
  return named;
}
