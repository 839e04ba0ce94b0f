import { expect, test } from "vitest";
import { formatRoute, parseRoute, RUNS, type Route } from "./route";

const RUN = "01JD4Q5ZC0G8J6K2M4N6P8R0T2";

test.each<Partial<Route>>([
  {},
  { layer: "dense1", unit: 311 },
  { at: 1230, field: { kind: "group", group: 7 } },
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
