import { expect, test } from "vitest";
import { triangulate } from "./mesh";

const at = (...xy: number[]) => Float32Array.from(xy);

test("four corners are two triangles that cover their square", () => {
  const triangles = triangulate(at(0, 0, 1, 0, 1, 1, 0, 1.01), new Uint8Array(4));
  expect(triangles.length).toBe(6);
  expect(new Set(triangles)).toEqual(new Set([0, 1, 2, 3]));
});

test("dead units are left out, and indices still name units", () => {
  const triangles = triangulate(at(9, 9, 0, 0, 1, 0, 0, 1), Uint8Array.of(1, 0, 0, 0));
  expect([...triangles].sort()).toEqual([1, 2, 3]);
});

test("too few, collinear or coincident units have no surface", () => {
  expect(triangulate(at(0, 0, 1, 1), new Uint8Array(2)).length).toBe(0);
  expect(triangulate(at(0, 0, 1, 1, 2, 2), new Uint8Array(3)).length).toBe(0);
  expect(triangulate(at(1, 1, 1, 1, 1, 1), new Uint8Array(3)).length).toBe(0);
});
