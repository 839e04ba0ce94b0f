import { fromBinary } from "@bufbuild/protobuf";
import { floats, MalformedFrame, read, type Envelope } from "./decode";
import {
  AlertSchema,
  AlertState,
  DataType,
  FeaturesSchema,
  LayoutsSchema,
  Severity,
  type Tensor,
} from "./gen/alidade/v1/alidade_pb";
import { triangulate } from "./mesh";
import type { AlertData, ByteImage, LayerFeaturesData, LayerLayoutData } from "./messages";

/** Layouts by methods other than the live one. */
export function decodeLayouts(envelope: Envelope): LayerLayoutData[] {
  return read(() => fromBinary(LayoutsSchema, envelope.payload), "Layouts").layers.map((l) => {
    const positions = floats(l.positions);
    const states = new Uint8Array(positions.length / 2);
    states.set(l.state.subarray(0, states.length));
    const q = l.quality;
    return {
      layer: l.layer,
      iteration: Number(envelope.iteration),
      method: l.method,
      distance: l.distance,
      basis: l.basis,
      seconds: l.seconds,
      positions,
      states,
      triangles: triangulate(positions, states),
      quality: q ? { trustworthiness: q.trustworthiness, continuity: q.continuity, kept: q.kept } : null,
    };
  });
}

/** What units see of one example. */
export function decodeFeatures(envelope: Envelope): LayerFeaturesData[] {
  return read(() => fromBinary(FeaturesSchema, envelope.payload), "Features").layers.map((l) => ({
    layer: l.layer,
    iteration: Number(envelope.iteration),
    maps: image(l.maps, "maps"),
    range: l.range,
    input: l.input && l.input.data.length > 0 ? image(l.input, "input") : null,
    example: l.example,
  }));
}

/** A change of state of an alert. What is newer than this page counts as a warning that fires. */
export function decodeAlert(envelope: Envelope): AlertData {
  const a = read(() => fromBinary(AlertSchema, envelope.payload), "Alert");
  const severity = a.severity === Severity.CRITICAL ? "critical" : a.severity === Severity.INFO ? "info" : "warning";
  const state =
    a.state === AlertState.PENDING ? "pending" : a.state === AlertState.RESOLVED ? "resolved" : "firing";
  return {
    id: a.id,
    rule: a.rule,
    severity,
    state,
    cause: a.cause,
    subject: a.subject,
    layer: a.layer ?? -1,
    sinceIteration: Number(a.sinceIteration),
    sinceMillis: Number(a.sinceMillis),
    summary: a.summary,
    top: a.top.map((t) => t.unit),
  };
}

function image(tensor: Tensor | undefined, what: string): ByteImage {
  const [count = 0, height = 0, width = 0] = tensor?.shape ?? [];
  if (tensor === undefined || tensor.type !== DataType.U8 || tensor.shape.length !== 3) {
    throw new MalformedFrame(`${what} must be u8 of three sides: ${tensor?.shape.join(" × ") ?? "absent"}`);
  }
  if (tensor.data.length !== count * height * width) {
    throw new MalformedFrame(`${what} must have ${count * height * width} bytes: ${tensor.data.length}`);
  }
  // A copy of its own, so that it can be transferred without the frame it came in.
  return { count, height, width, scale: tensor.scale, zero: tensor.zero, data: tensor.data.slice() };
}
