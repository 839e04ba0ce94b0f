import { expect, test } from "vitest";
import type { QuantityInfo } from "../wire/messages";
import { samples } from "./samples.fixture";
import { brokenScores, lastKnown, ownSeries, seriesLine } from "./series";
import { Timeline } from "./timeline";

function logged(...values: readonly number[]): Timeline {
  const t = new Timeline();
  const batch = samples({ iterations: values.map((_, i) => i + 1) });
  t.append({ ...batch, runQuantities: 1, runValues: Float32Array.from(values) });
  return t;
}

test("a series that is logged now and then has gaps, a range and a last value", () => {
  const t = logged(NaN, 0.5, NaN, NaN, 0.75, NaN);
  expect(seriesLine(t, 0)).toEqual({ values: [null, 0.5, null, null, 0.75, null], low: 0.5, high: 0.75, count: 2 });
  expect([0, 1, 3, 5].map((sample) => lastKnown(t, 0, sample))).toEqual([NaN, 0.5, 0.5, 0.75]);
  expect(seriesLine(logged(NaN), 0).count).toBe(0);
});

test("own series are told by their heading", () => {
  const quantity = (id: string, group: string): QuantityInfo => ({ id, name: id, unit: "", meaning: "", source: "", low: NaN, high: NaN, group });
  expect(ownSeries([quantity("learning_rate", "Training"), quantity("val_accuracy", "Own series")])).toEqual([1]);
});

test("spans without a score are found, unless there never was one", () => {
  const t = new Timeline();
  t.append(samples({ iterations: [1, 2, 3, 4, 5], scores: [1, NaN, Infinity, 2, NaN] }));
  expect(brokenScores(t)).toEqual([[2, 3], [5, 5]]);
  const none = new Timeline();
  none.append(samples({ iterations: [1, 2], scores: [NaN, NaN] }));
  expect(brokenScores(none)).toEqual([]);
});
