import { expect, test } from "vitest";
import type { QuantityInfo } from "../wire/messages";
import { BrokenWatch, brokenCounts, isBroken } from "./not-finite";
import { binEdges, fillBroken, fillStrip } from "./strips";
import { Timeline } from "./timeline";
import { samples } from "./samples.fixture";

const quantity = (id: string): QuantityInfo => ({ id, name: id, unit: "", meaning: "", source: "", low: NaN, high: NaN, group: "" });
const QUANTITIES = ["mean", "nan_count", "inf_count"].map(quantity);

/** Two layers; [iteration, score, NaNs of layer 0, infinities of layer 1]. */
function timeline(...rows: readonly (readonly [number, number, number, number])[]): Timeline {
  const t = new Timeline();
  t.append(
    samples({
      iterations: rows.map(([iteration]) => iteration),
      scores: rows.map(([, score]) => score),
      layers: 2,
      quantities: 3,
      value: (i, layer, q) => (q === 0 ? 1 : layer === 0 && q === 1 ? (rows[i]?.[2] ?? 0) : layer === 1 && q === 2 ? (rows[i]?.[3] ?? 0) : 0),
    }),
  );
  return t;
}

test("the counting columns are found by their ids", () => {
  expect(brokenCounts(QUANTITIES)).toEqual([1, 2]);
  expect(brokenCounts([quantity("mean")])).toEqual([]);
});

test("the first layer in the order of the network and its iteration are named", () => {
  const t = timeline([10, 1, 0, 0], [20, 1, 0, 0], [30, 1, 5, 7], [40, NaN, 9, 9]);
  expect(new BrokenWatch().update(t, [1, 2], [1, 0])).toEqual({ layer: 1, iteration: 30, after: 20, others: 1 });
  expect(new BrokenWatch().update(t, [1, 2], [0, 1])).toEqual({ layer: 0, iteration: 30, after: 20, others: 1 });
});

test("a healthy run has none, and what was looked at is not looked at again", () => {
  const watch = new BrokenWatch();
  const t = timeline([10, 1, 0, 0], [20, 1, 0, 0]);
  expect(watch.update(t, [1, 2], [0, 1])).toBeNull();
  t.append(samples({ iterations: [30], scores: [1], layers: 2, quantities: 3, value: (_, l, q) => (l === 1 && q === 2 ? 1 : 0) }));
  expect(watch.update(t, [1, 2], [0, 1])).toEqual({ layer: 1, iteration: 30, after: 20, others: 0 });
});

test("a score that stops being a number is named, one that never was is not", () => {
  expect(new BrokenWatch().update(timeline([10, 1, 0, 0], [20, NaN, 0, 0]), [1, 2], [0, 1])).toMatchObject({ layer: -1, iteration: 20 });
  expect(new BrokenWatch().update(timeline([10, NaN, 0, 0], [20, NaN, 0, 0]), [1, 2], [0, 1])).toBeNull();
});

test("what was not finite is told apart from what is zero and from what was not read", () => {
  const t = timeline([1, 1, 0, 0], [2, 1, 3, 0], [3, 1, 0, 0], [4, 1, 0, 2]);
  const edges = binEdges(t, 1, 5, 4);
  const broken = new Uint8Array(8);
  fillBroken(t, [1, 2], edges, broken);
  expect([...broken]).toEqual([0, 1, 0, 0, 0, 0, 0, 1]);
  const values = new Float32Array(8);
  fillStrip(t, 0, edges, values);
  expect(values[1]).toBe(1);
  expect(isBroken(t, 1, 0, [1, 2])).toBe(true);
  expect(isBroken(t, 1, 0, [])).toBe(false);
});
