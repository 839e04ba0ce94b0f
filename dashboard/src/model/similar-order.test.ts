import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ALIVE, DEAD } from "../wire/messages";
import { similarOrder } from "./similar-order";

const alive = (units: number) => new Uint8Array(units);
/** [groups × units] from rows. */
const rows = (...r: readonly (readonly number[])[]) => Float32Array.from(r.flat());

test("groups whose profiles correlate stand together, whatever their scale", () => {
  const profiles = rows([1, 2, 3, 4], [4, 3, 2, 1], [10, 20, 30, 41], [8, 6, 4, 2.1], [1, -1, 1, -1]);
  const order = similarOrder(profiles, alive(4), [0, 1, 2, 3, 4]);
  const at = (group: number) => order.indexOf(group);
  expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(Math.abs(at(0) - at(2))).toBe(1);
  expect(Math.abs(at(1) - at(3))).toBe(1);
});

test("a chain that was shuffled comes back as a chain", () => {
  const units = 40;
  const bump = (centre: number) => Array.from({ length: units }, (_, u) => Math.exp(-((u - centre) ** 2) / 60));
  const places = [30, 6, 18, 36, 12, 24, 0];
  const order = similarOrder(rows(...places.map(bump)), alive(units), [0, 1, 2, 3, 4, 5, 6]);
  const walked = order.map((group) => places[group] as number);
  const rising = walked[0] === 0 ? walked : [...walked].reverse();
  expect(rising).toEqual([0, 6, 12, 18, 24, 30, 36]);
});

test("the order is the same every time, and does not depend on where the groups stand in the frame", () => {
  let seed = 9;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
  const profiles = Float32Array.from({ length: 12 * 50 }, random);
  const members = Array.from({ length: 8 }, (_, i) => i + 4);
  const order = similarOrder(profiles, alive(50), members);
  expect(similarOrder(profiles, alive(50), members)).toEqual(order);
  expect(similarOrder(profiles.subarray(4 * 50), alive(50), members.map((m) => m - 4))).toEqual(order.map((g) => g - 4));
});

test("flat profiles, two groups and none keep their own order", () => {
  expect(similarOrder(new Float32Array(12), alive(4), [0, 1, 2])).toEqual([0, 1, 2]);
  expect(similarOrder(rows([1, 2], [2, 1]), alive(2), [1, 0])).toEqual([1, 0]);
  expect(similarOrder(new Float32Array(0), alive(0), [])).toEqual([]);
});

test("the dead have no say", () => {
  const profiles = rows([1, 2, 3, 90], [3, 2, 1, 91], [1, 2, 3.1, -90]);
  expect(similarOrder(profiles, Uint8Array.of(0, 0, 0, 1), [0, 1, 2])).toEqual([0, 2, 1]);
});

interface Vector {
  readonly name: string;
  readonly profiles: readonly (readonly number[])[];
  readonly alive: readonly number[];
  readonly order: readonly number[];
}

const VECTORS = JSON.parse(
  readFileSync(
    new URL("../../../agent/analysis/src/test/resources/dev/alidade/analysis/group-order.json", import.meta.url),
    "utf8",
  ),
) as readonly Vector[];

test.each(VECTORS)("the agent's own vector: $name", ({ profiles, alive: living, order }) => {
  const states = Uint8Array.from(living, (isAlive) => (isAlive ? ALIVE : DEAD));
  expect(similarOrder(rows(...profiles), states, profiles.map((_, group) => group))).toEqual(order);
});
