import { expect, test } from "vitest";
import { families, isLookedFor, partSeen } from "./tiles";

test("only the lines in sight are made, with one more on either side", () => {
  const part = partSeen(200, 4, 150, 1500, 480);
  expect(part).toEqual({ from: 36, to: 60, before: 9 * 150, after: 35 * 150 });
});

test("room before, tiles and room after add up to the whole, wherever it is scrolled", () => {
  for (const scrolled of [0, 10, 149, 3000, 7020, 99_999]) {
    const { from, to, before, after } = partSeen(201, 4, 150, scrolled, 480);
    expect(before + after + Math.ceil((to - from) / 4) * 150).toBe(51 * 150);
    expect(from % 4).toBe(0);
  }
});

test("a wall without a size makes one line", () => {
  expect(partSeen(200, 4, 0, 0, 0)).toEqual({ from: 0, to: 4, before: 0, after: 0 });
  expect(partSeen(0, 4, 150, 0, 480)).toEqual({ from: 0, to: 0, before: 0, after: 0 });
});

test("families are beginnings that several layers share", () => {
  expect(families(["block0.up", "block0.down", "block1.up", "block1.down", "head"])).toEqual([["block0", 2], ["block1", 2]]);
  expect(families(["conv1", "conv2", "out"])).toEqual([]);
  expect(families(["enc.a", "enc.b"])).toEqual([]);
});

test("every word looked for is in the name or the type", () => {
  expect(isLookedFor("block0 atten", "block0.a", "SelfAttentionLayer")).toBe(true);
  expect(isLookedFor("block1 atten", "block0.a", "SelfAttentionLayer")).toBe(false);
  expect(isLookedFor("", "x", "y")).toBe(true);
});
