import type { GroupingInfo, LayerMap } from "../wire/messages";
import type { Field } from "./route";

interface Grouped {
  readonly groups: readonly string[];
  readonly groupings: readonly GroupingInfo[];
}

export const NO_GROUPING: GroupingInfo = { name: "class", first: 0, count: 0 };

/** The grouping that a group belongs to. */
export function groupingOf(info: Grouped, group: number): GroupingInfo | null {
  return info.groupings.find(({ first, count }) => group >= first && group < first + count) ?? null;
}

/** The grouping in use: that of the field, else the one asked for by name, else the first. */
export function currentGrouping(info: Grouped, field: Field, asked: string | null): GroupingInfo {
  const group = field.kind === "group" ? field.group : field.kind === "contrast" ? field.plus : -1;
  return (
    groupingOf(info, group) ?? info.groupings.find(({ name }) => name === asked) ?? info.groupings[0] ?? NO_GROUPING
  );
}

export function membersOf(grouping: GroupingInfo): number[] {
  return Array.from({ length: grouping.count }, (_, i) => grouping.first + i);
}

export function groupName(info: Grouped, group: number): string {
  return info.groups[group] ?? String(group);
}

/** "class 7 − class 1", "prediction wrong"; what the maps show, in words. */
export function fieldText(field: Field, info: Grouped): string {
  const name = (group: number) => `${groupingOf(info, group)?.name ?? "group"} ${groupName(info, group)}`;
  switch (field.kind) {
    case "activity":
      return "activity";
    case "group":
      return name(field.group);
    case "contrast":
      return groupingOf(info, field.plus) === groupingOf(info, field.minus)
        ? `${name(field.plus)} − ${groupName(info, field.minus)}`
        : `${name(field.plus)} − ${name(field.minus)}`;
  }
}

export function plusOf(field: Field): number {
  return field.kind === "group" ? field.group : field.kind === "contrast" ? field.plus : -1;
}

export function minusOf(field: Field): number {
  return field.kind === "contrast" ? field.minus : -1;
}

/** A click on a group shows it, another click on it goes back to the activity. */
export function picked(field: Field, group: number): Field {
  return field.kind === "group" && field.group === group ? { kind: "activity" } : { kind: "group", group };
}

/** Subtracts a group from the one that is shown; from the activity nothing can be subtracted. */
export function subtracted(field: Field, group: number): Field {
  const plus = plusOf(field);
  if (plus < 0 || plus === group) return { kind: "group", group };
  if (field.kind === "contrast" && field.minus === group) return { kind: "group", group: plus };
  return { kind: "contrast", plus, minus: group };
}

export interface Excitement {
  readonly group: number;
  readonly value: number;
}

/** The groups that a unit, or the mean of several, answers to most, strongest first. */
export function topGroups(map: LayerMap, units: ArrayLike<number>, grouping: GroupingInfo, most: number): Excitement[] {
  const found: Excitement[] = [];
  for (const group of membersOf(grouping)) {
    if (group >= map.groups) break;
    const value = meanProfile(map, units, group);
    if (value > 0) found.push({ group, value });
  }
  return found.sort((a, b) => b.value - a.value || a.group - b.group).slice(0, most);
}

/** Mean profile of some units for one group. */
export function meanProfile(map: LayerMap, units: ArrayLike<number>, group: number): number {
  let sum = 0;
  for (let i = 0; i < units.length; i++) sum += map.profiles[group * map.units + (units[i] as number)] ?? 0;
  return units.length > 0 ? sum / units.length : NaN;
}
