import { expect, test } from "vitest";
import type { HistogramData } from "../wire/messages";
import { barsOf } from "./histogram";

const EMPTY: HistogramData = {
  zeros: 0, nans: 0, positiveInfinities: 0, negativeInfinities: 0,
  positiveFirst: 0, positive: new Float64Array(0), negativeFirst: 0, negative: new Float64Array(0),
};

test("bins stand where their exponents are, on both sides alike", () => {
  // Bin 128 holds 1 <= |h| < 2^(1/4).
  const bars = barsOf({ ...EMPTY, zeros: 5, positiveFirst: 128, positive: Float64Array.of(1, 2), negativeFirst: 126, negative: Float64Array.of(2) });
  expect(bars.lowExponent).toBe(-0.5);
  expect(bars.highExponent).toBe(0.5);
  expect([...bars.positive]).toEqual([0, 0, 0.1, 0.2]);
  expect([...bars.negative]).toEqual([0.2, 0, 0, 0]);
  expect(bars.zeroShare).toBe(0.5);
  expect(bars.most).toBe(0.2);
});

test("tiny magnitudes are gathered in the first bin instead of squeezing the rest", () => {
  const positive = new Float64Array(200).fill(1);
  const bars = barsOf({ ...EMPTY, positiveFirst: 0, positive });
  expect(bars.positive.length).toBe(80);
  expect(bars.positive.reduce((a, b) => a + b)).toBeCloseTo(1);
  expect(bars.positive[0]).toBeCloseTo(121 / 200);
});

test("a histogram of nothing, and one of NaN only, are drawn empty", () => {
  expect(barsOf(EMPTY)).toMatchObject({ count: 0, zeroShare: 0, notFinite: 0 });
  expect(barsOf({ ...EMPTY, nans: 3, negativeInfinities: 1 }).notFinite).toBe(4);
});
