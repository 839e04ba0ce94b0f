import { expect, test } from "vitest";
import { explain } from "./explain";
import type { LayerInfo } from "../wire/messages";

const LAYER: LayerInfo = { name: "dense1", type: "DenseLayer", units: 500, activation: "relu", shape: [500], inputs: [], output: false, postDropout: false, network: "" };
const INFO = { groups: ["7", "1"], groupings: [{ name: "class", first: 0, count: 2 }] };
const said = (...args: Parameters<typeof explain>) => new Map(explain(...args));

test("the explanation is of what is on screen", () => {
  const lines = said(LAYER, INFO, { kind: "contrast", plus: 0, minus: 1 }, true, null);
  expect(lines.get("a dot")).toContain("one unit of dense1; there are 500");
  expect(lines.get("colour")).toContain("more to class 7 than to class 1");
  expect(lines.get("nearness")).toContain("active on the same examples");
});

test("channels, features and other methods are called what they are", () => {
  expect(said({ ...LAYER, shape: [20, 24, 24] }, INFO, { kind: "activity" }, false, null).get("a dot")).toContain("one channel");
  expect(said({ ...LAYER, type: "LSTM", shape: [500, 20] }, INFO, { kind: "activity" }, true, null).get("a dot")).toContain("one feature");
  const umap = { method: "umap", distance: "correlation", basis: "profiles" };
  expect(said(LAYER, INFO, { kind: "activity" }, false, umap).get("nearness")).toBe(
    "UMAP put units whose group profiles are alike together (correlation distance).",
  );
});

test("a layer too small for a surface is not said to have lines", () => {
  const lines = said({ ...LAYER, units: 10 }, INFO, { kind: "activity" }, false, null);
  expect(lines.has("lines")).toBe(false);
  expect(lines.get("no surface")).toContain("discs");
});
