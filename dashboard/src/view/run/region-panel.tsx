import { useState } from "preact/hooks";
import { chooseRegion, region } from "../../model/focus-state";
import { integer } from "../../model/format";
import { groupName, topGroups } from "../../model/groupings";
import { addPins, MOST_PINS } from "../../model/pins";
import { asTable, unitRow } from "../../model/region";
import { go, route } from "../../model/route";
import type { LayerMap } from "../../wire/messages";
import { copyText } from "../common/copy";
import { useRun } from "../context";
import { ProfileBars } from "./profile-bars";
import { UnitRows } from "./unit-rows";

const MOST_ROWS = 100;

/** The units that the lasso caught: who they are, and what excites them together. */
export function RegionPanel({ layer, map }: { layer: number; map: LayerMap }) {
  const run = useRun();
  const [said, setSaid] = useState("");
  const info = run.model.info.value;
  const grouping = run.grouping.value;
  const units = region.value.filter((unit) => unit < map.units);
  if (info === null) return null;
  if (units.length === 0) {
    return (
      <p class="empty" data-testid="region-empty">
        No region. Drag a loop around units with Shift held, or press S and drag. With the keyboard: go to a unit on the
        map with the arrow keys and press + for its neighbours.
      </p>
    );
  }
  const statistics = run.model.shown.value.units?.layers.find((l) => l.layer === layer);
  const row = (unit: number) => unitRow(map, statistics, unit, grouping);
  const name = (group: number) => groupName(info, group);
  const top = topGroups(map, units, grouping, 3);
  const copy = async (what: string, text: string) => {
    setSaid((await copyText(text)) ? `${what} copied` : "the browser refused the clipboard");
  };
  return (
    <section data-testid="region" data-count={units.length}>
      <div class="region-head">
        <b>
          {integer(units.length)} {units.length === 1 ? "unit" : "units"}
        </b>
        <span class="faint">
          {top.length > 0 ? `excited by ${top.map(({ group }) => name(group)).join(", ")}` : "excited by no group"}
        </span>
        <span class="grow" />
        <button type="button" class="plain" onClick={() => chooseRegion([])} title="Forget the region (Esc)">
          ×
        </button>
      </div>
      <ProfileBars map={map} units={units} isWide label={`mean profile of ${units.length} units`} />
      <div class="region-tools">
        <button type="button" class="small-button" onClick={() => void copy("numbers", units.join(" "))} data-testid="copy-units">
          copy numbers
        </button>
        <button type="button" class="small-button" onClick={() => void copy("table", asTable(units.map(row), name))} data-testid="copy-table">
          copy table
        </button>
        <button
          type="button"
          class="small-button"
          disabled={units.length > MOST_PINS}
          title={units.length > MOST_PINS ? `At most ${MOST_PINS} units can be pinned` : "Pin them all"}
          onClick={() => go({ pins: addPins(route.peek().pins, layer, units) })}
        >
          pin all
        </button>
        <span class="faint small" role="status">
          {said}
        </span>
      </div>
      <UnitRows layer={layer} rows={units.slice(0, MOST_ROWS).map(row)} />
      {units.length > MOST_ROWS && (
        <p class="empty small">
          The first {MOST_ROWS} of {integer(units.length)} are listed; copying takes them all.
        </p>
      )}
    </section>
  );
}
