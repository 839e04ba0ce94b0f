import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { toBatch } from "./batch";
import { NumbersSchema, type Numbers } from "./gen/alidade/v1/alidade_pb";
import type { MessageInitShape } from "@bufbuild/protobuf";

const SHAPE = { layers: 2, quantities: 2, runQuantities: 1, parameters: 2, parameterQuantities: 2 };
const sample = (iteration: number, numbers: MessageInitShape<typeof NumbersSchema>) => ({
  envelope: { iteration: BigInt(iteration), timeMillis: 0n },
  numbers: create(NumbersSchema, numbers) as Numbers,
});

test("the largest activations stand with their units, and what a sample lacks is NaN", () => {
  const batch = toBatch([sample(10, { layers: [{ layer: 1, values: [0.5], top: [{ value: -7, unit: 3 }, { value: 2, unit: 9 }] }] })], SHAPE);
  expect([...batch.values]).toEqual([NaN, NaN, 0.5, NaN]);
  expect([...batch.tops]).toEqual([...Array<number>(6).fill(NaN), -7, 3, 2, 9, NaN, NaN]);
});

test("parameters stand in their own columns, with their newest histograms", () => {
  const weights = { zeros: 3n, positiveFirst: 100, positive: [1n] };
  const batch = toBatch(
    [
      sample(10, { parameters: [{ parameter: 1, values: [0.25, -3], weights }] }),
      sample(20, { parameters: [{ parameter: 0, values: [1] }, { parameter: 7, values: [9, 9] }] }),
    ],
    SHAPE,
  );
  expect([...batch.parameterValues]).toEqual([NaN, NaN, 0.25, -3, 1, NaN, NaN, NaN]);
  expect(batch.parameterDetails).toMatchObject([{ parameter: 1, iteration: 10, weights: { zeros: 3 }, gradients: null }]);
});
