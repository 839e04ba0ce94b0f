import { figure, percent } from "../../model/format";
import type { Field } from "../../model/route";
import { DEAD, NEWBORN } from "../../wire/messages";
import { useRun } from "../context";
import { ProfileBars } from "./profile-bars";

/** What the unit under the pointer is. */
export function UnitTip(props: { layer: number; unit: number; x: number; y: number; field: Field }) {
  const run = useRun();
  const { layer, unit, x, y, field } = props;
  const map = run.map(layer);
  const scene = run.scene(layer);
  if (map === null) return null;
  const statistics = run.model.shown.value.units?.layers.find((l) => l.layer === layer);
  const state = map.states[unit];
  const isRight = x > window.innerWidth - 260;
  const isLow = y > window.innerHeight - 220;
  return (
    <div
      class="tip"
      role="tooltip"
      data-testid="unit-tip"
      data-unit={unit}
      style={{
        left: `${isRight ? x - 16 : x + 16}px`,
        top: `${isLow ? y - 12 : y + 12}px`,
        transform: `translate(${isRight ? "-100%" : "0"}, ${isLow ? "-100%" : "0"})`,
      }}
    >
      <p>
        <b>unit {unit}</b>
        {state === DEAD && <span class="warning"> dead</span>}
        {state === NEWBORN && <span class="accent"> newly alive</span>}
        <span class="value">{figure(scene.value(unit, field))}</span>
      </p>
      {statistics && (
        <p class="faint small">
          mean {figure(statistics.mean[unit] ?? NaN)} · std {figure(statistics.std[unit] ?? NaN)} · active{" "}
          {percent(statistics.nonZero[unit] ?? NaN)}
        </p>
      )}
      <ProfileBars map={map} units={[unit]} isWide={false} label={`profile of unit ${unit}`} />
    </div>
  );
}
