// Speaks the server's surface with made-up data, so that the page can be worked on alone:
//   npm run build && npm run fake            then open the printed link
// PORT (8791), TOKEN (dev), WIDE=1 (a live layer of 16,384 units too), HISTORY (samples before the start), MILLIS (between samples), EMPTY=1.
// FRAMES=FILE also serves a recorded run: length-delimited envelopes in the order of their log.
// Its control, on PORT + 1, takes POST /stop and /start (the page's address goes away and comes back;
// the made-up training goes on) and /pause and /resume (of the training).
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import * as pb from "../src/wire/gen/alidade/v1/alidade_pb.js";
import { alertJson, rules } from "./alerts.mjs";
import { laws } from "./laws.mjs";
import { crc32c, LAYERS, World } from "./world.mjs";
import { DEEP, layoutOf } from "./world-map.mjs";

const env = process.env;
const port = Number(env.PORT ?? 8791);
const token = env.TOKEN ?? "dev";
const millis = Number(env.MILLIS ?? 120);
const root = fileURLToPath(new URL("../dist/", import.meta.url));
const cookie = `alidade-${port}`;
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const runs = new Map();
const trash = new Map();
const add = (id, options, samples, live) => {
  const world = new World(id, { millis, started: Date.now() - samples * millis - (live ? 0 : 7_200_000), ...options });
  for (let i = 0; i < samples; i++) world.step();
  if (!live) world.end();
  runs.set(id, { world, live });
};
if (!env.EMPTY) {
  add("01K0ALDADE0000000000000001", { name: "mnist-lenet", alerts: true }, Number(env.HISTORY ?? 300), true);
  add("01K0ALDADE0000000000000002", { name: "mlp-wide", seed: 3, workers: 2, layers: LAYERS.slice(5).map((l, i) => (i ? l : { ...l, inputs: ["input"], units: 1024 })) }, 420, false);
  add("01K0ALDADE0000000000000009", { name: "long-and-broken", seed: 5, picturesEvery: 60, breaksAt: 24_170, layers: [
    { name: "hidden", type: "DenseLayer", units: 24, activation: "relu", shape: [24], inputs: ["input"] },
    { name: "out", type: "OutputLayer", units: 10, activation: "softmax", shape: [10], inputs: ["hidden"], output: true },
  ] }, Number(env.LONG ?? 2600), false);
  add("01K0ALDADE0000000000000003", { name: "<img src=x onerror=alert(1)>", seed: 4, layers: [
    { name: "<b onmouseover=alert(2)>one", type: "DenseLayer", units: 1, activation: "tanh", shape: [1], inputs: ["input"] },
    { name: "two", type: "DenseLayer", units: 2, activation: "relu", shape: [2], inputs: ["<b onmouseover=alert(2)>one"] },
    { name: "three", type: "DenseLayer", units: 3, activation: "relu", shape: [3], inputs: ["two"] },
    { name: "sixty-four", type: "LSTM", units: 64, activation: "tanh", shape: [64, 20], inputs: ["three"] },
    { name: "out", type: "OutputLayer", units: 10, activation: "softmax", shape: [10], inputs: ["sixty-four"], output: true },
  ] }, 160, false);
  add("01K0ALDADE0000000000000004", { name: "deep-200", seed: 5, layers: DEEP }, 8, false);
  if (env.WIDE) add("01K0ALDADE0000000000000005", { name: "wide-16384", seed: 6, layers: [{ name: "wide", type: "DenseLayer", units: 16384, activation: "relu", shape: [16384], inputs: ["input"] }] }, 24, true);
}

/** A recorded run in the shape of a made-up one. */
function recordedWorld(bytes) {
  const log = [];
  for (let at = 0; at < bytes.length; ) {
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      length += (bytes[at] & 127) * 2 ** shift;
      more = bytes[at++] > 127;
    }
    const data = bytes.subarray(at, (at += length));
    const envelope = fromBinary(pb.EnvelopeSchema, data);
    log.push({ position: log.length + 1, kind: envelope.kind, iteration: Number(envelope.iteration), bytes: data, envelope });
  }
  const description = log.findLast((frame) => frame.kind === pb.Kind.DESCRIPTION).envelope;
  const { name, layers } = fromBinary(pb.DescriptionSchema, description.payload);
  const last = log.at(-1);
  return { run: description.run, name, layers, log, iteration: last.iteration, time: Number(last.envelope.timeMillis), incarnation: description.incarnation, dropped: 0 };
}
if (env.FRAMES) {
  const world = recordedWorld(new Uint8Array(await readFile(env.FRAMES)));
  runs.set(world.run, { world, live: false });
}

const kinds = { numbers: 17, units: 18, picture: 19, description: 16, note: 22, gap: 21 };

function decoded(frame) {
  const envelope = fromBinary(pb.EnvelopeSchema, frame.bytes);
  return { envelope, payload: envelope.payload };
}

function summary(id, { world, live }) {
  const numbers = world.log.filter((f) => f.kind === pb.Kind.NUMBERS);
  const step = Math.max(1, Math.ceil(numbers.length / 100));
  const scoreOf = (frame) => fromBinary(pb.NumbersSchema, decoded(frame).payload);
  const last = numbers.length ? scoreOf(numbers.at(-1)) : null;
  return {
    id, name: world.name, state: live ? "live" : "recorded", startedMillis: Number(world.incarnation), lastMillis: Math.round(world.time),
    iteration: world.iteration, epoch: last?.epoch ?? 0, score: last?.score ?? null, samples: numbers.length,
    pictures: world.log.filter((f) => f.kind === pb.Kind.PICTURE).length, layers: world.layers.length, dropped: world.dropped,
    bytes: world.log.reduce((sum, f) => sum + f.bytes.length, 0), scores: numbers.filter((_, i) => i % step === 0).map((f) => scoreOf(f).score),
  };
}

function delimited(frames) {
  const parts = [];
  for (const { bytes } of frames) {
    const head = [];
    for (let n = bytes.length; ; n = Math.floor(n / 128)) {
      if (n < 128) { head.push(n); break; }
      head.push((n & 127) | 128);
    }
    parts.push(Buffer.from(head), bytes);
  }
  return Buffer.concat(parts);
}

const json = (response, status, body) => {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
};

const signedIn = (request) => (request.headers.cookie ?? "").includes(`${cookie}=yes`);

async function api(request, response, url) {
  if (url.pathname === "/api/v1/session" && request.method === "POST") {
    let body = "";
    for await (const part of request) body += part;
    if (JSON.parse(body).token !== token) return json(response, 401, { error: "token is unknown" });
    response.setHeader("Set-Cookie", `${cookie}=yes; HttpOnly; SameSite=Strict; Path=/`);
    return json(response, 200, { role: "control" });
  }
  if (!signedIn(request)) return json(response, 401, { error: "no session: open the printed link" });
  if (url.pathname === "/api/v1/rules") return json(response, 200, rules);
  const [, id, rest = ""] = /^\/api\/v1\/runs\/?([^/]*)\/?(.*)$/.exec(url.pathname) ?? [];
  if (id === "") return json(response, 200, [...runs].map(([key, run]) => summary(key, run)));
  if (request.method === "POST" && rest === "restore") {
    runs.set(id, trash.get(id));
    return json(response, 200, {});
  }
  const run = runs.get(id);
  if (run === undefined) return json(response, 404, { error: `run is unknown: ${id}` });
  const { world } = run;
  if (request.method === "DELETE") {
    trash.set(id, run);
    runs.delete(id);
    return json(response, 200, {});
  }
  if (rest === "") return json(response, 200, summary(id, run));
  const send = (frames) => {
    response.writeHead(200, { "Content-Type": "application/octet-stream", "Alidade-Position": String(world.log.length) });
    response.end(delimited(frames));
  };
  if (rest === "frames") {
    const of = (name, otherwise) => Number(url.searchParams.get(name) ?? otherwise);
    const all = world.log.filter((f) => f.kind === kinds[url.searchParams.get("kind")]
      && f.iteration >= of("from", 0) && f.iteration <= of("to", Infinity) && (f.worker ?? 0) === of("worker", f.worker ?? 0));
    const most = Number(url.searchParams.get("most") ?? 2000);
    const step = Math.max(1, all.length / most);
    return send(all.length <= most ? all : Array.from({ length: most }, (_, i) => all[Math.min(all.length - 1, Math.round((i + 1) * step) - 1)]));
  }
  const layout = /^layers\/([^/]+)\/layout$/.exec(rest);
  if (layout) {
    const name = decodeURIComponent(layout[1]);
    const at = world.layers.findIndex((l) => l.name === name);
    if (at < 0) return json(response, 404, { error: `unknown layer '${name}'; known: ${world.layers.map((l) => l.name).join(", ")}` });
    await new Promise((done) => setTimeout(done, 250));
    try {
      return json(response, 200, layoutOf(world, at, Object.fromEntries(url.searchParams)));
    } catch (e) {
      return json(response, 400, { error: e.message });
    }
  }
  if (rest === "moment") {
    const at = Number(url.searchParams.get("iteration"));
    const worker = Number(url.searchParams.get("worker") ?? 0);
    const newest = (kind) => world.log.findLast((f) => f.kind === kind && f.iteration <= at && (f.worker ?? 0) === worker);
    return send([16, 17, 18, 19, 23, 25].map(newest).filter(Boolean));
  }
  if (rest === "alerts") {
    const frames = world.log.filter((f) => f.kind === pb.Kind.ALERT);
    return json(response, 200, frames.map((f) => alertJson(fromBinary(pb.AlertSchema, decoded(f).payload))));
  }
  if (rest === "laws") return json(response, 200, laws(world));
  const unit = /^layers\/([^/]+)\/units\/(\d+)$/.exec(rest);
  if (unit) {
    const layer = world.layers.findIndex((l) => l.name === decodeURIComponent(unit[1]));
    const frames = world.log.filter((f) => f.kind === pb.Kind.UNITS);
    const floats = (t) => new Float32Array(t.data.buffer.slice(t.data.byteOffset, t.data.byteOffset + t.data.length));
    const rows = frames
      .map((f) => [f.iteration, fromBinary(pb.UnitsSchema, decoded(f).payload).layers.find((l) => l.layer === layer)])
      .filter(([, l]) => l !== undefined);
    return json(response, 200, {
      iterations: rows.map(([i]) => i), mean: rows.map(([, l]) => floats(l.mean)[unit[2]]),
      nonZero: rows.map(([, l]) => floats(l.nonZero)[unit[2]]), maxAbs: rows.map(([, l]) => floats(l.maxAbs)[unit[2]]),
    });
  }
  return json(response, 404, { error: `no such thing: ${rest}` });
}

let paused = false;
const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (url.pathname.startsWith("/api/")) return api(request, response, url);
  if (url.pathname === "/config.json") return json(response, 200, { version: "0.1.0-dev", title: "Alidade" });
  const path = normalize(url.pathname === "/" ? "index.html" : url.pathname.slice(1));
  try {
    const body = await readFile(join(root, path));
    response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => "alidade.v1" });
server.on("upgrade", (request, socket, head) => {
  const run = runs.get(/^\/live\/([0-9A-Z]{26})$/.exec(request.url ?? "")?.[1] ?? "");
  if (!signedIn(request) || run === undefined) return socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
  sockets.handleUpgrade(request, socket, head, (client) => {
    client.on("message", (data) => {
      const envelope = fromBinary(pb.EnvelopeSchema, new Uint8Array(data));
      const subscribe = fromBinary(pb.SubscribeSchema, envelope.payload);
      client.subscription = { run, pictures: subscribe.pictures, position: Number(subscribe.after) };
      catchUp(client);
    });
  });
});

function catchUp(client) {
  const s = client.subscription;
  const fresh = s.run.world.log.slice(s.position);
  const newest = new Map();
  for (const frame of fresh) {
    if ([pb.Kind.UNITS, pb.Kind.PICTURE, pb.Kind.LAYOUTS, pb.Kind.FEATURES].includes(frame.kind)) newest.set(frame.kind, frame);
    else client.send(frame.bytes);
  }
  if (s.pictures) for (const frame of newest.values()) client.send(frame.bytes);
  s.position = s.run.world.log.length;
  const payload = toBinary(pb.CursorSchema, create(pb.CursorSchema, { position: BigInt(s.position) }));
  client.send(toBinary(pb.EnvelopeSchema, create(pb.EnvelopeSchema, { run: s.run.world.run, kind: pb.Kind.CURSOR, crc32c: crc32c(payload), payload })));
}

setInterval(() => {
  if (paused) return;
  for (const run of runs.values()) {
    if (!run.live) continue;
    run.world.step();
    for (const client of sockets.clients) if (client.subscription?.run === run) catchUp(client);
  }
}, millis);

createServer((request, response) => {
  const done = () => response.writeHead(204).end();
  switch (request.url) {
    case "/stop":
      for (const client of sockets.clients) client.terminate();
      server.close(done);
      server.closeAllConnections();
      return;
    case "/start":
      return server.listen(port, "127.0.0.1", done);
    case "/pause":
    case "/resume":
      paused = request.url === "/pause";
      return done();
    default:
      return response.writeHead(404).end();
  }
}).listen(port + 1, "127.0.0.1");

server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}/#token=${token}`));
