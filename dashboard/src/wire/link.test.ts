import { create, toBinary } from "@bufbuild/protobuf";
import { beforeEach, expect, test } from "vitest";
import { crc32c } from "./crc32c";
import { decodeEnvelope } from "./decode";
import * as pb from "./gen/alidade/v1/alidade_pb";
import { fromBinary } from "@bufbuild/protobuf";
import { RunLink, type World } from "./link";
import type { FromWorker } from "./messages";

const RUN = "01JD4Q5ZC0G8J6K2M4N6P8R0T2";

/** A server with a log, as the contract has it; the test breaks and mends it. */
class FakeServer implements World {
  readonly log: Uint8Array<ArrayBuffer>[] = [];
  readonly posted: FromWorker[] = [];
  readonly sockets: FakeSocket[] = [];
  readonly timers: { task: () => void; millis: number }[] = [];
  isUp = true;
  status = 200;

  constructor() {
    this.add(pb.Kind.DESCRIPTION, 1, 0, toBinary(pb.DescriptionSchema, create(pb.DescriptionSchema, {
      name: "test",
      layers: [{ name: "a", units: 2 }, { name: "b", units: 2 }],
      quantities: [{ id: "mean", scope: pb.Scope.LAYER }],
    })));
  }

  sample(seq: number, worker = 0): void {
    const numbers = create(pb.NumbersSchema, { score: 1 / seq, layers: [{ layer: 0, values: [seq] }] });
    this.add(pb.Kind.NUMBERS, seq, seq * 10, toBinary(pb.NumbersSchema, numbers), worker);
  }

  picture(seq: number, layer: number): void {
    const picture = create(pb.PictureSchema, { layers: [{ layer, tick: BigInt(seq) }] });
    this.add(pb.Kind.PICTURE, seq, seq * 10, toBinary(pb.PictureSchema, picture));
  }

  add(kind: pb.Kind, seq: number, iteration: number, payload: Uint8Array, worker = 0): void {
    this.log.push(envelope(kind, seq, iteration, payload, worker));
  }

  fetch(path: string): Promise<Response> {
    if (!this.isUp) return Promise.reject(new TypeError("connection refused"));
    if (this.status !== 200) return Promise.resolve(new Response("{}", { status: this.status }));
    const kind = { description: 16, numbers: 17, note: 22, gap: 21 }[/kind=(\w+)/.exec(path)?.[1] ?? ""];
    const until = Number(/iteration=(\d+)/.exec(path)?.[1]);
    const wanted = path.includes("moment")
      ? [pb.Kind.DESCRIPTION, pb.Kind.NUMBERS, pb.Kind.PICTURE].flatMap((k) =>
          this.log.filter((f) => kindOf(f) === k && iterationOf(f) <= until).slice(-1),
        )
      : this.log.filter((frame) => kindOf(frame) === kind);
    const parts = wanted.flatMap((f) => [varint(f.length), f]);
    const headers = { "Alidade-Position": String(this.log.length) };
    return Promise.resolve(new Response(new Blob(parts), { headers }));
  }

  socket(): WebSocket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket as unknown as WebSocket;
  }

  post(message: FromWorker): void {
    this.posted.push(structuredClone(message));
  }

  later(task: () => void, millis: number): () => void {
    const timer = { task, millis };
    this.timers.push(timer);
    return () => this.timers.splice(this.timers.indexOf(timer), 1);
  }

  random(): number {
    return 0.5;
  }

  /** Runs what is due, once. */
  elapse(): void {
    for (const timer of this.timers.splice(0)) timer.task();
  }

  /** Sends all after the position that the page asked for, as far as `upTo`, and perhaps a cursor. */
  deliver(upTo = this.log.length, withCursor = true): void {
    const socket = this.sockets.at(-1) as FakeSocket;
    for (const frame of this.log.slice(socket.after(), upTo)) socket.receive(frame);
    if (withCursor) socket.receive(cursor(upTo));
  }

  get iterations(): number[] {
    return this.posted.flatMap((m) => (m.type === "numbers" ? [...m.batch.iteration] : []));
  }

  get states(): string[] {
    return this.posted.flatMap((m) => (m.type === "link" ? [m.state] : []));
  }
}

class FakeSocket {
  binaryType = "";
  readyState = 0;
  sent: Uint8Array[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }

  close(): void {
    this.readyState = 3;
    this.onclose?.();
  }

  receive(bytes: Uint8Array): void {
    this.onmessage?.({ data: Uint8Array.from(bytes).buffer });
  }

  subscription(): pb.Subscribe {
    return fromBinary(pb.SubscribeSchema, decodeEnvelope(this.sent.at(-1) as Uint8Array).payload);
  }

  after(): number {
    return Number(this.subscription().after);
  }
}

function envelope(kind: pb.Kind, seq: number, iteration: number, payload: Uint8Array, worker = 0): Uint8Array<ArrayBuffer> {
  const made = create(pb.EnvelopeSchema, {
    run: RUN, worker, incarnation: 7n, seq: BigInt(seq), kind, iteration: BigInt(iteration), crc32c: crc32c(payload), payload,
  });
  return Uint8Array.from(toBinary(pb.EnvelopeSchema, made));
}

function cursor(position: number): Uint8Array {
  return envelope(pb.Kind.CURSOR, 0, 0, toBinary(pb.CursorSchema, create(pb.CursorSchema, { position: BigInt(position) })));
}

const iterationOf = (bytes: Uint8Array) => Number(fromBinary(pb.EnvelopeSchema, bytes).iteration);
const kindOf = (bytes: Uint8Array) => fromBinary(pb.EnvelopeSchema, bytes).kind;

function varint(n: number): Uint8Array<ArrayBuffer> {
  return n < 128 ? Uint8Array.of(n) : Uint8Array.of((n & 127) | 128, n >> 7);
}

let server: FakeServer;
let link: RunLink;

beforeEach(() => {
  server = new FakeServer();
  for (let seq = 1; seq <= 3; seq++) server.sample(seq);
  link = new RunLink(RUN, server, true);
});

async function opened(): Promise<FakeSocket> {
  await link.open();
  const socket = server.sockets.at(-1) as FakeSocket;
  socket.open();
  return socket;
}

test("history comes first, then the socket from exactly there", async () => {
  const socket = await opened();
  expect(server.iterations).toEqual([10, 20, 30]);
  expect(socket.after()).toBe(4);
  server.sample(4);
  server.deliver();
  server.elapse();
  expect(server.iterations).toEqual([10, 20, 30, 40]);
  expect(server.states).toEqual(["connecting", "open"]);
});

test("after a break it goes on from the last cursor, without gaps or repeats", async () => {
  const socket = await opened();
  server.sample(4);
  server.deliver();
  server.sample(5);
  server.deliver(server.log.length, false); // arrived, but the break came before its cursor
  socket.close();
  server.sample(6);
  server.elapse();
  const again = server.sockets.at(-1) as FakeSocket;
  expect(again).not.toBe(socket);
  again.open();
  expect(again.after()).toBe(5);
  server.deliver();
  server.elapse();
  expect(server.iterations).toEqual([10, 20, 30, 40, 50, 60]);
  expect(server.states).toEqual(["connecting", "open", "reconnecting", "open"]);
});

test("waiting between tries grows and is bounded", async () => {
  server.isUp = false;
  await link.open();
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    waits.push(server.timers.at(-1)?.millis ?? NaN);
    server.elapse();
    await new Promise((done) => setImmediate(done));
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 10000, 10000, 10000]);
  server.isUp = true;
  server.elapse();
  await new Promise((done) => setImmediate(done));
  await new Promise((done) => setImmediate(done));
  expect(server.iterations).toEqual([10, 20, 30]);
});

test("an ended session and an unknown run are told apart from a silent server", async () => {
  server.status = 401;
  await link.open();
  expect(server.states.at(-1)).toBe("unauthorised");
  server.status = 404;
  await link.open();
  expect(server.states.at(-1)).toBe("missing");
  expect(server.timers).toEqual([]);
});

test("a hidden page asks for events only, from where it is", async () => {
  const socket = await opened();
  link.setPictures(false);
  expect(socket.subscription()).toMatchObject({ after: 4n, pictures: false });
  link.setPictures(false);
  expect(socket.sent.length).toBe(2);
});

test("one bad frame is counted and the next good one is shown", async () => {
  const socket = await opened();
  const bad = Uint8Array.from(server.log[3] as Uint8Array);
  bad[bad.length - 1] = (bad[bad.length - 1] as number) ^ 0xff;
  socket.receive(bad);
  server.sample(4);
  server.deliver();
  server.elapse();
  expect(server.iterations).toEqual([10, 20, 30, 40]);
  const counted = server.posted.filter((m) => m.type === "malformed");
  expect(counted).toMatchObject([{ count: 1, reason: expect.stringContaining("CRC-32C") as string }]);
});

test("only one worker's samples share the time axis", async () => {
  await opened();
  server.sample(9, 1);
  server.sample(4, 0);
  server.deliver();
  server.elapse();
  expect(server.iterations).toEqual([10, 20, 30, 40]);
});

test("another worker is shown when it is asked for, and all are told", async () => {
  const description = create(pb.DescriptionSchema, { name: "test", layers: [{ name: "a" }], quantities: [{ id: "mean", scope: pb.Scope.LAYER }] });
  server.add(pb.Kind.DESCRIPTION, 1, 0, toBinary(pb.DescriptionSchema, description), 1);
  server.sample(9, 1);
  link = new RunLink(RUN, server, true, 1);
  await link.open();
  expect(server.iterations).toEqual([90]);
  const told = server.posted.filter((m) => m.type === "workers");
  expect(told.at(-1)).toEqual({ type: "workers", workers: [0, 1], shown: 1 });
});

test("alerts of the server are told once each, and the server is no worker to look at", async () => {
  await opened();
  const alert = create(pb.AlertSchema, { id: "exploding/a/20", rule: "exploding", state: pb.AlertState.FIRING, layer: 0 });
  server.add(pb.Kind.ALERT, 1, 20, toBinary(pb.AlertSchema, alert), 2147483647);
  server.deliver(server.log.length, false);
  server.deliver();
  const told = server.posted.filter((m) => m.type === "alert");
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ alert: { id: "exploding/a/20", state: "firing", severity: "warning", layer: 0 } });
  expect(server.posted.filter((m) => m.type === "workers").at(-1)).toMatchObject({ workers: [0] });
});

test("a closer look and histograms are answered, and a server that is away is said", async () => {
  await opened();
  await link.detail(3, 10, 20);
  expect(server.posted.at(-1)).toMatchObject({ type: "detail", request: 3, batch: { count: 3 } });
  await link.histograms(4, 0, 10, 20, 40);
  expect(server.posted.at(-1)).toEqual({ type: "histograms", request: 4, rows: [] });
  server.isUp = false;
  await link.detail(5, 10, 20);
  expect(server.posted.at(-1)).toEqual({ type: "detail", request: 5, batch: null });
});

test("a moment is asked for and answered by its number", async () => {
  await opened();
  await link.moment(5, 20);
  const answer = server.posted.at(-1);
  expect(answer).toMatchObject({ type: "moment", request: 5, moment: { asked: 20 } });
  server.isUp = false;
  await link.moment(6, 10);
  expect(server.posted.at(-1)).toMatchObject({ type: "moment", request: 6, moment: null });
});

test("a moment gathers from older samples the layers that its own left out, and no newer ones", async () => {
  server.picture(1, 1);
  server.picture(2, 0);
  server.picture(3, 0);
  await opened();
  const shown = server.posted.flatMap((m) => (m.type === "picture" ? m.picture.layers : []));
  expect(shown.map((l) => [l.layer, l.iteration])).toEqual([[0, 30], [1, 10]]);
  await link.moment(1, 25);
  const answer = server.posted.at(-1);
  expect(answer).toMatchObject({ moment: { picture: { iteration: 20, layers: [{ layer: 0, iteration: 20 }, { layer: 1, iteration: 10 }] } } });
});
