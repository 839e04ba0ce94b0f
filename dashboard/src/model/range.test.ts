import { expect, test } from "vitest";
import { holding, niceStep, rangeOf, shifted, ticksOf, zoomed } from "./range";
import { samples } from "./samples.fixture";
import { Timeline } from "./timeline";

test("the whole run is shown unless a closer look was asked for", () => {
  const t = new Timeline();
  expect(rangeOf(t, null)).toEqual([0, 1]);
  t.append(samples({ iterations: [10, 400] }));
  expect(rangeOf(t, null)).toEqual([10, 400]);
  expect(rangeOf(t, [50, 60])).toEqual([50, 60]);
});

test("zooming keeps the iteration under the pointer in its place, and ends at the whole", () => {
  expect(zoomed([0, 1000], [0, 1000], 0.5, 250)).toEqual([125, 625]);
  expect(zoomed([0, 1000], [0, 1000], 0.5, 1000)).toEqual([500, 1000]);
  expect(zoomed([125, 625], [0, 1000], 2, 250)).toBeNull();
  const [first, last] = zoomed([10, 14], [0, 1000], 0.1, 12) ?? [0, 0];
  expect(last - first).toBe(4);
});

test("a range is never moved beyond the run", () => {
  expect(shifted([100, 200], [0, 1000], -500)).toEqual([0, 100]);
  expect(shifted([100, 200], [0, 1000], 5000)).toEqual([900, 1000]);
});

test("a range follows a moment that leaves it", () => {
  expect(holding([100, 200], [0, 1000], 150)).toEqual([100, 200]);
  expect(holding([100, 200], [0, 1000], 210)).toEqual([135, 235]);
  expect(holding([100, 200], [0, 1000], 40)).toEqual([15, 115]);
});

test("ticks are round, inside, and not over the end", () => {
  expect([0.2, 3, 11, 26, 1000].map(niceStep)).toEqual([1, 5, 20, 50, 1000]);
  expect(ticksOf([13, 1000], 8)).toEqual([200, 400, 600, 800]);
});
