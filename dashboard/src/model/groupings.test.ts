import { expect, test } from "vitest";
import type { LayerMap } from "../wire/messages";
import { currentGrouping, fieldText, groupingOf, picked, subtracted, topGroups } from "./groupings";

const INFO = {
  groups: ["0", "1", "2", "correct", "wrong"],
  groupings: [
    { name: "class", first: 0, count: 3 },
    { name: "prediction", first: 3, count: 2 },
  ],
};
const [BY_CLASS, BY_PREDICTION] = INFO.groupings as [(typeof INFO.groupings)[0], (typeof INFO.groupings)[0]];

test("every group belongs to one grouping, and a number beyond them to none", () => {
  expect(groupingOf(INFO, 2)).toBe(BY_CLASS);
  expect(groupingOf(INFO, 3)).toBe(BY_PREDICTION);
  expect(groupingOf(INFO, 5)).toBeNull();
});

test("the grouping of the field goes before the one asked for, and that before the first", () => {
  expect(currentGrouping(INFO, { kind: "group", group: 4 }, "class")).toBe(BY_PREDICTION);
  expect(currentGrouping(INFO, { kind: "activity" }, "prediction")).toBe(BY_PREDICTION);
  expect(currentGrouping(INFO, { kind: "activity" }, "no such")).toBe(BY_CLASS);
  expect(currentGrouping({ groups: [], groupings: [] }, { kind: "activity" }, null).count).toBe(0);
});

test("what is shown is said with the name of its grouping", () => {
  expect(fieldText({ kind: "group", group: 4 }, INFO)).toBe("prediction wrong");
  expect(fieldText({ kind: "contrast", plus: 2, minus: 1 }, INFO)).toBe("class 2 − 1");
  expect(fieldText({ kind: "contrast", plus: 2, minus: 4 }, INFO)).toBe("class 2 − prediction wrong");
});

test("two clicks make a contrast, a third takes it back", () => {
  const first = picked({ kind: "activity" }, 2);
  expect(first).toEqual({ kind: "group", group: 2 });
  const second = subtracted(first, 1);
  expect(second).toEqual({ kind: "contrast", plus: 2, minus: 1 });
  expect(subtracted(second, 1)).toEqual(first);
  expect(picked(first, 2)).toEqual({ kind: "activity" });
  expect(subtracted({ kind: "activity" }, 1)).toEqual({ kind: "group", group: 1 });
});

test("the groups that excite a unit are its highest, and none that quietens it", () => {
  const map = { units: 2, groups: 5, profiles: Float32Array.of(-1, 0.5, 3, 0.5, 2, -1, 9, 9, -9, -9) } as unknown as LayerMap;
  expect(topGroups(map, [0], BY_CLASS, 2)).toEqual([
    { group: 1, value: 3 },
    { group: 2, value: 2 },
  ]);
  expect(topGroups(map, [0, 1], BY_CLASS, 3).map((e) => e.group)).toEqual([1, 2]);
  expect(topGroups(map, [0], BY_PREDICTION, 3)).toEqual([{ group: 3, value: 9 }]);
});
