import { colourMap, cssColour } from "../../colour/maps";
import { groupName, membersOf, minusOf, plusOf, subtracted } from "../../model/groupings";
import { go, route, type Field } from "../../model/route";
import { theme } from "../../model/theme";
import { useRun } from "../context";
import { GroupingSelect } from "./minis";

const MOST_CHIPS = 24;

/** What the maps show: activity, one group's profile, or the difference of two. */
export function FieldBar() {
  const run = useRun();
  const info = run.model.info.value;
  const { field } = route.value;
  const grouping = run.grouping.value;
  const members = membersOf(grouping);
  const plus = plusOf(field);
  const minus = minusOf(field);
  if (info === null) return null;
  return (
    <div class="field-bar" role="toolbar" aria-label="What the maps show">
      <button
        type="button"
        class={`chip ${field.kind === "activity" ? "chosen" : ""}`}
        aria-pressed={field.kind === "activity"}
        title="Mean activation of every unit in this sample (A)"
        onClick={() => go({ field: { kind: "activity" } })}
        data-testid="field-activity"
      >
        activity
      </button>
      {members.length > 0 && <GroupingSelect />}
      {members.slice(0, MOST_CHIPS).map((group) => (
        <button
          key={group}
          type="button"
          class={`chip ${group === plus ? "chosen" : ""} ${group === minus ? "minus" : ""}`}
          aria-pressed={group === plus}
          title={`Profile of ${groupName(info, group)}: mean over its examples minus the mean over groups. Shift-click to subtract it`}
          onClick={(event) => go({ field: event.shiftKey ? subtracted(field, group) : { kind: "group", group } })}
          onPointerEnter={() => (run.hoveredGroup.value = group)}
          onPointerLeave={() => (run.hoveredGroup.value = -1)}
          data-testid="field-group"
        >
          {group === minus ? `− ${groupName(info, group)}` : groupName(info, group)}
        </button>
      ))}
      {members.length > MOST_CHIPS && (
        <GroupChoice
          members={members}
          value={plus}
          label={`Choose a ${grouping.name}`}
          none={`${grouping.name}…`}
          prefix=""
          pick={(group) => go({ field: group < 0 ? { kind: "activity" } : { kind: "group", group } })}
        />
      )}
      {members.length > 1 && plus >= 0 && (
        <GroupChoice
          members={members.filter((group) => group !== plus)}
          value={minus}
          label={`Compare with another ${grouping.name}`}
          none={`− ${grouping.name}…`}
          prefix="− "
          pick={(group) => go({ field: group < 0 ? { kind: "group", group: plus } : { kind: "contrast", plus, minus: group } })}
        />
      )}
      <span class="grow" />
      <Highlight plus={plus} />
      <Align />
      {run.layer.value < 0 && <Legend field={field} />}
    </div>
  );
}

function GroupChoice(props: {
  members: readonly number[];
  value: number;
  label: string;
  none: string;
  prefix: string;
  pick: (group: number) => void;
}) {
  const run = useRun();
  const info = run.model.info.value;
  if (info === null) return null;
  return (
    <label class="contrast">
      <span class="hidden">{props.label}</span>
      <select
        value={props.value}
        title={props.label}
        onChange={(event) => props.pick(Number(event.currentTarget.value))}
        data-testid={props.prefix === "" ? "group-choice" : "contrast"}
      >
        <option value={-1}>{props.none}</option>
        {props.members.map((group) => (
          <option key={group} value={group}>
            {props.prefix}
            {groupName(info, group)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Keeps the units of one group marked in every layer. */
function Highlight({ plus }: { plus: number }) {
  const run = useRun();
  const info = run.model.info.value;
  const { highlight } = route.value;
  const group = highlight ?? plus;
  if (info === null || group < 0) return null;
  const name = groupName(info, group);
  return (
    <button
      type="button"
      class={`chip ${highlight !== null ? "chosen" : ""}`}
      aria-pressed={highlight !== null}
      title={highlight !== null ? `Stop marking the units of ${name} (H)` : `Mark the units that answer to ${name}, in every layer (H)`}
      onClick={() => go({ highlight: highlight !== null ? null : group })}
      data-testid="highlight"
    >
      mark {name}
    </button>
  );
}

function Align() {
  const run = useRun();
  const { align } = route.value;
  const layers = run.model.shown.value.picture?.layers ?? [];
  const canAlign = layers.some((map) => map.pose.length === 4);
  if (!canAlign && !align) return null;
  return (
    <button
      type="button"
      class={`chip ${align ? "chosen" : ""}`}
      aria-pressed={align}
      title="Turn every layer's map so that its groups lie as in the layer before (G)"
      onClick={() => go({ align: !align })}
      data-testid="align"
    >
      align layers
    </button>
  );
}

/** The colour scale; ranges differ between layers, so it names shares of each layer's own range. */
function Legend({ field }: { field: Field }) {
  const run = useRun();
  run.pulse.value;
  const layers = run.model.info.value?.layers ?? [];
  const signed = field.kind !== "activity";
  const hasSigned = layers.some((_, layer) => run.isSigned(layer, field));
  const hasPlain = layers.some((_, layer) => !run.isSigned(layer, field));
  return (
    <span class="legend" title={`${signed ? "Blue below, orange above the mean of groups. " : ""}Each layer has its own range, held over time. Zero is the background.`}>
      {signed ? (
        <>
          <span>−</span>
          <Scale signed />
          <span>+</span>
        </>
      ) : (
        <>
          {hasPlain && (
            <>
              <span>0</span>
              <Scale signed={false} />
              <span>max</span>
            </>
          )}
          {hasSigned && (
            <>
              <span>−max</span>
              <Scale signed />
              <span>max</span>
            </>
          )}
        </>
      )}
    </span>
  );
}

export function Scale({ signed }: { signed: boolean }) {
  const map = colourMap(theme.value, signed);
  const steps = Array.from({ length: 17 }, (_, i) => cssColour(map, signed ? i / 8 - 1 : i / 16, signed));
  return <span class="scale" style={{ background: `linear-gradient(90deg, ${steps.join(", ")})` }} aria-hidden="true" />;
}
