import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  DataType,
  DescriptionSchema,
  EndSchema,
  EnvelopeSchema,
  GapSchema,
  Kind,
  NoteSchema,
  NumbersSchema,
  PictureSchema,
  Scope,
  SubscribeSchema,
  UnitsSchema,
  type Description,
  type Envelope,
  type Histogram,
  type LayerPicture,
  type Numbers,
  type Quantity,
  type Tensor,
} from "./gen/alidade/v1/alidade_pb";
import { crc32c } from "./crc32c";
import { triangulate } from "./mesh";
import type {
  GroupingInfo,
  HistogramData,
  LayerDetail,
  LayerMap,
  Mark,
  ParameterDetail,
  PictureData,
  QuantityInfo,
  RunInfo,
  UnitsData,
} from "./messages";

export { Kind };
export type { Envelope, Numbers };

const MOST_FRAME_BYTES = 8 << 20;
const ROUNDING = 1e-6;

/** Bytes that are no frame; the message names the rule and the value that broke it. */
export class MalformedFrame extends Error {}

/** One envelope that may come from a stranger: size, schema, kind and checksum are checked. */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length > MOST_FRAME_BYTES) {
    throw new MalformedFrame(`frame must be at most ${MOST_FRAME_BYTES} bytes: ${bytes.length}`);
  }
  const envelope = read(() => fromBinary(EnvelopeSchema, bytes), "alidade.v1 envelope");
  if (envelope.kind === Kind.UNSPECIFIED) throw new MalformedFrame("frame must have a kind: unspecified");
  const crc = crc32c(envelope.payload);
  if (crc !== envelope.crc32c) {
    throw new MalformedFrame(
      `frame's CRC-32C must match its payload: says ${hex(envelope.crc32c)}, is ${hex(crc)}`,
    );
  }
  return envelope;
}

export function encodeSubscribe(run: string, after: number, pictures: boolean): Uint8Array<ArrayBuffer> {
  const payload = toBinary(SubscribeSchema, create(SubscribeSchema, { after: BigInt(after), pictures }));
  const envelope = create(EnvelopeSchema, {
    run,
    kind: Kind.SUBSCRIBE,
    timeMillis: BigInt(Date.now()),
    crc32c: crc32c(payload),
    payload,
  });
  return toBinary(EnvelopeSchema, envelope);
}

export function decodeInfo(payload: Uint8Array): RunInfo {
  const d: Description = read(() => fromBinary(DescriptionSchema, payload), "Description");
  return {
    name: d.name,
    framework: d.framework,
    backend: d.backend,
    model: d.model,
    agentVersion: d.agentVersion,
    every: d.every,
    startedMillis: Number(d.startedMillis),
    layers: d.layers.map((l) => ({
      name: l.name,
      type: l.type,
      units: l.units,
      activation: l.activation,
      shape: [...l.shape],
      inputs: [...l.inputs],
      output: l.output,
      postDropout: l.postDropout,
      network: l.network,
    })),
    layerQuantities: d.quantities.filter((q) => q.scope === Scope.LAYER).map(quantity),
    runQuantities: d.quantities.filter((q) => q.scope === Scope.RUN).map(quantity),
    parameters: d.parameters.map((p) => ({ name: p.name, layer: p.layer ?? -1, shape: [...p.shape] })),
    parameterQuantities: d.quantities.filter((q) => q.scope === Scope.PARAMETER).map(quantity),
    groups: [...d.groups],
    groupings: groupings(d),
    settings: { ...d.settings },
  };
}

export function decodeNumbers(payload: Uint8Array): Numbers {
  return read(() => fromBinary(NumbersSchema, payload), "Numbers");
}

export function layerDetails(numbers: Numbers, iteration: number): LayerDetail[] {
  return numbers.layers.map((l) => ({
    layer: l.layer,
    iteration,
    rows: Number(l.rows),
    rowsPresent: Number(l.rowsPresent),
    histogram: l.histogram ? histogram(l.histogram) : null,
    top: l.top.map((t) => ({ value: t.value, unit: t.unit, row: Number(t.row) })),
  }));
}

/** Only those parameters that come with a histogram. */
export function parameterDetails(numbers: Numbers, iteration: number): ParameterDetail[] {
  return numbers.parameters
    .filter((p) => p.weights ?? p.gradients ?? p.updates)
    .map((p) => ({
      parameter: p.parameter,
      iteration,
      weights: p.weights ? histogram(p.weights) : null,
      gradients: p.gradients ? histogram(p.gradients) : null,
      updates: p.updates ? histogram(p.updates) : null,
    }));
}

export function decodePicture(envelope: Envelope): PictureData {
  const picture = read(() => fromBinary(PictureSchema, envelope.payload), "Picture");
  return {
    iteration: Number(envelope.iteration),
    timeMillis: Number(envelope.timeMillis),
    layers: picture.layers.map((layer) => layerMap(layer, Number(envelope.iteration))),
  };
}

export function decodeUnits(envelope: Envelope): UnitsData {
  const units = read(() => fromBinary(UnitsSchema, envelope.payload), "Units");
  return {
    iteration: Number(envelope.iteration),
    layers: units.layers.map((l) => ({
      layer: l.layer,
      iteration: Number(envelope.iteration),
      mean: floats(l.mean),
      std: floats(l.std),
      nonZero: floats(l.nonZero),
      maxAbs: floats(l.maxAbs),
    })),
  };
}

export function decodeMark(envelope: Envelope): Mark {
  const at = { iteration: Number(envelope.iteration), timeMillis: Number(envelope.timeMillis) };
  if (envelope.kind === Kind.NOTE) {
    const note = read(() => fromBinary(NoteSchema, envelope.payload), "Note");
    return { kind: "note", ...at, text: note.text, source: note.source };
  }
  const gap = read(() => fromBinary(GapSchema, envelope.payload), "Gap");
  const lost = Number(gap.toSeq - gap.fromSeq) + 1;
  const text = `${lost} ${lost === 1 ? "sample" : "samples"} dropped: ${gap.reason.replaceAll("_", " ")}`;
  return { kind: "gap", ...at, text, source: "agent" };
}

export function decodeEnd(payload: Uint8Array): string {
  return read(() => fromBinary(EndSchema, payload), "End").reason;
}

/** Any supported type as floats; the size is checked against the shape before anything is made. */
export function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor === undefined) return new Float32Array(0);
  let length = 1;
  for (const side of tensor.shape) length *= side;
  const width = tensorWidth(tensor.type);
  const { data, scale, zero } = tensor;
  if (data.length !== length * width) {
    throw new MalformedFrame(
      `tensor of shape [${tensor.shape.join(", ")}] must have ${length * width} bytes: ${data.length}`,
    );
  }
  const values = new Float32Array(length);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (tensor.type) {
    case DataType.F32:
      for (let i = 0; i < length; i++) values[i] = view.getFloat32(i * 4, true);
      break;
    case DataType.F16:
      for (let i = 0; i < length; i++) values[i] = halfToFloat(view.getUint16(i * 2, true));
      break;
    case DataType.U8:
      for (let i = 0; i < length; i++) values[i] = zero + scale * (data[i] as number);
      break;
    default:
      for (let i = 0; i < length; i++) values[i] = zero + scale * view.getUint16(i * 2, true);
  }
  return values;
}

/** IEEE 754 binary16. */
export function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}

function tensorWidth(type: DataType): number {
  switch (type) {
    case DataType.F32:
      return 4;
    case DataType.F16:
    case DataType.U16:
      return 2;
    case DataType.U8:
      return 1;
    default:
      throw new MalformedFrame(`tensor type must be one of f32, f16, u8, u16: ${type}`);
  }
}

function layerMap(l: LayerPicture, iteration: number): LayerMap {
  const positions = floats(l.positions);
  const units = positions.length / 2;
  const values = floats(l.values);
  const profiles = floats(l.profiles);
  if (values.length !== units) {
    throw new MalformedFrame(`values must have one entry per unit: ${values.length} for ${units}`);
  }
  const groups = units === 0 ? 0 : profiles.length / units;
  if (!Number.isInteger(groups)) {
    throw new MalformedFrame(`profiles must be [groups, units]: ${profiles.length} for ${units} units`);
  }
  // An absent state means that every unit is alive: proto3 leaves out what is all default.
  const states = new Uint8Array(units);
  states.set(l.state.subarray(0, units));
  const q = l.quality;
  return {
    layer: l.layer,
    iteration,
    units,
    positions,
    values,
    profiles,
    groups,
    states,
    valueRange: l.valueRange,
    // Means that agree to single precision differ by rounding alone, which is not to be coloured.
    profileRange: Math.max(l.profileRange, ROUNDING * l.valueRange),
    layout: l.layout,
    tick: Number(l.tick),
    triangles: triangulate(positions, states),
    pose: l.pose.length === 4 && l.pose.every(Number.isFinite) ? [...l.pose] : [],
    quality: q
      ? {
          trustworthiness: q.trustworthiness,
          continuity: q.continuity,
          kept: q.kept,
          displacement: q.displacement,
          displacementP95: q.displacementP95,
          drift: q.drift,
          tickMillis: q.tickMillis,
        }
      : null,
  };
}

function histogram(h: Histogram): HistogramData {
  return {
    zeros: Number(h.zeros),
    nans: Number(h.nans),
    positiveInfinities: Number(h.positiveInfinities),
    negativeInfinities: Number(h.negativeInfinities),
    positiveFirst: h.positiveFirst,
    positive: Float64Array.from(h.positive, Number),
    negativeFirst: h.negativeFirst,
    negative: Float64Array.from(h.negative, Number),
  };
}

function quantity(q: Quantity): QuantityInfo {
  const { id, name, unit, meaning, source, low, high, group } = q;
  return { id, name, unit, meaning, source, low, high, group };
}

/** An agent that knows of one grouping only names none: its groups are classes. */
function groupings(d: Description): GroupingInfo[] {
  const named = d.groupings
    .map(({ name, first, count }) => ({ name, first, count }))
    .filter(({ first, count }) => count > 0 && first + count <= d.groups.length);
  if (named.length > 0 || d.groups.length === 0) return named;
  return [{ name: "class", first: 0, count: d.groups.length }];
}

export function read<T>(decode: () => T, what: string): T {
  try {
    return decode();
  } catch (e) {
    throw new MalformedFrame(`bytes must be a ${what}: ${e instanceof Error ? e.message : String(e)}`);
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
