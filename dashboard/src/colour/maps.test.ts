import { describe, expect, test } from "vitest";
import type { Theme } from "../model/theme";
import { cssColour, divergingMap, GROUND, sequentialMap } from "./maps";
import { contrast, distance, hexRgb, toLab, type Lab, type Rgb } from "./oklab";

const THEMES: readonly Theme[] = ["dark", "light"];

function labs(map: Uint8Array): Lab[] {
  return Array.from({ length: map.length / 4 }, (_, i) =>
    toLab([0, 1, 2].map((c) => (map[i * 4 + c] as number) / 255) as unknown as Rgb),
  );
}

function steps(colours: Lab[], stride: number): number[] {
  const found: number[] = [];
  for (let i = 0; i + stride < colours.length; i += stride) {
    found.push(distance(colours[i] as Lab, colours[i + stride] as Lab));
  }
  return found;
}

const ratio = (values: number[]) => Math.max(...values) / Math.min(...values);

describe.each(THEMES)("%s", (theme) => {
  test("zero is the background, to the byte", () => {
    const ground = hexRgb(GROUND[theme]).map((c) => Math.round(c * 255));
    expect([...divergingMap(theme).subarray(128 * 4, 128 * 4 + 3)]).toEqual(ground);
    expect([...sequentialMap(theme).subarray(0, 3)]).toEqual(ground);
  });

  test("equal steps of value look equal", () => {
    const diverging = labs(divergingMap(theme));
    expect(ratio(steps(diverging.slice(0, 129), 16))).toBeLessThan(1.15);
    expect(ratio(steps(diverging.slice(128), 16))).toBeLessThan(1.15);
    expect(ratio(steps(labs(sequentialMap(theme)), 16))).toBeLessThan(1.15);
  });

  test("lightness alone orders magnitudes, as it must in print and for colour-blind eyes", () => {
    const sign = theme === "dark" ? 1 : -1;
    const rising = (colours: Lab[]) =>
      colours.filter((_, i) => i % 8 === 0).every((c, i, all) => i === 0 || sign * (c[0] - (all[i - 1] as Lab)[0]) > 0);
    expect(rising(labs(sequentialMap(theme)))).toBe(true);
    expect(rising(labs(divergingMap(theme)).slice(128))).toBe(true);
    expect(rising(labs(divergingMap(theme)).slice(0, 129).reverse())).toBe(true);
  });

  test("the two signs stay apart without red-green vision", () => {
    const map = divergingMap(theme);
    const at = (i: number) => deuteranope([0, 1, 2].map((c) => (map[i * 4 + c] as number) / 255) as unknown as Rgb);
    for (const d of [32, 64, 96, 127]) expect(distance(toLab(at(128 - d)), toLab(at(128 + d)))).toBeGreaterThan(0.05);
  });
});

// Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of color vision
// deficiency" (2009), deuteranopia at severity 1, applied to sRGB as the paper's table is used.
function deuteranope([r, g, b]: Rgb): Rgb {
  const clip = (x: number) => Math.min(1, Math.max(0, x));
  return [
    clip(0.367322 * r + 0.860646 * g - 0.227968 * b),
    clip(0.280085 * r + 0.672501 * g + 0.047413 * b),
    clip(-0.01182 * r + 0.04294 * g + 0.968881 * b),
  ];
}

test("values beyond the range take the end colours", () => {
  const map = divergingMap("dark");
  expect(cssColour(map, 7, true)).toBe(cssColour(map, 1, true));
  expect(cssColour(map, -7, true)).toBe(cssColour(map, -1, true));
  expect(cssColour(sequentialMap("light"), -1, false)).toBe(cssColour(sequentialMap("light"), 0, false));
});

test("OKLab gives the values of its definition", () => {
  const [L, a, b] = toLab([1, 0, 0]);
  expect([L, a, b].map((x) => Number(x.toFixed(3)))).toEqual([0.628, 0.225, 0.126]);
  expect(toLab([1, 1, 1])[0]).toBeCloseTo(1, 4);
});

// Text on its panel: WCAG 2.2 AA asks 4.5 to 1. The values stand in style/tokens.css; this reads them.
test.each(THEMES)("text in the %s theme has the contrast that WCAG AA asks", async (theme) => {
  const { readFileSync } = await import("node:fs");
  const css = readFileSync(new URL("../style/tokens.css", import.meta.url), "utf8");
  const block = (theme === "dark" ? /:root \{([^}]*)\}/ : /:root\[data-theme="light"\] \{([^}]*)\}/).exec(css)?.[1] ?? "";
  const colour = (name: string) => hexRgb(new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)?.[1] ?? "missing");
  expect(new RegExp(`--panel: ${GROUND[theme]}`).test(block)).toBe(true);
  for (const ground of ["panel", "page", "raised"]) {
    for (const ink of ["text", "text-2", "text-3", "accent", "warning", "critical", "info"]) {
      expect(contrast(colour(ink), colour(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect(contrast(colour("accent"), colour("accent-ground"))).toBeGreaterThanOrEqual(4.5);
});
