import { expect, test } from "vitest";
import type { NumbersBatch } from "../wire/messages";
import { Timeline } from "./timeline";

/** One layer, one quantity whose value is the iteration itself. */
function batch(...iterations: number[]): NumbersBatch {
  const column = (value: (i: number) => number) => Float64Array.from(iterations, value);
  return {
    count: iterations.length,
    layers: 1,
    quantities: 1,
    runQuantities: 1,
    iteration: column((i) => i),
    timeMillis: column((i) => i * 100),
    epoch: column(() => 0),
    score: column((i) => 1 / i),
    offered: column((i) => i),
    dropped: column(() => 0),
    values: Float32Array.from(iterations),
    runValues: Float32Array.from(iterations),
    tops: Float32Array.from(iterations.flatMap((i) => [i, 2 * i, NaN, NaN, NaN, NaN])),
    parameters: 1,
    parameterQuantities: 1,
    parameterValues: Float32Array.from(iterations, (i) => -i),
    parameterDetails: [],
    details: [],
    droppedByReason: {},
  };
}

const iterations = (t: Timeline) => [...t.iteration.subarray(0, t.length)];

test("samples are found by iteration, at or before and nearest", () => {
  const t = new Timeline();
  t.append(batch(10, 20, 40));
  expect([5, 10, 19, 40, 99].map((i) => t.indexAt(i))).toEqual([-1, 0, 0, 2, 2]);
  expect([5, 14, 16, 31, 99].map((i) => t.nearest(i))).toEqual([0, 0, 1, 2, 2]);
  expect(new Timeline().nearest(3)).toBe(-1);
});

test("a resumed training replaces the iterations that it repeats", () => {
  const t = new Timeline();
  t.append(batch(10, 20, 30, 40));
  t.append(batch(25, 35));
  expect(iterations(t)).toEqual([10, 20, 25, 35]);
  expect(t.value(2, 0, 0)).toBe(25);
});

test("a full timeline thins its past, keeps its newest samples and every row whole", () => {
  const t = new Timeline(64);
  for (let i = 1; i <= 1000; i++) t.append(batch(i));
  expect(t.length).toBeLessThanOrEqual(64);
  expect(iterations(t).slice(-8)).toEqual([993, 994, 995, 996, 997, 998, 999, 1000]);
  expect(iterations(t)[0]).toBe(1);
  for (let i = 0; i < t.length; i++) {
    expect(t.value(i, 0, 0)).toBe(t.iteration[i]);
    expect(t.runValue(i, 0)).toBe(t.iteration[i]);
    expect(t.topUnit(i, 0, 0)).toBe(2 * (t.iteration[i] as number));
    expect(t.parameterValue(i, 0, 0)).toBe(-(t.iteration[i] as number));
    expect(i === 0 || (t.iteration[i] as number) > (t.iteration[i - 1] as number)).toBe(true);
  }
});

test("layers and quantities that appear later are unknown before", () => {
  const t = new Timeline();
  t.append(batch(1, 2));
  t.grow(3, 2, 1);
  expect(t.value(1, 0, 0)).toBe(2);
  expect(t.value(1, 0, 1)).toBeNaN();
  expect(t.value(1, 2, 0)).toBeNaN();
  t.append(batch(3));
  expect(t.value(2, 0, 0)).toBe(3);
  expect(t.value(2, 2, 1)).toBeNaN();
  expect([t.topValue(2, 0, 0), t.topUnit(2, 0, 0), t.topUnit(2, 0, 1), t.topUnit(2, 2, 0)]).toEqual([3, 6, -1, -1]);
});

test("the usual gap is the median, so one pause does not count", () => {
  const t = new Timeline();
  t.append(batch(1, 2, 3, 100, 101, 102));
  expect(t.usualGapMillis()).toBe(100);
  expect(new Timeline().usualGapMillis()).toBeNaN();
});

test("a very wide network keeps fewer samples instead of more memory", () => {
  const t = new Timeline();
  for (let i = 1; i <= 2000; i++) t.append(batch(i));
  t.grow(400, 40, 1);
  expect(t.length).toBeLessThanOrEqual(750);
  expect(t.isThinned).toBe(true);
  expect(t.values.byteLength).toBeLessThanOrEqual(48e6);
  for (let i = 2001; i <= 3000; i++) t.append(batch(i));
  expect(t.value(t.length - 1, 0, 0)).toBe(3000);
  expect(t.value(t.length - 1, 399, 39)).toBeNaN();
});
