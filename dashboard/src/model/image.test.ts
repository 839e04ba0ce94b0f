import { expect, test } from "vitest";
import { colourMap } from "../colour/maps";
import type { ByteImage } from "../wire/messages";
import { hasSign, paintInput, paintPlane, valueAt } from "./image";

const PLAIN: ByteImage = { count: 2, height: 1, width: 2, scale: 0.5, zero: 0, data: Uint8Array.of(0, 2, 4, 255) };
const SIGNED: ByteImage = { ...PLAIN, scale: 1, zero: -2, data: Uint8Array.of(0, 2, 4, 3) };
const entry = (signed: boolean, at: number) => [...colourMap("dark", signed).subarray(at * 4, at * 4 + 3)];

test("a plane is coloured over the range that is held, not over its own", () => {
  const pixels = paintPlane(PLAIN, 0, 2, false, "dark");
  expect([...pixels.subarray(0, 3)]).toEqual(entry(false, 0));
  expect([...pixels.subarray(4, 7)]).toEqual(entry(false, 128)); // 1 of 2
  expect([...paintPlane(PLAIN, 1, 2, false, "dark").subarray(4, 7)]).toEqual(entry(false, 255)); // beyond the range
});

test("values on both sides of zero take the map with two sides, zero the background", () => {
  expect(hasSign(PLAIN)).toBe(false);
  expect(hasSign(SIGNED)).toBe(true);
  const pixels = paintPlane(SIGNED, 0, 2, true, "dark");
  expect([...pixels.subarray(0, 3)]).toEqual(entry(true, 1));
  expect([...pixels.subarray(4, 7)]).toEqual(entry(true, 128));
});

test("a layer that cannot be negative keeps the map of magnitudes, whatever room its bytes leave", () => {
  const pixels = paintPlane(SIGNED, 0, 2, false, "dark");
  expect([...pixels.subarray(4, 7)]).toEqual(entry(false, 0));
  expect([...pixels.subarray(0, 3)]).toEqual(entry(false, 0));
  expect([...paintPlane(SIGNED, 1, 2, false, "dark").subarray(0, 3)]).toEqual(entry(false, 255));
});

test("an example of three planes has its colours, one of fewer is grey", () => {
  const rgb: ByteImage = { count: 3, height: 1, width: 1, scale: 1, zero: 0, data: Uint8Array.of(10, 20, 30) };
  expect([...paintInput(rgb)]).toEqual([10, 20, 30, 255]);
  expect([...paintInput(PLAIN)].slice(4)).toEqual([2, 2, 2, 255]);
});

test("a cell is read out in values, and beyond the picture there is none", () => {
  expect(valueAt(PLAIN, 1, 0, 0)).toBe(2);
  expect(valueAt(PLAIN, 2, 0, 0)).toBeNaN();
});
