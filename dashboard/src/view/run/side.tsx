import { region, sideTab, type SideTab } from "../../model/focus-state";
import { integer } from "../../model/format";
import { route } from "../../model/route";
import type { LayerInfo, LayerMap } from "../../wire/messages";
import { useRun } from "../context";
import { FeatureGallery, hasPlaces, isAttention } from "./feature-view";
import { Minis } from "./minis";
import { PinnedPanel } from "./pinned-panel";
import { RegionPanel } from "./region-panel";
import { UnitCard } from "./unit-card";

/** Beside the large map: the chosen unit, then groups, pinned units, the region or features. */
export function Side({ layer, info, map }: { layer: number; info: LayerInfo; map: LayerMap | null }) {
  const run = useRun();
  const { unit, pins } = route.value;
  const isKnown = unit !== null && unit < info.units;
  const hasFeatures = run.model.shown.value.features.some((f) => f.layer === layer);
  const tabs: readonly (readonly [SideTab, string, number])[] = [
    ["groups", "groups", run.grouping.value.count],
    ["pinned", "pinned", pins.length],
    ["region", "region", region.value.length],
    ...(hasFeatures || isAttention(info) || hasPlaces(info)
      ? [["features", isAttention(info) ? "attention" : "features", 0] as const]
      : []),
  ];
  const tab = tabs.some(([id]) => id === sideTab.value) ? sideTab.value : "groups";
  return (
    <div class="focus-side" data-clips>
      {isKnown && <UnitCard key={unit} layer={layer} unit={unit} info={info} />}
      {unit !== null && !isKnown && (
        <p class="empty">
          {info.name} has units 0 to {info.units - 1}; there is no unit {unit}.
        </p>
      )}
      <div class="side-tabs" role="tablist" aria-label="Beside the map" onKeyDown={(event) => walk(event, tabs.map(([id]) => id), tab)}>
        {tabs.map(([id, name, count]) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={id === tab}
            aria-controls="side-panel"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => (sideTab.value = id)}
            data-testid={`tab-${id}`}
          >
            {name}
            {count > 0 && <span class="count"> {integer(count)}</span>}
          </button>
        ))}
      </div>
      <div id="side-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {map === null && <p class="empty">No map of this layer yet.</p>}
        {map !== null && tab === "groups" && <Minis layer={layer} map={map} />}
        {map !== null && tab === "pinned" && <PinnedPanel layer={layer} />}
        {map !== null && tab === "region" && <RegionPanel layer={layer} map={map} />}
        {map !== null && tab === "features" && <FeatureGallery layer={layer} info={info} />}
      </div>
    </div>
  );
}

// Left and right go from tab to tab, as lists of tabs do; elsewhere they go through time.
function walk(event: KeyboardEvent, ids: readonly SideTab[], now: SideTab): void {
  const change = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (change === 0) return;
  const next = ids[(ids.indexOf(now) + change + ids.length) % ids.length] as SideTab;
  sideTab.value = next;
  document.getElementById(`tab-${next}`)?.focus();
  event.preventDefault();
  event.stopPropagation();
}
