import { expect, test } from "vitest";
import type { HistogramData } from "../wire/messages";
import { binEdge, ridgesOf } from "./ridges";

const histogram = (change: Partial<HistogramData>): HistogramData => ({
  zeros: 0, nans: 0, positiveInfinities: 0, negativeInfinities: 0, positiveFirst: 0, positive: new Float64Array(0),
  negativeFirst: 0, negative: new Float64Array(0), ...change,
});
const counts = (...n: number[]) => Float64Array.from(n);

test("histograms that begin and end at other bins share one axis", () => {
  const ridges = ridgesOf([
    { iteration: 1, histogram: histogram({ positiveFirst: 120, positive: counts(1, 3) }) },
    { iteration: 2, histogram: histogram({ positiveFirst: 122, positive: counts(4), negativeFirst: 123, negative: counts(4) }) },
  ]);
  expect([ridges.lowBin, ridges.bins, ridges.hasNegative]).toEqual([120, 4, true]);
  expect([...(ridges.rows[0]?.positive ?? [])]).toEqual([0.25, 0.75, 0, 0]);
  expect([...(ridges.rows[1]?.positive ?? [])]).toEqual([0, 0, 0.5, 0]);
  expect([...(ridges.rows[1]?.negative ?? [])]).toEqual([0, 0, 0, 0.5]);
  expect(binEdge(128)).toBe(1);
});

test("zeros, NaN and infinities are shares of their own, never part of a bin", () => {
  const [row] = ridgesOf([
    { iteration: 1, histogram: histogram({ zeros: 5, nans: 2, positiveInfinities: 1, negativeInfinities: 1, positiveFirst: 9, positive: counts(1) }) },
  ]).rows;
  expect(row).toMatchObject({ zeros: 0.5, nans: 0.2, infinities: 0.2 });
  expect([...(row?.positive ?? [])]).toEqual([0.1]);
});

test("a tail of hardly any values does not squeeze the axis, and is not lost", () => {
  const tailed = histogram({ positiveFirst: 60, positive: counts(1, ...Array<number>(59).fill(0), 4999, 5000) });
  const ridges = ridgesOf([{ iteration: 1, histogram: tailed }]);
  expect([ridges.lowBin, ridges.bins]).toEqual([120, 2]);
  expect([...(ridges.rows[0]?.positive ?? [])]).toEqual([0.5, 0.5]);
});

test("values far below the largest join the innermost bin, and nothing at all is no axis", () => {
  const [row] = ridgesOf([{ iteration: 1, histogram: histogram({ positiveFirst: 1, positive: counts(1, ...Array<number>(149).fill(0), 3) }) }]).rows;
  expect(row?.positive.length).toBe(96);
  expect(row?.positive[0]).toBe(0.25);
  expect(ridgesOf([{ iteration: 1, histogram: histogram({ zeros: 3 }) }])).toMatchObject({ bins: 0, most: 1 });
  expect(ridgesOf([])).toMatchObject({ bins: 0, rows: [] });
});
