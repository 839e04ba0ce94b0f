import { beforeEach, expect, test, vi } from "vitest";
import { poseOf } from "../../model/pose";
import { ALIVE, DEAD, NEWBORN, type LayerMap } from "../../wire/messages";
import type { LayerScene as Scene } from "./layer-scene";

let isReduced = false;
// The page's loop asks the window at once; here there is none.
vi.stubGlobal("window", { matchMedia: () => ({ get matches() { return isReduced; } }) });
const { LayerScene } = await import("./layer-scene");

const UNITS = 20;
function map(tick: number, change: Partial<LayerMap> = {}): LayerMap {
  return {
    layer: 0, iteration: tick, units: UNITS, groups: 2, tick, layout: "live", pose: [], quality: null, valueRange: 1, profileRange: 2,
    positions: Float32Array.from({ length: UNITS * 2 }, (_, i) => Math.cos(i)), values: new Float32Array(UNITS),
    profiles: new Float32Array(UNITS * 2), states: new Uint8Array(UNITS), triangles: Uint32Array.of(0, 1, 2), ...change,
  };
}
const moved = (by: number) => map(0).positions.map((p) => p + by);

let scene: Scene;
beforeEach(() => {
  isReduced = false;
  scene = new LayerScene();
  scene.show(map(1), 0);
});

test("a new picture is eased to, and arrived at", () => {
  scene.show(map(2, { positions: moved(1) }), 1000);
  const [start] = scene.place(3, 1000);
  expect(start).toBeCloseTo(map(1).positions[6] as number, 5);
  expect(scene.isMoving(1100)).toBe(true);
  expect(scene.place(3, 3000)[0]).toBeCloseTo((map(1).positions[6] as number) + 1, 5);
  expect(scene.isMoving(3000)).toBe(false);
});

test("with motion reduced everything is where it belongs at once", () => {
  isReduced = true;
  const states = new Uint8Array(UNITS);
  states[4] = DEAD;
  scene.show(map(2, { positions: moved(1), states }), 1000);
  scene.turn(poseOf([0, -1, 1, 0]), 1000);
  const [x, y] = [(map(1).positions[6] as number) + 1, (map(1).positions[7] as number) + 1];
  expect(scene.place(3, 1000)[0]).toBeCloseTo(-y, 5);
  expect(scene.place(3, 1000)[1]).toBeCloseTo(x, 5);
  expect(scene.isMoving(1000)).toBe(false);
  expect(scene.wavesAt(1000)).toEqual([]);
});

test("a death and a birth make waves for a moment; a jump in time makes none", () => {
  const died = new Uint8Array(UNITS);
  died[4] = DEAD;
  scene.show(map(2, { states: died }), 100);
  expect(scene.wavesAt(100)).toEqual([{ unit: 4, isBirth: false, share: 0 }]);
  const born = new Uint8Array(UNITS);
  born[4] = NEWBORN;
  scene.show(map(3, { states: born }), 200);
  expect(scene.wavesAt(300).map((wave) => wave.isBirth)).toEqual([false, true]);
  scene.show(map(4, { states: new Uint8Array(UNITS).fill(ALIVE) }), 2000);
  expect(scene.wavesAt(2000)).toEqual([]);
  scene.show(map(90, { states: died }), 2100);
  expect(scene.wavesAt(2100)).toEqual([]);
});

test("between two layouts the surface goes and comes back with the other's triangles", () => {
  const triangles = Uint32Array.of(3, 4, 5);
  scene.show(map(1, { positions: moved(2), triangles, layout: "umap" }), 1000, true);
  expect(scene.surfaceAlpha(1000)).toBe(1);
  expect([...scene.triangles(1100)]).toEqual([0, 1, 2]);
  expect(scene.surfaceAlpha(1000 + 900 * 0.46)).toBeLessThan(0.05);
  expect([...scene.triangles(1600)]).toEqual([3, 4, 5]);
  expect(scene.surfaceAlpha(1950)).toBe(1);
  expect(scene.place(3, 1950)[0]).toBeCloseTo((map(1).positions[6] as number) + 2, 5);
});

test("a picture that arrives on the way does not hurry the units", () => {
  scene.show(map(1, { positions: moved(2), layout: "umap" }), 1000, true);
  scene.show(map(2, { positions: moved(2), layout: "umap" }), 1100);
  expect(scene.isMoving(1800)).toBe(true);
  expect(scene.isMoving(1900)).toBe(false);
});

test("a unit is found under the pointer however the map is turned", () => {
  scene.turn(poseOf([0, 1, 1, 0]), 0);
  for (const unit of [0, 7, 19]) {
    const [x, y] = scene.place(unit, 5000);
    expect(scene.nearest(x, y, 0.01, 5000)).toBe(unit);
  }
  expect(scene.nearest(9, 9, 0.1, 5000)).toBe(-1);
});

test("the units of a group are marked by the layer's own measure, but never out of rounding", () => {
  expect(scene.strongest(1)).toBe(0.5);
  const profiles = new Float32Array(UNITS * 2);
  profiles[UNITS + 3] = 1.5;
  scene.show(map(2, { profiles }), 100);
  expect(scene.strongest(1)).toBe(1.5);
  expect(scene.strongest(0)).toBe(0.5);
});
