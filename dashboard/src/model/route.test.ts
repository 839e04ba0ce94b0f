import { expect, test } from "vitest";
import { formatRoute, parseRoute, RUNS, type Route } from "./route";

const RUN = "01JD4Q5ZC0G8J6K2M4N6P8R0T2";

test.each<Partial<Route>>([
  {},
  { layer: "dense1", unit: 311 },
  { at: 1230, field: { kind: "group", group: 7 } },
  { by: "predicted <b>&=", similar: true, highlight: 7, align: true },
  { pins: [{ layer: 5, unit: 311 }, { layer: 0, unit: 0 }] },
  { layouts: new Map([[5, { method: "umap+pso", distance: "cosine", basis: "profiles" }]]) },
  { layer: '<img src=x onerror="alert(1)">&at=5#?', field: { kind: "contrast", plus: 7, minus: 1 } },
  { view: "layers", quantities: ["zero_share", "a&b"], sort: "-zero_share", zoom: [120, 4800], worker: 2 },
])("a place survives its link: %j", (change) => {
  const route: Route = { ...RUNS, page: "run", run: RUN, ...change };
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

test("what is no place of ours is the list of runs", () => {
  for (const fragment of ["", "#", "#/runs", "#/run/../../etc", "#/run/short", "#token=abc"]) {
    expect(parseRoute(fragment)).toEqual(RUNS);
  }
});

test("numbers that are none are left out", () => {
  const route = parseRoute(`#/run/${RUN}?at=-3&unit=1e9&field=x`);
  expect(parseRoute(`#/run/${RUN}?view=secret&zoom=9-3&worker=-1`)).toMatchObject({ view: "maps", zoom: null, worker: null });
  expect(route).toMatchObject({ at: null, unit: null, field: { kind: "activity" } });
});

test("pins that are none are left out, twins are one, and no more are kept than can be told apart", () => {
  expect(parseRoute(`#/run/${RUN}?pins=1.2,x,1.2,-1.3,4.5.6,7`).pins).toEqual([{ layer: 1, unit: 2 }]);
  const many = Array.from({ length: 40 }, (_, unit) => `0.${unit}`).join(",");
  expect(parseRoute(`#/run/${RUN}?pins=${many}`).pins.length).toBe(16);
});
