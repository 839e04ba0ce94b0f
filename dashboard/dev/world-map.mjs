// What the made-up training says of maps beyond their positions: groupings, poses, layouts by other
// methods, and what units see of an example.
import { create, toBinary } from "@bufbuild/protobuf";
import * as pb from "../src/wire/gen/alidade/v1/alidade_pb.js";

const CLASSES = Array.from({ length: 10 }, (_, i) => String(i));
export const GROUPS = [...CLASSES, "correct", "wrong", "thin", "medium", "thick"];
export const GROUPINGS = [
  { name: "class", first: 0, count: 10 },
  { name: "prediction", first: 10, count: 2 },
  { name: "stroke", first: 12, count: 3 },
];

/** Two hundred layers in blocks, as a deep network has them. */
export const DEEP = Array.from({ length: 50 }, (_, block) => {
  const of = (name, type, units, shape, input) => ({ name: `block${String(block).padStart(2, "0")}.${name}`, type, units, activation: "identity", shape, inputs: [input] });
  const before = block === 0 ? "input" : `block${String(block - 1).padStart(2, "0")}.out`;
  const at = `block${String(block).padStart(2, "0")}`;
  return [
    of("attention", "SelfAttentionLayer", 32, [32, 24], before),
    of("norm", "LayerNormalization", 32, [32, 24], `${at}.attention`),
    of("up", "DenseLayer", 64, [64], `${at}.norm`),
    of("out", "DenseLayer", 32, [32], `${at}.up`),
  ];
}).flat();

/** A layer lies turned and sometimes flipped; its pose turns it back. */
export function turnOf(layer) {
  const a = layer * 0.9;
  const flip = layer % 3 === 2 ? -1 : 1;
  return [Math.cos(a), -Math.sin(a) * flip, Math.sin(a), Math.cos(a) * flip];
}

export const turned = ([a, b, c, d], x, y) => [a * x + b * y, c * x + d * y];
export const poseOf = (layer) => (([a, b, c, d]) => [a, c, b, d])(turnOf(layer));

/** Profile of a unit for a group beyond the classes. */
export function attributeProfile(unit, group, progress) {
  if (group < 12) return (group === 10 ? 1 : -1) * 0.22 * progress * Math.sin(unit.phase * 2.3);
  return 0.4 * progress * unit.gain * Math.cos(unit.phase + ((group - 12) * 2 * Math.PI) / 3);
}

const METHODS = ["live", "pca", "som", "graph", "tsne", "umap", "pso"];
const DISTANCES = ["cosine", "correlation", "euclidean"];
const BASES = ["observations", "profiles"];

/** The answer to a request for a layout; throws what the server would refuse. */
export function layoutOf(world, layer, { method, distance = "cosine", basis = "observations" }) {
  const base = (method ?? "").replace(/\+pso$/, "");
  const known = [...METHODS, ...METHODS.slice(1, -1).map((m) => `${m}+pso`)];
  const refuse = (what, value, names) => {
    throw new Error(`unknown ${what} '${value}'; known: ${names.join(", ")}`);
  };
  if (!known.includes(method)) refuse("method", method, known);
  if (!DISTANCES.includes(distance)) refuse("distance", distance, DISTANCES);
  if (!BASES.includes(basis)) refuse("basis", basis, BASES);
  const units = world.units[layer];
  if (units.length < 3) throw new Error(`${method} needs at least 3 units: ${world.layers[layer].name} has ${units.length}`);
  const wide = { cosine: 1, correlation: 0.94, euclidean: 1.08 }[distance] * (basis === "profiles" ? 0.9 : 1);
  const side = Math.ceil(Math.sqrt(units.length));
  const positions = units.flatMap((u, i) => {
    const angle = (u.class / 10) * 2 * Math.PI;
    const grid = [(i % side) / side - 0.5, Math.floor(i / side) / side - 0.5];
    const spread = method.endsWith("+pso") || base === "pso";
    const [x, y] = {
      pca: [u.end[0] * 1.5, u.end[1] * 0.6],
      som: [grid[0] * 2.8, grid[1] * 2.8],
      graph: [u.end[0] + 0.3 * u.start[1], u.end[1] - 0.3 * u.start[0]],
      tsne: [Math.cos(angle) * 1.1 + 0.28 * u.start[0], Math.sin(angle) * 1.1 + 0.28 * u.start[1]],
      umap: [Math.cos(angle) * 1.2 + 0.16 * u.start[0], Math.sin(angle) * 0.9 + 0.16 * u.start[1]],
      pso: [u.end[0], u.end[1]],
    }[base];
    const r = Math.hypot(x, y) || 1;
    const even = spread ? (1.3 * Math.sqrt((i + 0.5) / units.length)) / r : 1;
    return [x * even * wide, y * even * wide];
  });
  const dead = units.flatMap((u, i) => (isDead(u, world.iteration) ? [i] : []));
  dead.forEach((unit) => {
    positions[2 * unit] = 1.7 * Math.cos(unit);
    positions[2 * unit + 1] = 1.7 * Math.sin(unit);
  });
  const quality = { trustworthiness: 0.93, continuity: 0.92, kept: 0.47 };
  return { iteration: world.iteration, layer, method, distance, basis, seconds: 0.42, positions, dead, quality };
}

export function isDead(unit, iteration) {
  return iteration > unit.diesAt && iteration <= (unit.revivesAt ?? Infinity);
}

/** A seven, more or less, as 28 × 28 bytes. */
function example() {
  const pixels = new Uint8Array(28 * 28);
  const dot = (x, y) => {
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) pixels[(y + dy) * 28 + x + dx] = Math.max(pixels[(y + dy) * 28 + x + dx], dx || dy ? 150 : 255);
  };
  for (let x = 7; x <= 20; x++) dot(x, 7);
  for (let y = 7; y <= 22; y++) dot(Math.round(20 - (y - 7) * 0.6), y);
  return pixels;
}

export function featuresOf(world) {
  const input = example();
  const layers = [];
  world.layers.forEach((layer, l) => {
    const maps = /Attention/.test(layer.type) ? heads(l, 4, layer.shape[1], world.iteration) : layer.shape.length === 3 ? channels(world, l, input) : null;
    if (maps === null) return;
    const picture = layer.shape.length === 3 ? { input: { type: pb.DataType.U8, shape: [1, 28, 28], scale: 1 / 255, zero: 0, data: input } } : {};
    layers.push({ layer: l, maps, range: 1, example: "probe row 3, class 7", ...picture });
  });
  return layers.length === 0 ? null : toBinary(pb.FeaturesSchema, create(pb.FeaturesSchema, { layers }));
}

function channels(world, l, input) {
  const [units, height, width] = world.layers[l].shape;
  const signed = !/relu/.test(world.layers[l].activation);
  const data = new Uint8Array(units * height * width);
  for (let u = 0; u < units; u++) {
    const kernel = Array.from({ length: 9 }, (_, k) => Math.sin(world.units[l][u].phase * (k + 1) + k));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < 9; k++) {
          const iy = Math.round((y / height) * 27) + Math.floor(k / 3) - 1;
          const ix = Math.round((x / width) * 27) + (k % 3) - 1;
          if (iy >= 0 && ix >= 0 && iy < 28 && ix < 28) sum += (kernel[k] * input[iy * 28 + ix]) / 255;
        }
        const value = Math.max(signed ? -1 : 0, Math.min(1, sum / 2.5));
        data[(u * height + y) * width + x] = Math.round(signed ? (value + 1) * 127.5 : value * 255);
      }
    }
  }
  return { type: pb.DataType.U8, shape: [units, height, width], scale: signed ? 2 / 255 : 1 / 255, zero: signed ? -1 : 0, data };
}

function heads(l, count, length, iteration) {
  const data = new Uint8Array(count * length * length);
  for (let h = 0; h < count; h++) {
    for (let q = 0; q < length; q++) {
      const weights = Array.from({ length }, (_, k) => (k > q ? 0 : Math.exp(-((q - k - h * 2) ** 2) / (2 + 6 * Math.exp(-iteration / 500))) + (k === 0 ? 0.2 : 0)));
      const sum = weights.reduce((a, b) => a + b, 1e-9);
      weights.forEach((w, k) => (data[(h * length + q) * length + k] = Math.round((255 * w) / sum)));
    }
  }
  return { type: pb.DataType.U8, shape: [count, length, length], scale: 1 / 255, zero: 0, data };
}
