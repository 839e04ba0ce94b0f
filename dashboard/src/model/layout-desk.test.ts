import { expect, test } from "vitest";
import { ALIVE, DEAD, type LayerLayoutData, type LayerMap } from "../wire/messages";
import { formatChoices, methodText, parseChoices, splitMethod, type LayoutChoice } from "./layout-choice";
import { arranged, LayoutDesk, type LayoutAnswer } from "./layout-desk";

const UMAP: LayoutChoice = { method: "umap", distance: "cosine", basis: "observations" };
const PCA: LayoutChoice = { ...UMAP, method: "pca+pso" };
const answer = (choice: LayoutChoice, iteration = 100): LayoutAnswer => ({
  ...choice, iteration, seconds: 0.5, positions: [0, 0, 1, 0, 0, 1, 1, 1.01], dead: [3],
  quality: { trustworthiness: 0.9, continuity: 0.9, kept: 0.5 },
});
const published = (choice: LayoutChoice, iteration: number): LayerLayoutData => ({
  ...choice, layer: 0, iteration, seconds: 1, positions: new Float32Array(8), states: new Uint8Array(4), triangles: new Uint32Array(0), quality: null,
});

/** A server that answers when it is told to. */
function slowServer() {
  const asked: { choice: LayoutChoice; at: number | null; abort: AbortSignal; answer: (a: LayoutAnswer) => void; refuse: (e: Error) => void }[] = [];
  const desk = new LayoutDesk(
    (_, choice, at, abort) => new Promise((done, failed) => asked.push({ choice, at, abort, answer: done, refuse: failed })),
  );
  return { asked, desk, of: (layer: number) => desk.arrangements.value.get(layer), settled: () => new Promise((done) => setTimeout(done)) };
}

test("a choice is asked for once, and its answer is laid out with the dead on their own", async () => {
  const { asked, desk, of, settled } = slowServer();
  desk.arrange(new Map([[0, UMAP]]), [], 40);
  desk.arrange(new Map([[0, UMAP]]), [], 40);
  expect(asked.map((a) => [a.choice.method, a.at])).toEqual([["umap", 40]]);
  expect(of(0)).toMatchObject({ isAsking: true, layout: null });
  asked[0]?.answer(answer(UMAP));
  await settled();
  expect(of(0)).toMatchObject({ isAsking: false, error: null, layout: { method: "umap", iteration: 100, seconds: 0.5 } });
  expect([...(of(0)?.layout?.states ?? [])]).toEqual([ALIVE, ALIVE, ALIVE, DEAD]);
  expect([...(of(0)?.layout?.triangles ?? [])].sort()).toEqual([0, 1, 2]);
});

test("what the agent publishes is used instead of asking, and its newest wins", () => {
  const { asked, desk, of } = slowServer();
  desk.arrange(new Map([[0, UMAP]]), [published(UMAP, 50)], null);
  expect(asked.length).toBe(0);
  expect(of(0)?.layout?.iteration).toBe(50);
  desk.arrange(new Map([[0, UMAP]]), [published(UMAP, 90)], null);
  expect(of(0)?.layout?.iteration).toBe(90);
  desk.arrange(new Map([[0, UMAP]]), [published(UMAP, 70)], null);
  expect(of(0)?.layout?.iteration).toBe(90);
});

test("another choice gives up the first, whose late answer changes nothing", async () => {
  const { asked, desk, of, settled } = slowServer();
  desk.arrange(new Map([[0, UMAP]]), [], null);
  desk.arrange(new Map([[0, PCA]]), [], null);
  expect(asked[0]?.abort.aborted).toBe(true);
  asked[0]?.answer(answer(UMAP));
  await settled();
  expect(of(0)).toMatchObject({ choice: PCA, isAsking: true, layout: null });
  desk.arrange(new Map(), [], null);
  expect(asked[1]?.abort.aborted).toBe(true);
  expect(of(0)).toBeUndefined();
});

test("the server's own words are kept, and nothing is asked again until somebody wants it", async () => {
  const { asked, desk, of, settled } = slowServer();
  desk.arrange(new Map([[0, UMAP]]), [], null);
  asked[0]?.refuse(new Error("no observations are stored; known: …"));
  await settled();
  expect(of(0)).toMatchObject({ isAsking: false, error: "no observations are stored; known: …" });
  desk.arrange(new Map([[0, UMAP]]), [], null);
  expect(asked.length).toBe(1);
  desk.refresh(0, 70);
  expect(asked[1]?.at).toBe(70);
  asked[1]?.answer(answer(UMAP, 70));
  await settled();
  expect(of(0)).toMatchObject({ error: null, layout: { iteration: 70 } });
});

test("an answer that is none is said to be none", async () => {
  const { asked, desk, of, settled } = slowServer();
  desk.arrange(new Map([[0, UMAP]]), [], null);
  asked[0]?.answer({ ...answer(UMAP), positions: [0, NaN] });
  await settled();
  expect(of(0)?.error).toMatch(/positions must be finite pairs: 2/);
});

test("a rearranged map keeps values and states, and takes places and triangles", () => {
  const map = { positions: new Float32Array(8), states: Uint8Array.of(0, 1, 0, 2), values: Float32Array.of(1, 2, 3, 4), layout: "live", triangles: Uint32Array.of(0, 1, 2) } as unknown as LayerMap;
  const layout = { ...published(UMAP, 5), positions: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
  expect(arranged(map, layout)).toMatchObject({ layout: "umap", positions: layout.positions, states: map.states, values: map.values });
  expect(arranged(map, null)).toBe(map);
  expect(arranged(map, { ...layout, positions: new Float32Array(2) })).toBe(map);
});

test("choices survive their link, and what is none is left out", () => {
  const choices = new Map([[0, UMAP], [12, PCA]]);
  expect(parseChoices(formatChoices(choices))).toEqual(choices);
  expect(parseChoices("x:umap:cosine:observations,3:<b>:cosine:observations,4:umap").size).toBe(0);
  expect(parseChoices(null).size).toBe(0);
});

test("methods have names that people know", () => {
  expect(methodText("tsne")).toBe("t-SNE");
  expect(methodText("graph+pso")).toBe("co-activation graph + PSO");
  expect(methodText("new-one")).toBe("new-one");
  expect(splitMethod("pso")).toEqual({ base: "pso", isSpread: false });
});
