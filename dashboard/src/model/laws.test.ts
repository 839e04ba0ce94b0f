import { expect, test } from "vitest";
import { forecastScore, isBetterLogarithmic, parseLaws } from "./laws";

test("a fitted law keeps its curve, its band, its intervals and its rivals in order", () => {
  const [law] = parseLaws({
    emergence: [
      {
        layer: "dense1", quantity: "massive_ratio", state: "fitted", r2: 0.96, peak: { value: 32, low: 30, high: null },
        parameters: { K: { value: 10, low: 9, high: 11 }, lambda: 0.4 }, aic: { constant: -2, emergence: -8, line: null },
        curve: { iteration: [1, 2], fit: [3, 4] }, forecast: { iteration: [2, 3], low: [3, 3], mid: [4, 5], high: [5, 7] },
        past: [{ at: 5, horizon: 5, error: 0.1, persistence: 0.2, line: 0.05 }],
      },
    ],
  });
  expect(law).toMatchObject({ kind: "emergence", isFitted: true, peak: { value: 32, low: 30, high: NaN }, limit: null });
  expect(law?.aic).toEqual([["emergence", -8], ["constant", -2]]);
  expect(law?.parameters).toEqual([["K", { value: 10, low: 9, high: 11 }], ["lambda", { value: 0.4, low: NaN, high: NaN }]]);
  expect(law?.forecast.high).toEqual([5, 7]);
  expect(law?.past[0]?.line).toBe(0.05);
});

test("a law that abstains says why, and has nothing else", () => {
  const [law] = parseLaws({ sparsity: [{ layer: "a", quantity: "zero_share", state: "not identifiable yet", reason: "needs more samples", past: [] }] });
  expect(law).toMatchObject({ kind: "sparsity", isFitted: false, reason: "needs more samples", r2: NaN, peak: null, curve: { x: [] } });
});

test("an answer of another shape is no law", () => {
  for (const body of [null, 3, "x", [], { emergence: 5 }, { emergence: [null, { layer: 3 }] }]) expect(parseLaws(body)).toEqual([]);
});

test("a forecast counts as better only when it beats both simple ways to guess", () => {
  const past = (error: number, persistence: number, line: number) => ({ at: 1, horizon: 1, error, persistence, line });
  expect(forecastScore([past(1, 2, 3), past(2, 1, 3), past(2, 3, 1), past(NaN, 1, 1)])).toEqual({ better: 1, of: 3 });
  expect(forecastScore([])).toBeNull();
});

test("an axis is logarithmic when spikes would flatten all else, and nothing is zero or below", () => {
  expect(isBetterLogarithmic([60, 70, null, 18_000, 80])).toBe(true);
  expect(isBetterLogarithmic([60, 70, 80, 900])).toBe(false);
  expect(isBetterLogarithmic([0, 70, 80, 18_000])).toBe(false);
  expect(isBetterLogarithmic([])).toBe(false);
});
