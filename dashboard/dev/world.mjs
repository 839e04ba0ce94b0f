// A made-up training: a LeNet-like graph with a skip connection, whose units drift into clusters by
// class while the score falls. Plausible, seeded, and nothing more; the real thing is the agent.
import { create, toBinary } from "@bufbuild/protobuf";
import * as pb from "../src/wire/gen/alidade/v1/alidade_pb.js";
import { alertsAt, SERVER } from "./alerts.mjs";
import { attributeProfile, featuresOf, GROUPINGS, GROUPS, isDead, layoutOf, poseOf, turned, turnOf } from "./world-map.mjs";

export const LAYERS = [
  { name: "conv1", type: "ConvolutionLayer", units: 20, activation: "relu", shape: [20, 24, 24], inputs: ["input"] },
  { name: "pool1", type: "SubsamplingLayer", units: 20, activation: "", shape: [20, 12, 12], inputs: ["conv1"] },
  { name: "conv2", type: "ConvolutionLayer", units: 50, activation: "relu", shape: [50, 8, 8], inputs: ["pool1"] },
  { name: "skip", type: "ConvolutionLayer", units: 50, activation: "identity", shape: [50, 8, 8], inputs: ["pool1"] },
  { name: "merge", type: "ElementWiseVertex", units: 50, activation: "", shape: [50, 8, 8], inputs: ["conv2", "skip"] },
  { name: "dense1", type: "DenseLayer", units: 500, activation: "relu", shape: [500], inputs: ["merge"], postDropout: true },
  { name: "dense2", type: "DenseLayer", units: 128, activation: "tanh", shape: [128], inputs: ["dense1"] },
  { name: "out", type: "OutputLayer", units: 10, activation: "softmax", shape: [10], inputs: ["dense2"], output: true },
];

const Q = (id, name, unit, group, meaning, low = NaN, high = NaN, scope = pb.Scope.LAYER) => ({
  id, name, unit, group, meaning, low, high, scope, source: "made up by the development server",
});

export const QUANTITIES = [
  Q("mean", "Mean", "", "Values", "Mean of all activations"),
  Q("std", "Std", "", "Values", "Standard deviation of all activations", 0),
  Q("rms", "RMS", "", "Values", "Root mean square", 0),
  Q("max_abs", "Largest |h|", "", "Values", "Largest magnitude", 0),
  Q("median_abs", "Median |h|", "", "Values", "Lower median of the magnitudes", 0),
  Q("nan_count", "NaN", "values", "Values", "Values that are not a number", 0),
  Q("zero_share", "Zeros", "ratio", "Sparsity", "Share of values that are exactly zero", 0, 1),
  Q("lazy_share", "Lazy share", "ratio", "Sparsity", "Mean over rows of the share of non-zero units", 0, 1),
  Q("hoyer", "Hoyer", "", "Sparsity", "Hoyer sparsity of the units' mean magnitudes", 0, 1),
  Q("gini", "Gini", "", "Sparsity", "Gini coefficient of the units' mean magnitudes", 0, 1),
  Q("dead_units", "Dead", "units", "Units", "Units that were zero on every row of the window", 0),
  Q("dormant_units", "Dormant", "units", "Units", "Units whose mean magnitude is below 2.5 % of the layer's", 0),
  Q("massive_ratio", "Massive ratio", "", "Massive activations", "Largest |h| over the median |h|", 0),
  Q("top_persistence", "Persistence", "ratio", "Massive activations", "Share of recent samples with the same top unit", 0, 1),
  Q("drift", "Drift", "", "Geometry", "One minus the rank correlation of distances with the last tick", 0, 1),
  Q("effective_rank", "Effective rank", "", "Geometry", "Exponential of the entropy of the singular values", 1),
  Q("births", "Births", "units", "Units", "Units that became active for the first time in the last window", 0),
  Q("deaths", "Deaths", "units", "Units", "Units that were active one window ago and are dead in the last one", 0),
  Q("inf_count", "Infinities", "values", "Values", "Values that have overflowed", 0),
  Q("agent_callback_share", "Agent share", "ratio", "Agent", "Thread CPU inside the callback over that of the iteration", 0, 1, pb.Scope.RUN),
  Q("iterations_per_second", "Iterations per second", "", "Training", "Iterations per second", 0, NaN, pb.Scope.RUN),
  Q("learning_rate", "Learning rate", "", "Training", "Learning rate of the first layer", 0, NaN, pb.Scope.RUN),
  Q("val_accuracy", "val_accuracy", "", "Own series", "Logged by the training", NaN, NaN, pb.Scope.RUN),
  Q("weight_mean_abs", "Weights, mean |w|", "", "Weights", "Mean magnitude of the weights", 0, NaN, pb.Scope.PARAMETER),
  Q("weight_std", "Weights, std", "", "Weights", "Standard deviation of the weights", 0, NaN, pb.Scope.PARAMETER),
  Q("gradient_mean_abs", "Gradients, mean |g|", "", "Gradients", "Mean magnitude of the gradients", 0, NaN, pb.Scope.PARAMETER),
  Q("update_ratio_log10", "log10 update : weight", "", "Updates", "Decimal logarithm of the mean magnitude of updates over that of weights", NaN, NaN, pb.Scope.PARAMETER),
];

function random(seed) {
  let s = seed >>> 0 || 1;
  return () => {
    s ^= s << 13; s >>>= 0; s ^= s >>> 17; s ^= s << 5; s >>>= 0;
    return s / 4294967296;
  };
}

function normal(r) {
  return Math.sqrt(-2 * Math.log(r() + 1e-12)) * Math.cos(2 * Math.PI * r());
}

export class World {
  constructor(run, options = {}) {
    this.run = run;
    this.name = options.name ?? "mnist-lenet";
    this.layers = options.layers ?? LAYERS;
    this.every = options.every ?? 10;
    this.incarnation = BigInt(options.started ?? Date.now());
    this.time = options.started ?? Date.now();
    this.millis = options.millis ?? 120;
    this.iteration = 0;
    this.seq = 0n;
    this.seqs = new Map();
    this.dropped = 0;
    this.made = 0;
    this.log = [];
    this.worker = 0;
    this.workers = options.workers ?? 1;
    this.hasAlerts = options.alerts ?? false;
    this.breaksAt = options.breaksAt ?? Infinity;
    this.picturesEvery = BigInt(options.picturesEvery ?? 2);
    this.parameters = this.layers.flatMap((l, i) => /Dense|Conv|Output|LSTM/.test(l.type)
      ? [{ name: `${i}_W`, layer: i, shape: [l.units, 25] }, { name: `${i}_b`, layer: i, shape: [1, l.units] }] : []);
    this.random = random(options.seed ?? 7);
    this.units = this.layers.map((l, i) => this.makeUnits(l, random(101 + i)));
    for (this.worker = 0; this.worker < this.workers; this.worker++) {
      this.append(pb.Kind.DESCRIPTION, toBinary(pb.DescriptionSchema, this.description()), 1n);
    }
    this.worker = 0;
  }

  makeUnits(layer, r) {
    const units = [];
    for (let u = 0; u < layer.units; u++) {
      const first = Math.floor(r() * 10);
      // Classes own neighbouring regions: eight around two, as an embedding often lays them.
      const angle = (first / 8) * 2 * Math.PI + 0.25 * normal(r);
      const radius = first < 8 ? 0.95 + 0.28 * normal(r) : 0.3 * Math.abs(normal(r));
      units.push({
        class: first,
        second: Math.floor(r() * 10),
        start: [normal(r) * 0.7, normal(r) * 0.7],
        end: [Math.cos(angle) * radius + 0.12 * normal(r), Math.sin(angle) * radius + 0.12 * normal(r)],
        gain: 0.55 + 0.25 * Math.sin(first * 2.1) + 0.09 * normal(r),
        diesAt: layer.activation === "relu" && r() < 0.03 ? 400 + r() * 1500 : Infinity,
        phase: first * 0.63 + 0.5 * normal(r),
      });
      // Some of the dead come back.
      const unit = units.at(-1);
      unit.revivesAt = u % 3 === 0 ? unit.diesAt + 700 : Infinity;
    }
    return units;
  }

  description() {
    return create(pb.DescriptionSchema, {
      name: this.name, agentVersion: "0.1.0", framework: "deeplearning4j 1.0.0-M2.1", backend: "CpuBackend, OpenBLAS",
      model: "ComputationGraph", every: this.every, layers: this.layers, quantities: QUANTITIES, groups: GROUPS, groupings: GROUPINGS,
      startedMillis: this.incarnation, parameters: this.parameters,
    });
  }

  append(kind, payload, seq, worker = this.worker) {
    const own = seq ?? (this.seqs.get(kind) ?? 0n) + 1n;
    this.seqs.set(kind, own);
    const envelope = create(pb.EnvelopeSchema, {
      run: this.run, worker, incarnation: this.incarnation, seq: own, kind,
      iteration: BigInt(this.iteration), timeMillis: BigInt(Math.round(this.time)), crc32c: crc32c(payload), payload,
    });
    const frame = { position: this.log.length + 1, kind, iteration: this.iteration, worker, bytes: toBinary(pb.EnvelopeSchema, envelope) };
    this.log.push(frame);
    return frame;
  }

  step() {
    this.iteration += this.every;
    this.time += this.millis * (0.9 + 0.2 * this.random());
    this.seq++;
    const frames = [];
    if (this.random() < 0.004) {
      this.dropped += 2;
      frames.push(this.append(pb.Kind.GAP, toBinary(pb.GapSchema, create(pb.GapSchema, { fromSeq: this.seq, toSeq: this.seq + 1n, reason: "queue_full" }))));
    }
    if (this.iteration === 1500) {
      frames.push(this.append(pb.Kind.NOTE, toBinary(pb.NoteSchema, create(pb.NoteSchema, { text: "learning rate lowered to 0.0003", source: "user" }))));
    }
    for (this.worker = 0; this.worker < this.workers; this.worker++) {
      frames.push(this.append(pb.Kind.NUMBERS, this.numbers(), this.seq));
    }
    this.worker = 0;
    if (this.hasAlerts) {
      for (const payload of alertsAt(Number(this.seq), this.every, this.time, this.layers)) {
        frames.push(this.append(pb.Kind.ALERT, payload, undefined, SERVER));
      }
    }
    if (this.seq % this.picturesEvery === 0n) {
      frames.push(this.append(pb.Kind.UNITS, this.unitStatistics(), this.seq));
      frames.push(this.append(pb.Kind.PICTURE, this.picture(), this.seq));
      if (this.made++ % 20 === 0) frames.push(...this.extras());
    }
    return frames;
  }

  /** Features, and one layout by another method, as an agent sends them now and then. */
  extras() {
    const features = featuresOf(this);
    const layer = this.layers.findIndex((l) => l.name === "dense2");
    const frames = features === null ? [] : [this.append(pb.Kind.FEATURES, features, this.seq)];
    if (layer < 0) return frames;
    const made = layoutOf(this, layer, { method: "umap" });
    const positions = quantise(made.positions, -4, 4, 65535, [made.positions.length / 2, 2]);
    const layers = [{ ...made, positions, state: new Uint8Array(0) }];
    frames.push(this.append(pb.Kind.LAYOUTS, toBinary(pb.LayoutsSchema, create(pb.LayoutsSchema, { layers })), this.seq));
    return frames;
  }

  get progress() {
    return 1 - Math.exp(-this.iteration / 900);
  }

  score() {
    if (this.iteration > this.breaksAt + 2 * this.every) return NaN;
    return 0.2 * this.worker + 0.06 + 2.24 * Math.exp(-this.iteration / 420) + 0.05 * Math.abs(normal(this.random)) + (this.iteration > 1500 ? -0.02 : 0);
  }

  activity(layer, unit, i) {
    const u = this.units[layer][unit];
    if (isDead(u, this.iteration)) return 0;
    const wave = Math.sin(u.phase + this.iteration / 260 + i * 0.7);
    const strength = u.gain * (0.6 + 0.8 * this.progress) * (0.7 + 0.3 * wave);
    if (this.layers[layer].activation === "softmax") return 0.1 + 0.04 * wave;
    return /relu/.test(this.layers[layer].activation) ? Math.max(0, strength - 0.12) : strength * Math.sin(u.phase * 3);
  }

  profile(layer, unit, group) {
    const u = this.units[layer][unit];
    if (isDead(u, this.iteration)) return 0;
    if (group >= 10) return attributeProfile(u, group, this.progress);
    const depth = 0.3 + 0.7 * (layer / (this.layers.length - 1));
    const near = (a, b) => Math.exp(-(Math.min(Math.abs(a - b), 10 - Math.abs(a - b)) ** 2) / 1.2);
    const raw = near(group, u.class) + 0.35 * near(group, u.second) - 0.26;
    return raw * u.gain * this.progress * depth * (0.85 + 0.15 * Math.sin(u.phase + this.iteration / 200));
  }

  numbers() {
    const p = this.progress;
    const layers = this.layers.map((layer, l) => {
      const means = this.units[l].map((_, u) => Math.abs(this.activity(l, u, 0)));
      const mean = means.reduce((a, b) => a + b, 0) / means.length;
      const noise = 1 + 0.03 * normal(this.random);
      const dead = this.units[l].filter((u) => isDead(u, this.iteration)).length;
      const relu = /relu/.test(layer.activation);
      const broken = this.iteration >= this.breaksAt && l >= this.layers.length / 2;
      const top = (rank) => (11 + 5 * rank + Math.floor(this.iteration / (600 + 90 * l)) * 3 + (this.random() < 0.04 ? rank + 1 : 0)) % layer.units;
      const massive = 6 + 30 * p * (l / 7) + 6 * Math.abs(normal(this.random));
      const values = [
        mean * (relu ? 1 : 0.1) * noise, mean * 1.3 * noise, mean * 1.5 * noise, mean * massive * noise, mean * 0.8, broken ? 12 : 0,
        relu ? Math.min(0.97, 0.45 + 0.3 * p + 0.04 * l * p) * noise : 0, relu ? 0.5 - 0.3 * p : 1, 0.2 + 0.3 * p * noise, 0.3 + 0.25 * p,
        dead, dead + Math.round(layer.units * 0.02 * p), massive, Math.min(1, 0.2 + 0.7 * p), 0.4 * Math.exp(-this.iteration / 250) + 0.006 * Math.abs(normal(this.random)),
        Math.min(layer.units, 4 + layer.units * 0.25 * (1 - 0.5 * p)) * noise,
        Math.max(0, Math.round(3 * Math.exp(-this.iteration / 300) + 0.4 * normal(this.random))), this.units[l].filter((u) => this.iteration > u.diesAt && this.iteration - 250 < u.diesAt).length,
        broken && l % 2 ? 3 : 0,
      ];
      return {
        layer: l, rows: 64n, rowsPresent: layer.name === "conv1" ? 128n : 64n, values,
        histogram: { ...this.histogram(layer, relu), nans: broken ? 12n : 0n, positiveInfinities: broken && l % 2 ? 3n : 0n },
        top: [0, 1, 2].map((rank) => ({ value: mean * massive * (1 - 0.1 * rank) * (rank === 2 ? -1 : 1), unit: top(rank), row: BigInt(4 + 13 * rank) })),
      };
    });
    return toBinary(pb.NumbersSchema, create(pb.NumbersSchema, {
      epoch: Math.floor(this.iteration / 938), score: this.score(), layers, offered: this.seq + BigInt(this.dropped),
      dropped: this.dropped ? { queue_full: BigInt(this.dropped) } : {},
      runValues: [0.004 + 0.0006 * normal(this.random), 1000 / (this.millis / this.every), this.iteration > 1500 ? 0.0003 : 0.001,
        this.iteration % 250 === 0 ? 0.97 - 0.8 * Math.exp(-this.iteration / 500) + 0.01 * normal(this.random) : NaN],
      parameters: this.parameters.map((parameter, i) => this.parameterNumbers(parameter, i)),
    }));
  }

  parameterNumbers({ layer }, i) {
    const isBias = i % 2 === 1;
    const size = (isBias ? 0.01 : 0.06) * (1 + 0.6 * this.progress) / (1 + 0.2 * layer);
    const gradient = 0.004 * Math.exp(-this.iteration / 800) * (1 + 0.1 * Math.abs(normal(this.random))) + 2e-4;
    const bell = (n, at, wide, scale) => Array.from({ length: n }, (_, k) => BigInt(Math.round(scale * Math.exp(-((k - at) ** 2) / wide))));
    const histogram = (first) => ({ positiveFirst: first, positive: bell(24, 15, 30, 900), negativeFirst: first, negative: bell(24, 15, 30, 900) });
    const isFull = this.seq % 20n === 0n;
    return {
      parameter: i, values: [size, 1.25 * size, gradient, Math.log10((0.001 * gradient) / size / 0.004)],
      ...(isFull ? { weights: histogram(98), gradients: histogram(80), updates: histogram(70) } : {}),
    };
  }

  histogram(layer, relu) {
    const bell = (n, at, wide, scale) => Array.from({ length: n }, (_, i) => BigInt(Math.round(scale * Math.exp(-((i - at) ** 2) / wide) * (0.9 + 0.2 * this.random()))));
    return {
      zeros: relu ? BigInt(Math.round(40000 * (0.45 + 0.3 * this.progress))) : 0n,
      positiveFirst: 104, positive: bell(34, 20 + 4 * this.progress, 60, 2600),
      negativeFirst: 108, negative: relu ? [] : bell(28, 17 + 3 * this.progress, 50, 2300),
    };
  }

  unitStatistics() {
    const f32 = (values) => ({ type: pb.DataType.F32, shape: [values.length], data: new Uint8Array(Float32Array.from(values).buffer) });
    return toBinary(pb.UnitsSchema, create(pb.UnitsSchema, {
      layers: this.layers.map((layer, l) => {
        const mean = this.units[l].map((_, u) => this.activity(l, u, 0));
        return {
          layer: l, mean: f32(mean), std: f32(mean.map((m) => Math.abs(m) * 0.6)),
          nonZero: f32(mean.map((m) => (m === 0 ? 0 : Math.min(1, 0.2 + Math.abs(m))))), maxAbs: f32(mean.map((m) => Math.abs(m) * 4)),
        };
      }),
    }));
  }

  picture() {
    const p = this.progress;
    const drift = 0.4 * Math.exp(-this.iteration / 250);
    return toBinary(pb.PictureSchema, create(pb.PictureSchema, {
      layers: this.layers.map((layer, l) => {
        const positions = [];
        const state = new Uint8Array(layer.units);
        this.units[l].forEach((u, i) => {
          const dead = isDead(u, this.iteration);
          if (dead) state[i] = pb.UnitState.DEAD;
          else if (this.iteration > u.revivesAt && this.iteration < u.revivesAt + 150) state[i] = pb.UnitState.NEWBORN;
          const turn = 0.25 * Math.exp(-this.iteration / 400) * Math.sin(this.iteration / 300);
          const x = u.start[0] * (1 - p) + u.end[0] * p + 0.02 * Math.sin(u.phase + this.iteration / 90);
          const y = u.start[1] * (1 - p) + u.end[1] * p + 0.02 * Math.cos(u.phase * 2 + this.iteration / 110);
          const rim = (i / layer.units) * 6.283;
          const at = dead
            ? [1.6 * Math.cos(rim), 1.6 * Math.sin(rim)]
            : [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)];
          positions.push(...turned(turnOf(l), ...at));
        });
        const values = this.units[l].map((_, u) => this.activity(l, u, 0));
        const profiles = [];
        for (let g = 0; g < GROUPS.length; g++) for (let u = 0; u < layer.units; u++) profiles.push(this.profile(l, u, g));
        const valueRange = layer.activation === "softmax" ? 0.2 : 1.4;
        const profileRange = 0.85;
        return {
          layer: l, positions: quantise(positions, -4, 4, 65535, [layer.units, 2]), values: quantise(values, -valueRange, valueRange, 255, [layer.units]),
          profiles: quantise(profiles, -profileRange, profileRange, 255, [GROUPS.length, layer.units]), state, valueRange, profileRange, pose: poseOf(l), layout: "live", tick: this.seq / 2n,
          quality: { trustworthiness: 0.9 + 0.05 * p, continuity: 0.91, kept: 0.5, displacement: 0.25 * drift + 0.004, displacementP95: 0.6 * drift + 0.01, drift: drift * (l === 5 ? 1.4 : 0.7), tickMillis: 3.2 },
        };
      }),
    }));
  }

  end() {
    return this.append(pb.Kind.END, toBinary(pb.EndSchema, create(pb.EndSchema, { reason: "closed" })));
  }
}

function quantise(values, low, high, steps, shape) {
  const scale = (high - low) / steps;
  const codes = values.map((v) => Math.max(0, Math.min(steps, Math.round((v - low) / scale))));
  const data = steps === 255 ? Uint8Array.from(codes) : new Uint8Array(Uint16Array.from(codes).buffer);
  return { type: steps === 255 ? pb.DataType.U8 : pb.DataType.U16, shape, scale, zero: low, data };
}

export function crc32c(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}
