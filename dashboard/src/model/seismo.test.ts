import { expect, test } from "vitest";
import { samples } from "./samples.fixture";
import { decadesOf, heightOf, traceOf } from "./seismo";
import { binEdges } from "./strips";
import { Timeline } from "./timeline";

/** One layer; the strongest value and its unit per sample. */
function timeline(...tops: readonly (readonly [number, number])[]): Timeline {
  const t = new Timeline();
  t.append(samples({ iterations: tops.map((_, i) => i), top: (i, _, rank) => (rank === 0 ? (tops[i] ?? [NaN, NaN]) : [NaN, NaN]) }));
  return t;
}

test("a bin keeps its largest size with its sign and its unit", () => {
  const t = timeline([1, 7], [-8, 3], [2, 7], [0.5, 7]);
  const trace = traceOf(t, 0, binEdges(t, 0, 4, 2));
  expect([...trace.peaks]).toEqual([-8, 2]);
  expect([...trace.units]).toEqual([3, 7]);
  expect([trace.low, trace.high, trace.hasNegative]).toEqual([0.5, 8, true]);
});

test("units are named by how often each was the strongest, not by how strong it was", () => {
  const t = timeline([1, 7], [100, 3], [1, 7], [1, 7], [1, 9], [1, 4], [1, 4]);
  const { strongest } = traceOf(t, 0, binEdges(t, 0, 6, 1));
  expect(strongest).toEqual([[7, 3 / 7], [4, 2 / 7], [3, 1 / 7]]);
});

test("amplitudes are logarithmic, and all rows have as many decades as the layer that moves most", () => {
  const loud = timeline([0.1, 1], [100, 1]);
  const calm = timeline([5, 1], [6, 1]);
  const traces = [loud, calm].map((t) => traceOf(t, 0, binEdges(t, 0, 1, 2)));
  expect(decadesOf(traces)).toBeCloseTo(3);
  expect(decadesOf(traces.slice(1))).toBe(1);
  expect(heightOf(100, traces[0] as never, 3)).toBe(1);
  expect(heightOf(10, traces[0] as never, 3)).toBeCloseTo(2 / 3);
  expect(heightOf(0, traces[0] as never, 3)).toBe(0);
});

test("a layer that named no unit has no trace", () => {
  const t = timeline([NaN, NaN]);
  const trace = traceOf(t, 0, binEdges(t, 0, 1, 1));
  expect(trace).toMatchObject({ strongest: [], high: 0 });
  expect(decadesOf([trace])).toBe(1);
});
