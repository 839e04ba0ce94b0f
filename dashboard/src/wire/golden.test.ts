import { readdirSync, readFileSync } from "node:fs";
import { fromBinary, toBinary, toJson } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { crc32c } from "./crc32c";
import {
  decodeEnd,
  decodeEnvelope,
  decodeInfo,
  decodeMark,
  decodeNumbers,
  decodePicture,
  decodeUnits,
  encodeSubscribe,
  layerDetails,
  MalformedFrame,
} from "./decode";
import * as pb from "./gen/alidade/v1/alidade_pb";

const folder = new URL("../../../agent/wire/src/test/resources/golden/", import.meta.url).pathname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".bin"))
  .map((file) => file.slice(0, -4));
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${folder}${name}.bin`));
const jsonOf = (name: string) => JSON.parse(readFileSync(`${folder}${name}.json`, "utf8")) as Golden;

interface Golden {
  readonly envelope: Record<string, unknown>;
  readonly payload: Record<string, unknown>;
}

const SCHEMAS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = Object.fromEntries(
  (
    [
      ["HELLO", pb.HelloSchema],
      ["WELCOME", pb.WelcomeSchema],
      ["ACK", pb.AckSchema],
      ["REFUSAL", pb.RefusalSchema],
      ["SUBSCRIBE", pb.SubscribeSchema],
      ["CURSOR", pb.CursorSchema],
      ["DESCRIPTION", pb.DescriptionSchema],
      ["NUMBERS", pb.NumbersSchema],
      ["UNITS", pb.UnitsSchema],
      ["PICTURE", pb.PictureSchema],
      ["OBSERVATIONS", pb.ObservationsSchema],
      ["COMMAND", pb.CommandSchema],
      ["OUTCOME", pb.OutcomeSchema],
      ["ALERT", pb.AlertSchema],
      ["LAYOUTS", pb.LayoutsSchema],
      ["FEATURES", pb.FeaturesSchema],
      ["GAP", pb.GapSchema],
      ["NOTE", pb.NoteSchema],
      ["END", pb.EndSchema],
    ] as const
  ).map(([kind, schema]) => [`KIND_${kind}`, (bytes: Uint8Array) => toJson(schema, fromBinary(schema, bytes))]),
);

test("there are golden files of every stored kind", () => {
  expect(names).toEqual(expect.arrayContaining(["description", "numbers", "units", "picture", "gap", "note", "end"]));
});

describe.each(names)("golden %s", (name) => {
  test("has the fields that its description says, to the last bit of every float", () => {
    const envelope = decodeEnvelope(bytesOf(name));
    const golden = jsonOf(name);
    expect(golden.envelope).toMatchObject({
      run: envelope.run,
      seq: String(envelope.seq),
      kind: `KIND_${pb.Kind[envelope.kind]}`,
      crc32c: envelope.crc32c,
    });
    const read = SCHEMAS[golden.envelope["kind"] as string];
    expect(read, `schema of ${String(golden.envelope["kind"])}`).toBeDefined();
    expect(rounded(read?.(envelope.payload))).toEqual(rounded(golden.payload));
  });

  test("survives being written again, fields of the future included", () => {
    const bytes = bytesOf(name);
    const again = toBinary(pb.EnvelopeSchema, fromBinary(pb.EnvelopeSchema, bytes));
    expect(fromBinary(pb.EnvelopeSchema, again)).toEqual(fromBinary(pb.EnvelopeSchema, bytes));
  });

  test("is refused when one bit of its payload is wrong", () => {
    const bytes = bytesOf(name);
    const envelope = decodeEnvelope(bytes);
    if (envelope.payload.length === 0) return;
    const last = bytes.lastIndexOf(envelope.payload.at(-1) as number);
    bytes[last] = (bytes[last] as number) ^ 1;
    expect(() => decodeEnvelope(bytes)).toThrow(MalformedFrame);
  });
});

// JSON of Java and of JavaScript may write a float with more or fewer digits: compare the floats.
function rounded(value: unknown): unknown {
  if (typeof value === "number" && !Number.isInteger(value)) return Math.fround(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
  }
  return value;
}

test("a description becomes layers and quantities as they are, hostile names included", () => {
  const info = decodeInfo(decodeEnvelope(bytesOf("description")).payload);
  expect(info.name).toBe("<img src=x onerror=alert(1)>");
  expect(info.layers[0]).toMatchObject({ name: 'dense "1"', units: 4, postDropout: true, inputs: ["input"] });
  expect(info.layerQuantities.map((q) => q.id)).toEqual(["zero_share"]);
  expect(info.groups).toEqual(["0", "1"]);
});

test("numbers keep NaN, infinity and the smallest float", () => {
  const numbers = decodeNumbers(decodeEnvelope(bytesOf("numbers")).payload);
  expect(numbers.score).toBe(0.125);
  expect(numbers.layers[0]?.values).toEqual([0.5, NaN, Infinity, Math.fround(1.4e-45)]);
  const [detail] = layerDetails(numbers, 7);
  expect(detail).toMatchObject({ iteration: 7, rows: 128, rowsPresent: 256, top: [{ value: -3.5, unit: 2, row: 17 }] });
  expect(detail?.histogram).toMatchObject({ zeros: 256, nans: 1, positiveFirst: 120 });
  expect([...(detail?.histogram?.positive ?? [])]).toEqual([3, 0, 2 ** 40]);
});

test("a picture's tensors are scaled, its states and triangles fit its units", () => {
  const picture = decodePicture(decodeEnvelope(bytesOf("picture")));
  expect(picture.iteration).toBe(4294967301);
  const map = picture.layers[0];
  expect(map?.units).toBe(4);
  expect(map?.groups).toBe(2);
  expect([...(map?.states ?? [])]).toEqual([0, 1, 0, 2]);
  expect(map?.values[0]).toBe(0);
  expect(map?.values[3]).toBeCloseTo(3, 4);
  expect(map?.positions[0]).toBeCloseTo(-2 + 16384 * 6.103609e-5, 4);
  expect(map?.quality?.trustworthiness).toBeCloseTo(0.93);
  for (const unit of map?.triangles ?? []) expect([0, 2, 3]).toContain(unit);
});

test("units, marks and ends are read", () => {
  const units = decodeUnits(decodeEnvelope(bytesOf("units"))).layers[0];
  expect([...(units?.mean ?? [])].slice(0, 2)).toEqual([0, -1.5]);
  expect(units?.nonZero[3]).toBe(1);
  expect(decodeMark(decodeEnvelope(bytesOf("gap"))).text).toBe("3 samples dropped: queue full");
  expect(decodeMark(decodeEnvelope(bytesOf("note"))).kind).toBe("note");
  expect(decodeEnd(decodeEnvelope(bytesOf("end")).payload)).toMatch(/closed|shutdown/);
});

test("what the page sends can be read back", () => {
  const envelope = decodeEnvelope(encodeSubscribe("01JD4Q5ZC0G8J6K2M4N6P8R0T2", 2 ** 40, true));
  expect(envelope.kind).toBe(pb.Kind.SUBSCRIBE);
  expect(envelope.crc32c).toBe(crc32c(envelope.payload));
  expect(fromBinary(pb.SubscribeSchema, envelope.payload)).toMatchObject({ after: 2n ** 40n, pictures: true });
});
