import { expect, test } from "vitest";
import { splitDelimited } from "./delimited";

test("a body of several messages is split at its lengths", () => {
  const long = new Uint8Array(300).fill(7);
  const body = Uint8Array.from([2, 1, 2, 0, 0xac, 0x02, ...long]);
  expect(splitDelimited(body).map((part) => part.length)).toEqual([2, 0, 300]);
});

test("an empty body has no messages", () => {
  expect(splitDelimited(new Uint8Array(0))).toEqual([]);
});

test("a body cut inside a message is refused", () => {
  expect(() => splitDelimited(Uint8Array.of(3, 1, 2))).toThrow("body must hold 3 bytes of message: 2");
  expect(() => splitDelimited(Uint8Array.of(0x80))).toThrow("body must end after a whole message");
});
