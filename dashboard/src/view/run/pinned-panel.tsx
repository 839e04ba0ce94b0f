import { MOST_PINS, unitsPinned } from "../../model/pins";
import { unitRow } from "../../model/region";
import { go, route } from "../../model/route";
import { useRun } from "../context";
import { UnitRows } from "./unit-rows";

/** Every pinned unit with its values, this layer's first. */
export function PinnedPanel({ layer }: { layer: number }) {
  const run = useRun();
  const info = run.model.info.value;
  const { pins } = route.value;
  if (info === null) return null;
  if (pins.length === 0) {
    return (
      <p class="empty">
        No unit is pinned. Press P on a unit, or Shift-click it: it stays marked on every frame, leaves a trail of its
        last positions, and is listed here. Up to {MOST_PINS}; they are part of the link.
      </p>
    );
  }
  const layers = [...new Set(pins.map((pin) => pin.layer))].sort((a, b) => Number(b === layer) - Number(a === layer) || a - b);
  return (
    <section data-testid="pinned" data-count={pins.length}>
      {layers.map((of) => {
        const map = run.map(of);
        const known = info.layers[of];
        const statistics = run.model.shown.value.units?.layers.find((l) => l.layer === of);
        const units = unitsPinned(pins, of);
        if (known === undefined) return null;
        return (
          <div key={of}>
            {(of !== layer || layers.length > 1) && <h3>{known.name}</h3>}
            {map === null ? (
              <p class="empty small">no map of this layer yet</p>
            ) : (
              <UnitRows
                layer={of}
                rows={units.filter((unit) => unit < map.units).map((unit) => unitRow(map, statistics, unit, run.grouping.value))}
              />
            )}
          </div>
        );
      })}
      <button type="button" class="small-button" onClick={() => go({ pins: [] })}>
        let all go
      </button>
    </section>
  );
}
