import { expect, test } from "vitest";
import type { QualityData } from "../wire/messages";
import { judgedUnits, qualityLines, restlessness, samplingError } from "./words";

const CALM: QualityData = { trustworthiness: 0.95, continuity: 0.94, kept: 0.5, displacement: 0.003, displacementP95: 0.008, drift: 0.005, tickMillis: 3 };

test("a word says what the map does: still, moving, or exchanging neighbours", () => {
  expect(restlessness(CALM)).toBe("calm");
  expect(restlessness({ ...CALM, displacement: 0.02 })).toBe("settling");
  expect(restlessness({ ...CALM, drift: 0.03 })).toBe("settling");
  expect(restlessness({ ...CALM, drift: 0.2 })).toBe("re-organising");
  expect(restlessness({ ...CALM, displacement: 0.1 })).toBe("re-organising");
});

test("a share measured on a sample has the error of a proportion", () => {
  expect(samplingError(0.5, 2048)).toBeCloseTo(0.5 / 16);
  expect(samplingError(0.5, 512)).toBe(0);
  expect(samplingError(1, 4096)).toBe(0);
  expect(samplingError(NaN, 4096)).toBe(0);
});

test("all units are judged up to 512, every eighth above, fewer over some ticks above 2,048", () => {
  expect([128, 512, 1024, 2048, 4096, 16384].map(judgedUnits)).toEqual([128, 512, 128, 256, 640, 160]);
});

test("figures have their error only where they were sampled", () => {
  const value = (units: number, name: string) => qualityLines(CALM, units).find(([line]) => line === name)?.[1];
  expect(value(512, "trustworthiness")).toBe("0.950");
  expect(value(16384, "trustworthiness")).toBe("0.950 ± 0.0170");
  expect(value(16384, "neighbours kept")).toMatch(/^50\.0.% ± 3\.95/);
  expect(value(16384, "drift")).toBe("0.00500");
});
