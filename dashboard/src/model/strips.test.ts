import { expect, test } from "vitest";
import type { QuantityInfo } from "../wire/messages";
import { binEdges, defaultStrips, fillStrip, shareOf, stripScale } from "./strips";
import { samples } from "./samples.fixture";
import { Timeline } from "./timeline";

const quantity = (id: string, unit = "", low = NaN, high = NaN): QuantityInfo => ({
  id, name: id, unit, low, high, meaning: "", source: "", group: "",
});

function timeline(...iterations: number[]): Timeline {
  const t = new Timeline();
  t.append(samples({ iterations, value: (i) => iterations[i] as number }));
  return t;
}

test("a quantity of a slow schedule is a band, one that is no longer told ends, a layer left out carries on", () => {
  const known = (i: number, layer: number, q: number) => (q === 1 ? (layer === 0 ? 7 : NaN) : i <= 20 && i % 10 === 0 ? i : NaN);
  const t = new Timeline();
  t.append(samples({ iterations: Array.from({ length: 60 }, (_, i) => i), layers: 2, quantities: 2, value: known }));
  const out = new Float32Array(120);
  fillStrip(t, 0, binEdges(t, 0, 60, 60), out);
  expect([out[5], out[15], out[40]]).toEqual([0, 10, 20]);
  expect(out[50]).toBeNaN();
  expect(out[60 + 55]).toBe(20); // the governor left the second layer out
});

test("a closer look ends at its end, and begins with what was known before it", () => {
  const t = timeline(0, 10, 20, 90, 100);
  const edges = binEdges(t, 15, 50, 7);
  expect([...edges]).toEqual([2, 2, 3, 3, 3, 3, 3, 3]);
  const out = new Float32Array(7);
  fillStrip(t, 0, edges, out);
  expect([...out]).toEqual([10, 20, 20, 20, 20, 20, 20]);
});

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
  expect(stripScale(quantity("zero_share", "ratio", 0, 1), values)).toEqual({ low: 0, high: 1, isLog: false });
  expect(stripScale(quantity("massive", "", 0), values)).toEqual({ low: 0, high: 99, isLog: false });
  expect(stripScale(quantity("mean"), Float32Array.of(-2, 1)).low).toBeLessThan(0);
  expect(stripScale(quantity("rank"), Float32Array.of(40, 41, 42)).low).toBeGreaterThan(39);
  expect(stripScale(quantity("nothing"), Float32Array.of(NaN))).toEqual({ low: 0, high: 1, isLog: false });
});

test("a skewed quantity is told apart by order of magnitude", () => {
  const values = Float32Array.from({ length: 100 }, (_, i) => (i < 90 ? 10 : 10_000));
  const scale = stripScale(quantity("massive_ratio"), values);
  expect(scale.isLog).toBe(true);
  expect(shareOf(10, scale)).toBe(0);
  expect(shareOf(10_000, scale)).toBe(1);
  expect(shareOf(Math.sqrt(10 * 10_000), scale)).toBeCloseTo(0.5);
  expect(shareOf(0, scale)).toBe(0);
});

test("signed quantities keep zero at zero", () => {
  const scale = { low: -4, high: 4, isLog: false };
  expect([-9, -4, 0, 2, 4].map((v) => shareOf(v, scale))).toEqual([-1, -1, 0, 0.5, 1]);
});
