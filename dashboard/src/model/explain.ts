import type { GroupingInfo, LayerInfo } from "../wire/messages";
import { integer } from "./format";
import { groupName, groupingOf } from "./groupings";
import { methodText, type LayoutChoice } from "./layout-choice";
import type { Field } from "./route";
import { FEWEST_FOR_SURFACE } from "../wire/mesh";

interface Names {
  readonly groups: readonly string[];
  readonly groupings: readonly GroupingInfo[];
}

/** What the map in focus shows, in sentences for someone who has never seen one. */
export function explain(
  layer: LayerInfo,
  info: Names,
  field: Field,
  isSigned: boolean,
  choice: LayoutChoice | null,
): readonly (readonly [string, string])[] {
  const unit = kindOfUnit(layer);
  const plural = `${unit}s`;
  return [
    ["a dot", `one ${unit} of ${layer.name}; there are ${integer(layer.units)}.`],
    ["nearness", nearness(plural, choice)],
    ["colour", colour(unit, info, field, isSigned)],
    layer.units < FEWEST_FOR_SURFACE
      ? ["no surface", `fewer than ${FEWEST_FOR_SURFACE} ${plural} are drawn as discs.`]
      : ["lines", `join equal values, like heights on a hiking map. Beyond the outermost ${plural} nothing is drawn.`],
    ["hollow ring", `a dead ${unit}: it no longer answers to anything, and is parked on the rim.`],
    ["a spreading ring", `a ${unit} that has just come alive; a closing one has just died.`],
  ];
}

function kindOfUnit(layer: LayerInfo): string {
  if (/attention|lstm|gru|recurrent|embedding/i.test(layer.type)) return "feature";
  return layer.shape.length >= 2 ? "channel" : "unit";
}

function nearness(plural: string, choice: LayoutChoice | null): string {
  if (choice === null) return `${plural} that are active on the same examples lie together. Left, right, up and down mean nothing.`;
  const alike = choice.basis === "profiles" ? "whose group profiles are alike" : "that are active on the same examples";
  return `${methodText(choice.method)} put ${plural} ${alike} together (${choice.distance} distance).`;
}

function colour(unit: string, info: Names, field: Field, isSigned: boolean): string {
  const name = (group: number) => `${groupingOf(info, group)?.name ?? "group"} ${groupName(info, group)}`;
  switch (field.kind) {
    case "activity":
      return isSigned
        ? `the ${unit}'s mean activation in this sample: orange above zero, blue below.`
        : `the ${unit}'s mean activation in this sample, from none (background) to strong.`;
    case "group":
      return `orange where the ${unit} answers more to ${name(field.group)} than to groups on average, blue where less.`;
    case "contrast":
      return `orange where the ${unit} answers more to ${name(field.plus)} than to ${name(field.minus)}, blue where less.`;
  }
}
