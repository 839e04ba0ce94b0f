import { expect, test } from "vitest";
import type { LayerMap } from "../wire/messages";
import { Trail, TRAIL } from "./trail";

const map = (tick: number, units = 2, layout = "live") =>
  ({ tick, units, layout, positions: Float32Array.from({ length: units * 2 }, (_, i) => tick + i / 10) }) as unknown as LayerMap;

test("a trail is the last fifty positions, oldest first", () => {
  const trail = new Trail();
  for (let tick = 1; tick <= 60; tick++) trail.push(map(tick));
  expect(trail.length).toBe(TRAIL);
  const path = trail.path(1);
  expect(path[0]).toBeCloseTo(11.2);
  expect(path.at(-1)).toBeCloseTo(60.3);
});

test("going back in time takes back what came later", () => {
  const trail = new Trail();
  for (let tick = 1; tick <= 10; tick++) trail.push(map(tick));
  trail.push(map(4));
  expect([...trail.path(0)].filter((_, i) => i % 2 === 0)).toEqual([1, 2, 3, 4]);
});

test("the same tick again is one step", () => {
  const trail = new Trail();
  trail.push(map(1));
  trail.push(map(1));
  expect(trail.length).toBe(1);
});

test("another layout or another number of units starts afresh", () => {
  const trail = new Trail();
  trail.push(map(1));
  trail.push(map(2, 2, "umap"));
  expect(trail.length).toBe(1);
  trail.push(map(3, 3, "umap"));
  expect(trail.length).toBe(1);
});

test("a wide layer keeps fewer steps, so that memory is bounded", () => {
  const trail = new Trail();
  for (let tick = 1; tick <= 60; tick++) trail.push(map(tick, 100_000));
  expect(trail.length).toBe(10);
});
