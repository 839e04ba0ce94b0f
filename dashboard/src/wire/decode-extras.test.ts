import { readFileSync } from "node:fs";
import { create, toBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { decodeEnvelope, decodeInfo, decodePicture, MalformedFrame, type Envelope } from "./decode";
import { decodeAlert, decodeFeatures, decodeLayouts } from "./decode-extras";
import { DataType, DescriptionSchema, FeaturesSchema, PictureSchema } from "./gen/alidade/v1/alidade_pb";
import { DEAD, NEWBORN } from "./messages";

const golden = (name: string) =>
  decodeEnvelope(new Uint8Array(readFileSync(new URL(`../../../agent/wire/src/test/resources/golden/${name}.bin`, import.meta.url))));

test("a layout by another method has its names, places and figures", () => {
  const [layout] = decodeLayouts(golden("layouts"));
  expect(layout).toMatchObject({ layer: 1, method: "umap+pso", distance: "cosine", basis: "profiles", seconds: 2.5 });
  expect(layout?.iteration).toBe(4294967301);
  expect(layout?.positions.length).toBe(6);
  expect(layout?.positions[0]).toBeCloseTo(-1, 3);
  expect([...(layout?.states ?? [])]).toEqual([0, DEAD, NEWBORN]);
  expect(layout?.triangles.length).toBe(0); // two living units span nothing
  expect(layout?.quality?.trustworthiness).toBe(0.75);
});

test("features have a picture per unit, the range that is held, and the example", () => {
  const [features] = decodeFeatures(golden("features"));
  expect(features).toMatchObject({ layer: 0, range: 3, example: "row 3, class ∂" });
  expect(features?.maps).toMatchObject({ count: 2, height: 2, width: 2, zero: -3 });
  expect([...(features?.input?.data ?? [])]).toEqual([0, 255]);
});

test("an alert keeps its subject, its cause and since when it has stood", () => {
  const alert = decodeAlert(golden("alert"));
  expect(alert).toEqual({
    id: "massive-onset/dense ∂/4210", rule: "massive-onset", severity: "warning", state: "firing", cause: "",
    subject: "dense ∂", layer: 0, sinceIteration: 4210, sinceMillis: 1790000123456, summary: "massive_ratio above 100", top: [3],
  });
});

test("features of another form are refused with what is wrong", () => {
  const frame = (type: DataType, shape: number[], data: Uint8Array<ArrayBuffer>) =>
    ({ iteration: 1n, payload: toBinary(FeaturesSchema, create(FeaturesSchema, { layers: [{ maps: { type, shape, data } }] })) }) as Envelope;
  expect(() => decodeFeatures(frame(DataType.U8, [2, 2], new Uint8Array(4)))).toThrow(/maps must be u8 of three sides: 2 × 2/);
  expect(() => decodeFeatures(frame(DataType.F32, [1, 1, 1], new Uint8Array(4)))).toThrow(MalformedFrame);
  expect(() => decodeFeatures(frame(DataType.U8, [2, 2, 2], new Uint8Array(7)))).toThrow(/must have 8 bytes: 7/);
});

test("groups without groupings are classes; groupings that reach beyond the groups are none", () => {
  const info = (groupings: { name: string; first: number; count: number }[]) =>
    decodeInfo(toBinary(DescriptionSchema, create(DescriptionSchema, { groups: ["a", "b", "c"], groupings })));
  expect(info([]).groupings).toEqual([{ name: "class", first: 0, count: 3 }]);
  const two = [{ name: "x", first: 0, count: 1 }, { name: "y", first: 1, count: 2 }];
  expect(info([...two, { name: "z", first: 2, count: 9 }]).groupings).toEqual(two);
});

test("profiles that differ by rounding alone keep a range beside which they are nothing", () => {
  const range = (profileRange: number) => {
    const payload = toBinary(PictureSchema, create(PictureSchema, { layers: [{ valueRange: 2, profileRange }] }));
    return decodePicture({ iteration: 0n, timeMillis: 0n, payload } as Envelope).layers[0]?.profileRange;
  };
  expect(range(3.9e-15)).toBeCloseTo(2e-6, 9);
  expect(range(0.5)).toBe(0.5);
});
