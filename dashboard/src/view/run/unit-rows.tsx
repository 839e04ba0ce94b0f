import { figure, percent } from "../../model/format";
import { groupName } from "../../model/groupings";
import { isPinned, togglePin } from "../../model/pins";
import type { UnitRow } from "../../model/region";
import { go, route } from "../../model/route";
import { DEAD } from "../../wire/messages";
import { useRun } from "../context";

/** Units with their values and what excites them. */
export function UnitRows({ layer, rows }: { layer: number; rows: readonly UnitRow[] }) {
  const run = useRun();
  const info = run.model.info.value;
  const { unit: chosen, pins } = route.value;
  const name = info?.layers[layer]?.name ?? "";
  if (info === null) return null;
  return (
    <table class="unit-rows">
      <thead>
        <tr>
          <th scope="col">unit</th>
          <th scope="col" title="Mean activation in the sample shown">
            mean
          </th>
          <th scope="col" title="Share of its activations that are not zero">
            active
          </th>
          <th scope="col" title="Groups whose profile of this unit is highest">
            excited by
          </th>
          <th scope="col">
            <span class="hidden">pinned</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ unit, mean, nonZero, state, top }) => (
          <tr key={unit} class={unit === chosen ? "chosen" : ""} data-testid="unit-row" data-unit={unit}>
            <td>
              <button type="button" class="link" onClick={() => go({ layer: name, unit })}>
                {unit}
              </button>
            </td>
            <td>{figure(mean)}</td>
            <td>{percent(nonZero)}</td>
            <td class="excites">
              {state === DEAD ? (
                <span class="warning">dead</span>
              ) : top.length === 0 ? (
                "–"
              ) : (
                top.map(({ group, value }, i) => (
                  <span key={group} class={i === 0 ? "" : "faint"} title={`${groupName(info, group)}: +${figure(value)}`}>
                    {groupName(info, group)}
                  </span>
                ))
              )}
            </td>
            <td>
              <PinButton layer={layer} unit={unit} isPinned={isPinned(pins, layer, unit)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function PinButton({ layer, unit, isPinned: pinned }: { layer: number; unit: number; isPinned: boolean }) {
  return (
    <button
      type="button"
      class={`plain pin ${pinned ? "on" : ""}`}
      aria-pressed={pinned}
      title={pinned ? `Let unit ${unit} go (P)` : `Pin unit ${unit}: it stays marked and leaves a trail (P)`}
      onClick={() => go({ pins: togglePin(route.peek().pins, layer, unit) })}
      data-testid="pin"
    >
      <svg viewBox="0 0 14 14" width="13" height="13" aria-hidden="true">
        <path d="M5 1.5h4M5.6 1.5v4L4 8h6L8.4 5.5v-4M7 8v4.5" />
      </svg>
      <span class="hidden">{pinned ? `unpin unit ${unit}` : `pin unit ${unit}`}</span>
    </button>
  );
}
