// Alerts as the server's watch would raise them, for the made-up run: one that was and had a
// follower, one that stands, and one that comes and goes every hundred samples.
import { create, toBinary } from "@bufbuild/protobuf";
import * as pb from "../src/wire/gen/alidade/v1/alidade_pb.js";

/** The number of the server's own "worker", as the real one has it. */
export const SERVER = 2147483647;

const { FIRING, RESOLVED, PENDING } = pb.AlertState;
const { INFO, WARNING, CRITICAL } = pb.Severity;

const PLAN = new Map([
  [80, [["exploding", CRITICAL, FIRING, 80, 0.5], ["massive-onset", WARNING, FIRING, 80, 0.75, "exploding"]]],
  [120, [["exploding", CRITICAL, RESOLVED, 80, 0.5], ["massive-onset", WARNING, RESOLVED, 80, 0.75, "exploding"]]],
  [198, [["dead-units", WARNING, PENDING, 198, 0.5]]],
  [200, [["dead-units", WARNING, FIRING, 198, 0.5]]],
]);
const SUMMARIES = {
  exploding: "rms 41 is 12 times what it was 100 iterations ago",
  "massive-onset": "max_ratio 1,210 is above 1,000; unit 311 is 93 % of it",
  "dead-units": "38 % of the units have not been active for 200 samples",
  "map-upheaval": "drift 0.21 is above 0.15",
};

/** Payloads of the changes of state at that sample. */
export function alertsAt(seq, every, time, layers) {
  const changes = [...(PLAN.get(seq) ?? [])];
  if (seq % 100 === 10 && seq > 300) changes.push(["map-upheaval", INFO, FIRING, seq, 0.5]);
  if (seq % 100 === 50 && seq > 300) changes.push(["map-upheaval", INFO, RESOLVED, seq - 40, 0.5]);
  return changes.map(([rule, severity, state, since, share, cause]) => {
    const layer = Math.floor(share * layers.length);
    const id = (of, at) => `${of}/${layers[at].name}/${since * every}`;
    return toBinary(pb.AlertSchema, create(pb.AlertSchema, {
      id: id(rule, layer), rule, severity, state, layer, subject: layers[layer].name, summary: SUMMARIES[rule],
      cause: cause ? id(cause, Math.floor(0.5 * layers.length)) : "",
      sinceIteration: BigInt(since * every), sinceMillis: BigInt(Math.round(time)), evaluatedBy: "server",
    }));
  });
}

const STATES = { [PENDING]: "pending", [FIRING]: "firing", [RESOLVED]: "resolved" };
const SEVERITIES = { [INFO]: "info", [WARNING]: "warning", [CRITICAL]: "critical" };

/** The answer to GET /api/v1/runs/ID/alerts. */
export const alertJson = (a) => ({
  id: a.id, rule: a.rule, severity: SEVERITIES[a.severity], state: STATES[a.state], cause: a.cause, subject: a.subject,
  layer: a.layer ?? null, sinceIteration: Number(a.sinceIteration), sinceMillis: Number(a.sinceMillis), summary: a.summary, top: [],
});

const rule = (id, name, meaning, why, advice, reference = "") => ({ id, name, meaning, why, try: advice, reference });

/** The answer to GET /api/v1/rules. */
export const rules = {
  rules: [
    rule("exploding", "Exploding activations", "The layer's root mean square grew tenfold within 100 iterations.",
      "What grows like this ends in infinity, or in saturation of what follows.",
      "A lower learning rate, normalisation, gradient clipping.", "AUTOTRAINER (Zhang et al. 2021)"),
    rule("massive-onset", "Massive activations begin", "A few activations have come to outweigh the others a thousandfold.",
      "They act as a bias; quantisation suffers.", "Nothing, if it is a transformer; otherwise a look at the unit."),
    rule("dead-units", "Dead units", "Units have not been active for many samples.",
      "A dead ReLU gets no gradient and does not come back.", "A lower learning rate, a leaky activation function."),
    rule("map-upheaval", "Map re-organises", "Neighbourhoods are being exchanged.", "The network changes which units are alike.", ""),
  ],
  defaults: "",
};
