import { beforeEach, expect, test } from "vitest";
import type { Moment, NumbersBatch, PictureData, RunInfo, ToWorker } from "../wire/messages";
import { RunModel } from "./run";

let sent: ToWorker[];
let run: RunModel;

const INFO: RunInfo = {
  name: "r", framework: "", backend: "", model: "", agentVersion: "", every: 1, startedMillis: 0, groups: [], groupings: [], settings: {},
  layers: [{ name: "a", type: "", units: 2, activation: "", shape: [], inputs: [], output: false, postDropout: false, network: "" }],
  layerQuantities: [{ id: "mean", name: "Mean", unit: "", meaning: "", source: "", low: NaN, high: NaN, group: "" }],
  runQuantities: [], parameters: [], parameterQuantities: [],
};

function numbers(...iterations: number[]): NumbersBatch {
  const column = (f: (i: number) => number) => Float64Array.from(iterations, f);
  return {
    count: iterations.length, layers: 1, quantities: 1, runQuantities: 0,
    iteration: column((i) => i), timeMillis: column((i) => i * 100), epoch: column(() => 1), score: column((i) => 1 / i),
    offered: column((i) => i / 10), dropped: column(() => 0), values: Float32Array.from(iterations), runValues: new Float32Array(0),
    tops: new Float32Array(6 * iterations.length).fill(NaN), parameters: 0, parameterQuantities: 0, parameterValues: new Float32Array(0), parameterDetails: [],
    details: [{ layer: 0, iteration: iterations.at(-1) ?? 0, rows: 1, rowsPresent: 1, histogram: null, top: [] }], droppedByReason: {},
  };
}

const picture = (iteration: number): PictureData => ({ iteration, timeMillis: 0, layers: [] });
const moment = (asked: number, at: number): Moment => ({ asked, numbers: numbers(at), picture: picture(at), units: null, layouts: [], features: [] });

beforeEach(() => {
  sent = [];
  run = new RunModel("01JD4Q5ZC0G8J6K2M4N6P8R0T2", (message) => sent.push(message));
  run.receive({ type: "info", info: INFO });
  run.receive({ type: "numbers", batch: numbers(10, 20, 30, 40), live: false });
  run.receive({ type: "picture", picture: picture(40) });
  run.receive({ type: "loaded", thinned: false });
  run.receive({ type: "link", state: "open", retryMillis: 0 });
});

test("live shows the newest sample and the newest picture", () => {
  expect(run.shown.value).toMatchObject({ iteration: 40, isRecorded: false, picture: { iteration: 40 } });
  run.receive({ type: "numbers", batch: numbers(50), live: true });
  expect(run.shown.value.iteration).toBe(50);
  expect(run.value(0, 0)).toBe(50);
  expect(run.momentLabel.value).toBeNull();
});

test("a recorded moment stays while live goes on, and says what it is", () => {
  run.look(20);
  run.receive({ type: "moment", request: 1, moment: moment(20, 20) });
  run.receive({ type: "numbers", batch: numbers(50), live: true });
  run.receive({ type: "picture", picture: picture(50) });
  expect(run.shown.value).toMatchObject({ iteration: 20, isRecorded: true, picture: { iteration: 20 } });
  expect(run.value(0, 0)).toBe(20);
  expect(run.momentLabel.value).toMatch(/^it 20 · \d\d:\d\d:\d\d, recorded$/);
  run.look(null);
  expect(run.shown.value).toMatchObject({ iteration: 50, isRecorded: false, picture: { iteration: 50 } });
});

test("figures follow the cursor at once, before the server has answered", () => {
  run.look(30);
  expect(run.shown.value.iteration).toBe(30);
  expect(run.value(0, 0)).toBe(30);
});

test("a moment that was thinned out of the timeline is shown exactly", () => {
  run.look(25);
  run.receive({ type: "moment", request: 1, moment: moment(25, 25) });
  expect(run.shown.value.iteration).toBe(25);
  expect(run.value(0, 0)).toBe(25);
});

test("while a moment is under way only the newest wish is kept", () => {
  run.look(10);
  run.look(20);
  run.look(30);
  expect(sent).toEqual([{ type: "moment", request: 1, iteration: 10 }]);
  run.receive({ type: "moment", request: 1, moment: moment(10, 10) });
  expect(sent.at(-1)).toEqual({ type: "moment", request: 2, iteration: 30 });
  run.receive({ type: "moment", request: 2, moment: moment(30, 30) });
  expect(sent.length).toBe(2);
  expect(run.shown.value.picture?.iteration).toBe(30);
});

test("an answer that comes after going live is not shown", () => {
  run.look(10);
  run.look(null);
  run.receive({ type: "moment", request: 1, moment: moment(10, 10) });
  expect(run.shown.value).toMatchObject({ iteration: 40, picture: { iteration: 40 } });
});

test("the state tells recorded, live, stale, ended and broken apart", () => {
  expect(run.state.value).toBe("recorded");
  run.receive({ type: "numbers", batch: numbers(50), live: true });
  expect(run.state.value).toBe("live");
  run.checkLateness(performance.now() + 4_900);
  expect(run.state.value).toBe("live"); // samples are a second apart: five of them is the limit
  run.checkLateness(performance.now() + 5_100);
  expect(run.state.value).toBe("stale");
  run.receive({ type: "link", state: "reconnecting", retryMillis: 500 });
  expect(run.state.value).toBe("reconnecting");
  run.receive({ type: "link", state: "open", retryMillis: 0 });
  run.receive({ type: "numbers", batch: numbers(60), live: true });
  expect(run.state.value).toBe("live");
  run.receive({ type: "ended", reason: "closed" });
  expect(run.state.value).toBe("recorded");
});

test("a layer that a sample leaves out keeps its last map and values, with their age", () => {
  const map = (layer: number, at: number) => ({ layer, iteration: at }) as unknown as PictureData["layers"][number];
  run.receive({ type: "picture", picture: { iteration: 50, timeMillis: 0, layers: [map(0, 50), map(1, 50)] } });
  run.receive({ type: "picture", picture: { iteration: 60, timeMillis: 0, layers: [map(1, 60)] } });
  expect(run.shown.value.picture?.layers.map((l) => [l.layer, l.iteration])).toEqual([[0, 50], [1, 60]]);
  run.receive({ type: "numbers", batch: { ...numbers(60), values: Float32Array.of(NaN) }, live: true });
  expect(run.shown.value.iteration).toBe(60);
  expect(run.value(0, 0)).toBe(40);
  expect(run.timeline.iteration[run.readAt(0)]).toBe(40);
});

test("a closer look reads a thinned part of the run once, with room on both sides", async () => {
  run.lookCloser([20, 30]);
  expect(sent).toEqual([]); // all samples are here
  run.timeline.isThinned = true;
  run.lookCloser([20, 30]);
  run.lookCloser([22, 30]);
  expect(sent).toEqual([{ type: "detail", request: 1, from: 15, to: 35 }]);
  expect(run.samplesOf(20, 30)).toBe(run.timeline);
  run.receive({ type: "detail", request: 1, batch: numbers(15, 20, 25, 30, 35) });
  await Promise.resolve();
  expect(run.samplesOf(20, 30).length).toBe(5);
  expect(run.samplesAt(25).indexAt(25)).toBe(2);
  expect(run.samplesOf(10, 40)).toBe(run.timeline);
  run.lookCloser(null);
  expect(run.samplesOf(20, 30)).toBe(run.timeline);
});

test("a history with fewer samples than the agent made is known to be thinned", () => {
  expect(run.timeline.isThinned).toBe(false);
  run.receive({ type: "numbers", batch: numbers(400), live: false });
  run.receive({ type: "loaded", thinned: false });
  expect(run.timeline.isThinned).toBe(true);
});

test("histograms are answered by their request", async () => {
  const asked = run.histograms(0, 10, 40, 20);
  expect(sent).toEqual([{ type: "histograms", request: 1, layer: 0, from: 10, to: 40, most: 20 }]);
  run.receive({ type: "histograms", request: 1, rows: [] });
  expect(await asked).toEqual([]);
});
