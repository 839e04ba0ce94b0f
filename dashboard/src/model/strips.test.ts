import { expect, test } from "vitest";
import type { QuantityInfo } from "../wire/messages";
import { binEdges, defaultStrips, fillStrip, stripRange } from "./strips";
import { Timeline } from "./timeline";

const quantity = (id: string, unit = "", low = NaN, high = NaN): QuantityInfo => ({
  id, name: id, unit, low, high, meaning: "", source: "", group: "",
});

function timeline(...iterations: number[]): Timeline {
  const column = Float64Array.from(iterations);
  const t = new Timeline();
  t.append({
    count: iterations.length, layers: 1, quantities: 1, runQuantities: 0, iteration: column, timeMillis: column,
    epoch: column, score: column, offered: column, dropped: column, values: Float32Array.from(iterations),
    runValues: new Float32Array(0), details: [], droppedByReason: {},
  });
  return t;
}

test("strips start with sparsity, massive activations and death, in whatever order they come", () => {
  const list = ["mean", "dead_share", "ratio", "zero_share", "massive_ratio"].map((id) => quantity(id));
  expect(defaultStrips(list, 3)).toEqual([3, 4, 1]);
  expect(defaultStrips(list.slice(0, 1), 3)).toEqual([0]);
});

test("every sample is in exactly one bin, and bins without one carry on", () => {
  const t = timeline(0, 10, 20, 90, 100);
  const edges = binEdges(t, 0, 100, 10);
  expect([...edges]).toEqual([0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 5]);
  const out = new Float32Array(10);
  fillStrip(t, 0, edges, out);
  expect([...out]).toEqual([0, 10, 20, 20, 20, 20, 20, 20, 20, 95]);
});

test("bounded shares keep their bounds, others take what was seen", () => {
  const values = Float32Array.from({ length: 101 }, (_, i) => i);
  expect(stripRange(quantity("zero_share", "ratio", 0, 1), values)).toEqual([0, 1]);
  expect(stripRange(quantity("massive", "", 0), values)).toEqual([0, 99]);
  expect(stripRange(quantity("mean"), Float32Array.of(-2, 1))[0]).toBeLessThan(0);
  expect(stripRange(quantity("rank"), Float32Array.of(40, 41, 42))[0]).toBeGreaterThan(39);
  expect(stripRange(quantity("nothing"), Float32Array.of(NaN))).toEqual([0, 1]);
});
