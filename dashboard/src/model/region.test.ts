import { expect, test } from "vitest";
import type { LayerMap, UnitStatistics } from "../wire/messages";
import { asTable, isInside, nearestUnits, parseUnits, unitRow, unitsInside, unitTowards } from "./region";

// Nine units on a grid: 0 1 2 below, 6 7 8 above.
const GRID = Float32Array.from([0, 0, 1, 0, 2, 0, 0, 1, 1, 1, 2, 1, 0, 2, 1, 2, 2, 2]);

test("a lasso catches what is inside it and nothing else", () => {
  expect(unitsInside(GRID, [-0.5, -0.5, 1.5, -0.5, 1.5, 0.5, -0.5, 0.5])).toEqual([0, 1]);
  expect(unitsInside(GRID, [0, 0, 1, 1])).toEqual([]);
});

test("a lasso with a bay leaves out what lies in the bay", () => {
  const horseshoe = [-1, -1, 3, -1, 3, 3, 1.5, 3, 1.5, 0.5, 0.5, 0.5, 0.5, 3, -1, 3];
  expect(unitsInside(GRID, horseshoe)).toEqual([0, 1, 2, 3, 5, 6, 8]);
  expect(isInside(1, 1.5, horseshoe)).toBe(false);
});

test("a region grown from a unit has the nearest, itself included", () => {
  expect(nearestUnits(GRID, 4, 5)).toEqual([1, 3, 4, 5, 7]);
  expect(nearestUnits(GRID, 0, 1)).toEqual([0]);
});

test("arrow keys walk to the next unit that way, and stop at the edge", () => {
  expect(unitTowards(GRID, 4, 1, 0)).toBe(5);
  expect(unitTowards(GRID, 4, 0, 1)).toBe(7);
  expect(unitTowards(GRID, 5, 1, 0)).toBe(-1);
  expect(unitTowards(Float32Array.of(0, 0, 0, 0), 0, 1, 0)).toBe(-1);
});

test("a row has a unit's figures and what excites it", () => {
  const map = { units: 1, groups: 2, values: Float32Array.of(7), profiles: Float32Array.of(-1, 2), states: Uint8Array.of(0) } as unknown as LayerMap;
  const statistics = { mean: Float32Array.of(0.5), nonZero: Float32Array.of(0.25) } as unknown as UnitStatistics;
  const grouping = { name: "class", first: 0, count: 2 };
  const row = unitRow(map, statistics, 0, grouping);
  expect(row).toMatchObject({ unit: 0, mean: 0.5, nonZero: 0.25, top: [{ group: 1, value: 2 }] });
  expect(unitRow(map, undefined, 0, grouping).mean).toBe(7);
  expect(asTable([row], (group) => `g${group}`)).toBe("unit\tmean\tnon-zero share\ttop groups\n0\t0.5\t0.25\tg1");
});

test("what was copied can be pasted", () => {
  expect(parseUnits(" 3, 17;40\n3 ")).toEqual([3, 17, 40]);
  expect(parseUnits("12")).toEqual([12]);
  for (const text of ["", "x", "1.5", "-2", "1e3", "9999999999"]) expect(parseUnits(text)).toBeNull();
});
