import { expect, test } from "vitest";
import type { AlertData } from "../wire/messages";
import { casesOf, joinedAlerts, parseAlerts, parseRules, ruleName, shortSummary, standing } from "./alerts";

function alert(id: string, change: Partial<AlertData> = {}): AlertData {
  return {
    id,
    rule: "exploding",
    severity: "warning",
    state: "firing",
    cause: "",
    subject: "dense1",
    layer: 0,
    sinceIteration: 10,
    sinceMillis: 1,
    summary: "rms grew",
    top: [],
    ...change,
  };
}

test("the newest change of an alert is how it stands, whatever order the sources answer in", () => {
  const live = joinedAlerts([], [alert("a", { state: "resolved" })]);
  const history = [alert("a", { state: "pending" }), alert("a"), alert("b", { sinceIteration: 5 })];
  expect(joinedAlerts(live, history).map(({ id, state }) => [id, state])).toEqual([
    ["b", "firing"],
    ["a", "resolved"],
  ]);
  expect(joinedAlerts([alert("a")], [alert("a", { summary: "grew further" })])[0]?.summary).toBe("grew further");
});

test("no more alerts are kept than a page can list", () => {
  const many = Array.from({ length: 700 }, (_, i) => alert(`a${i}`, { sinceIteration: i }));
  const kept = joinedAlerts([], many);
  expect(kept).toHaveLength(500);
  expect(kept.at(-1)?.id).toBe("a699");
});

test("followers stand under the first cause, and what fires before what is over", () => {
  const cases = casesOf([
    alert("old", { state: "resolved", severity: "critical", sinceIteration: 90 }),
    alert("cause", { severity: "critical" }),
    alert("next", { cause: "cause" }),
    alert("after", { cause: "next" }),
    alert("lone", { severity: "info", sinceIteration: 80, cause: "unheard-of" }),
    alert("soon", { state: "pending", severity: "critical" }),
  ]);
  expect(cases.map((c) => [c.alert.id, c.followers.map(({ id }) => id)])).toEqual([
    ["cause", ["next", "after"]],
    ["lone", []],
    ["soon", []],
    ["old", []],
  ]);
});

test("causes that go in a circle lose no alert", () => {
  const cases = casesOf([alert("a", { cause: "b" }), alert("b", { cause: "a" }), alert("c", { cause: "c" })]);
  const shown = cases.flatMap((c) => [c.alert.id, ...c.followers.map(({ id }) => id)]);
  expect(shown.sort()).toEqual(["a", "b", "c"]);
});

test("only what fires is counted, and the gravest gives the colour", () => {
  expect(standing([alert("a"), alert("b", { severity: "critical" }), alert("c", { state: "pending" })])).toEqual({
    firing: 2,
    worst: "critical",
  });
  expect(standing([alert("a", { state: "resolved", severity: "critical" })])).toEqual({ firing: 0, worst: "info" });
});

test("the server's JSON becomes alerts and rules; what is none is left out", () => {
  const row = {
    id: "exploding/dense1/40", rule: "exploding", severity: "critical", state: "resolved", cause: "", subject: "dense1",
    layer: null, sinceIteration: 40, sinceMillis: 7, value: "∞", summary: "rms", top: [{ unit: 3, value: null }],
  };
  expect(parseAlerts([row, null, { id: 3 }])).toEqual([
    alert("exploding/dense1/40", {
      severity: "critical", state: "resolved", layer: -1, sinceIteration: 40, sinceMillis: 7, summary: "rms", top: [3],
    }),
  ]);
  expect(parseAlerts({ error: "no" })).toEqual([]);
  const rules = parseRules({ rules: [{ id: "exploding", name: "Exploding activations", try: "clip" }, "x"], defaults: "" });
  expect(rules).toHaveLength(1);
  expect(rules[0]?.advice).toBe("clip");
  expect(ruleName(rules, "exploding")).toBe("Exploding activations");
  expect(ruleName(rules, "own-rule")).toBe("own rule");
});

test("a summary does not repeat what stands beside it", () => {
  const said = "Sparsity jumps in dense1: zero_share = 0.37 (limit 0.4), since iteration 10";
  expect(shortSummary(alert("a", { summary: said }), "Sparsity jumps")).toBe("zero_share = 0.37 (limit 0.4)");
  expect(shortSummary(alert("a", { summary: said }), "Other name")).toBe("Sparsity jumps in dense1: zero_share = 0.37 (limit 0.4)");
  expect(shortSummary(alert("a", { subject: "", summary: "Loss diverges: score = 3" }), "Loss diverges")).toBe("score = 3");
});
