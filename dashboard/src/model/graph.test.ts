import { expect, test } from "vitest";
import type { LayerInfo } from "../wire/messages";
import { layoutGraph } from "./graph";

function layers(spec: Record<string, string[]>): LayerInfo[] {
  return Object.entries(spec).map(([name, inputs]) => ({
    name, inputs, type: "", units: 1, activation: "", shape: [], output: false, postDropout: false, network: "",
  }));
}

test("a chain is one lane from its input down", () => {
  const graph = layoutGraph(layers({ a: ["input"], b: ["a"], c: ["b"] }));
  expect(graph.rows.map((r) => [r.name, r.layer])).toEqual([["input", -1], ["a", 0], ["b", 1], ["c", 2]]);
  expect(graph.edges.every((e) => e.lane === 0 && e.toRow === e.fromRow + 1)).toBe(true);
  expect(graph.lanes).toBe(1);
});

test("rows are in topological order whatever the order of announcement", () => {
  const graph = layoutGraph(layers({ out: ["mid"], mid: ["first"], first: ["input"] }));
  expect(graph.rows.map((r) => r.name)).toEqual(["input", "first", "mid", "out"]);
  expect(graph.rows.map((r) => r.layer)).toEqual([-1, 2, 1, 0]);
});

test("edges that pass rows at the same time never share a lane", () => {
  const graph = layoutGraph(layers({ a: ["x"], b: ["a"], c: ["a"], d: ["b", "c"], e: ["d", "a", "y"] }));
  const passing = graph.edges.filter((e) => e.toRow - e.fromRow > 1);
  expect(passing.length).toBeGreaterThan(2);
  for (const p of passing) {
    expect(p.lane).toBeGreaterThan(0);
    for (const q of passing) {
      if (p !== q && p.lane === q.lane) expect(p.toRow <= q.fromRow || q.toRow <= p.fromRow).toBe(true);
    }
  }
  expect(graph.rows.filter((r) => r.layer < 0).map((r) => r.name)).toEqual(["x", "y"]);
});

test("a cycle, a missing input and an input named twice do no harm", () => {
  const graph = layoutGraph(layers({ a: ["b"], b: ["a", "a", "ghost"] }));
  expect(graph.rows.map((r) => r.name).sort()).toEqual(["a", "b", "ghost"]);
  expect(graph.edges.every((e) => e.fromRow < e.toRow)).toBe(true);
  expect(layoutGraph([]).rows).toEqual([]);
});
