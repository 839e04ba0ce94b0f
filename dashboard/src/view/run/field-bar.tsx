import { colourMap, cssColour } from "../../colour/maps";
import { go, route, type Field } from "../../model/route";
import { theme } from "../../model/theme";
import { useRun } from "../context";

const MOST_CHIPS = 24;

/** What the maps show: activity, one class's profile, or the difference of two. */
export function FieldBar() {
  const run = useRun();
  const groups = run.model.info.value?.groups ?? [];
  const { field } = route.value;
  const chosen = field.kind === "group" ? field.group : field.kind === "contrast" ? field.plus : -1;
  const minus = field.kind === "contrast" ? field.minus : -1;
  const pick = (group: number, event: MouseEvent) => {
    if (event.shiftKey && chosen >= 0 && chosen !== group) {
      go({ field: { kind: "contrast", plus: chosen, minus: group } });
    } else go({ field: { kind: "group", group } });
  };
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
      {groups.length > 0 && <span class="faint">class</span>}
      {groups.slice(0, MOST_CHIPS).map((name, group) => (
        <button
          key={group}
          type="button"
          class={`chip ${group === chosen ? "chosen" : ""} ${group === minus ? "minus" : ""}`}
          aria-pressed={group === chosen}
          title={`Profile of ${name}: mean over its examples minus the mean over classes. Shift-click to subtract it`}
          onClick={(event) => pick(group, event)}
          data-testid="field-group"
        >
          {group === minus ? `− ${name}` : name}
        </button>
      ))}
      {groups.length > 1 && (
        <label class="contrast">
          <span class="hidden">Compare with class</span>
          <select
            value={minus}
            disabled={chosen < 0}
            title="Contrast: subtract another class"
            onChange={(event) => go({ field: contrastOf(chosen, Number(event.currentTarget.value)) })}
            data-testid="contrast"
          >
            <option value={-1}>− class…</option>
            {groups.map((name, group) => (
              <option key={group} value={group} disabled={group === chosen}>
                − {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <span class="grow" />
      <Legend field={field} />
    </div>
  );
}

function contrastOf(plus: number, minus: number): Field {
  return minus < 0 ? { kind: "group", group: plus } : { kind: "contrast", plus, minus };
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
    <span class="legend" title="Each layer has its own range, held over time. Zero is the background.">
      {signed ? (
        <>
          <span>below</span>
          <Scale signed />
          <span>above the mean of classes</span>
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
