import type { Theme } from "../model/theme";
import { distance, hexRgb, lch, toLab, toRgb, type Lab, type Rgb } from "./oklab";

/** What a map lies on; zero has exactly this colour. The same values stand in style/tokens.css. */
export const GROUND: Readonly<Record<Theme, string>> = { dark: "#12161b", light: "#fbfaf7" };

export const ENTRIES = 256;

/**
 * Signed values: blue below, orange above, the ground at zero. Blue against orange is told apart
 * with every common colour vision deficiency, and lightness alone tells the magnitude.
 */
const DIVERGING: Readonly<Record<Theme, { negative: readonly Lab[]; positive: readonly Lab[] }>> = {
  dark: {
    negative: [lch(0.45, 0.115, 256), lch(0.62, 0.135, 248), lch(0.84, 0.075, 228)],
    positive: [lch(0.45, 0.105, 46), lch(0.64, 0.145, 56), lch(0.87, 0.095, 84)],
  },
  light: {
    negative: [lch(0.83, 0.07, 240), lch(0.62, 0.135, 252), lch(0.38, 0.125, 262)],
    positive: [lch(0.85, 0.085, 72), lch(0.66, 0.15, 52), lch(0.41, 0.115, 38)],
  },
};

/** Magnitudes: from the ground through teal to sand, as a map goes from sea to high land. */
const SEQUENTIAL: Readonly<Record<Theme, readonly Lab[]>> = {
  dark: [lch(0.34, 0.07, 250), lch(0.5, 0.09, 215), lch(0.66, 0.115, 172), lch(0.8, 0.13, 125), lch(0.93, 0.11, 100)],
  light: [lch(0.91, 0.075, 110), lch(0.79, 0.115, 145), lch(0.63, 0.105, 185), lch(0.47, 0.095, 232), lch(0.33, 0.1, 265)],
};

/** 256 RGBA entries; entry 128 of a diverging map is zero, so values map to 128 + 127·v. */
export function divergingMap(theme: Theme): Uint8Array {
  const ground = toLab(hexRgb(GROUND[theme]));
  const { negative, positive } = DIVERGING[theme];
  const down = evenly([ground, ...negative], 129);
  const up = evenly([ground, ...positive], 128);
  const colours: Lab[] = [];
  for (let i = 128; i >= 1; i--) colours.push(down[i] as Lab);
  for (let i = 0; i < 128; i++) colours.push(up[i] as Lab);
  return rgba(colours);
}

/** 256 RGBA entries; entry 0 is zero. */
export function sequentialMap(theme: Theme): Uint8Array {
  const ground = toLab(hexRgb(GROUND[theme]));
  return rgba(evenly([ground, ...SEQUENTIAL[theme]], ENTRIES));
}

/** Colour of a value in −1..1 (diverging) or 0..1 (sequential) as CSS text. */
export function cssColour(map: Uint8Array, value: number, signed: boolean): string {
  const at = signed ? 128 + Math.round(127 * clamp(value, -1, 1)) : Math.round(255 * clamp(value, 0, 1));
  return `rgb(${map[at * 4]} ${map[at * 4 + 1]} ${map[at * 4 + 2]})`;
}

const cache = new Map<string, Uint8Array>();

export function colourMap(theme: Theme, signed: boolean): Uint8Array {
  const key = `${theme}${signed}`;
  let map = cache.get(key);
  if (map === undefined) {
    map = signed ? divergingMap(theme) : sequentialMap(theme);
    cache.set(key, map);
  }
  return map;
}

/**
 * Colours at equal perceptual distances along a smooth path through the given ones: the path is
 * sampled finely and then walked in equal steps of OKLab distance.
 */
function evenly(stops: readonly Lab[], count: number): Lab[] {
  const fine = Array.from({ length: 2049 }, (_, i) => clip(spline(stops, i / 2048)));
  const along = new Float64Array(fine.length);
  for (let i = 1; i < fine.length; i++) {
    along[i] = (along[i - 1] as number) + distance(fine[i - 1] as Lab, fine[i] as Lab);
  }
  const total = along[fine.length - 1] as number;
  let at = 0;
  return Array.from({ length: count }, (_, i) => {
    const target = (total * i) / (count - 1);
    while (at < fine.length - 1 && (along[at] as number) < target) at++;
    return fine[at] as Lab;
  });
}

/** Catmull-Rom through the stops. */
function spline(stops: readonly Lab[], t: number): Lab {
  const last = stops.length - 1;
  const x = t * last;
  const k = Math.min(last - 1, Math.floor(x));
  const f = x - k;
  const p = (i: number) => stops[Math.min(last, Math.max(0, i))] as Lab;
  const [a, b, c, d] = [p(k - 1), p(k), p(k + 1), p(k + 2)];
  const at = (j: 0 | 1 | 2) =>
    0.5 *
    (2 * b[j] +
      (c[j] - a[j]) * f +
      (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j]) * f * f +
      (3 * b[j] - a[j] - 3 * c[j] + d[j]) * f * f * f);
  return [at(0), at(1), at(2)];
}

// Distances are taken between colours that a screen can show.
function clip(colour: Lab): Lab {
  return toLab(toRgb(colour));
}

function rgba(colours: readonly Lab[]): Uint8Array {
  const bytes = new Uint8Array(colours.length * 4);
  colours.forEach((colour, i) => {
    const rgb: Rgb = toRgb(colour);
    for (let c = 0; c < 3; c++) bytes[i * 4 + c] = Math.round((rgb[c] as number) * 255);
    bytes[i * 4 + 3] = 255;
  });
  return bytes;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
