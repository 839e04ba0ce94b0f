import { expect, test } from "vitest";
import { ago, bytes, duration, figure, integer, percent, quantityText, seconds } from "./format";

const plain = (text: string) => text.replaceAll("\u202f", " ");

test("thousands are set apart", () => {
  expect([0, 999, 4210, 1234567, -4210, NaN].map(integer).map(plain)).toEqual(["0", "999", "4 210", "1 234 567", "−4 210", "–"]);
});

test.each([
  [0, "0"], [1, "1.00"], [0.0812345, "0.0812"], [12.345, "12.3"], [999.6, "1 000"], [4210.7, "4 211"],
  [1e6, "1.0e6"], [0.0003, "3.0e−4"], [-2.5, "−2.50"], [NaN, "–"], [Infinity, "∞"], [-Infinity, "−∞"],
])("figure of %d is %s", (value, text) => expect(plain(figure(value))).toBe(text));

test("quantities are shown in their units", () => {
  expect(plain(quantityText(0.613, "ratio"))).toBe("61.3 %");
  expect(plain(quantityText(0.0123, "seconds"))).toBe("12.3 ms");
  expect(quantityText(3, "units")).toBe("3");
  expect(quantityText(NaN, "ratio")).toBe("–");
  expect(plain(percent(1))).toBe("100 %");
  expect(plain(percent(0))).toBe("0 %");
  expect(plain(seconds(2e-5))).toBe("20.0 µs");
});

test("durations and sizes", () => {
  expect(duration(83_000)).toBe("1 min 23 s");
  expect(duration(7_380_000)).toBe("2 h 3 min");
  expect(plain(bytes(3_970_000))).toBe("3.97 MB");
  expect(plain(bytes(12))).toBe("12 B");
  expect(ago(1000, 2000)).toBe("just now");
  expect(ago(0, 7_380_000)).toBe("2 h ago");
});
