import { useMemo, useRef } from "preact/hooks";
import { groupName, membersOf, minusOf, picked, plusOf, subtracted } from "../../model/groupings";
import { go, route } from "../../model/route";
import { similarOrder } from "../../model/similar-order";
import type { GroupingInfo, LayerMap } from "../../wire/messages";
import { useRun } from "../context";
import { MapView } from "../map/map-view";

const MOST_MINIS = 200;
// Live, the order of groups is looked at again this rarely: tiles that trade places cannot be read.
const REORDER_MILLIS = 6000;

/** One map per group, on shared positions and range. */
export function Minis({ layer, map }: { layer: number; map: LayerMap }) {
  const run = useRun();
  const info = run.model.info.value;
  const grouping = run.grouping.value;
  const { field, similar } = route.value;
  const order = useOrder(map, grouping, similar, run.model.shown.value.isRecorded);
  if (info === null) return null;
  if (grouping.count === 0 || map.groups <= grouping.first) {
    return (
      <p class="empty">
        No groups: labels were not seen, so there are no maps by class. Click a unit to see its history.
      </p>
    );
  }
  const plus = plusOf(field);
  const minus = minusOf(field);
  const scene = run.scene(layer);
  return (
    <>
      <div class="minis-head">
        <span class="grow" />
        <div class="switch" role="radiogroup" aria-label="Order of groups">
          <button type="button" role="radio" aria-checked={!similar} onClick={() => go({ similar: false })} title="In their own order (O)" data-testid="order-own">
            own order
          </button>
          <button
            type="button"
            role="radio"
            aria-checked={similar}
            onClick={() => go({ similar: true })}
            title="Groups whose profiles over this layer's units correlate stand together (O)"
            data-testid="order-similar"
          >
            similar together
          </button>
        </div>
      </div>
      <div class="minis" style={{ "--columns": columnsFor(order.length) }} aria-label={`One map per ${grouping.name}, same positions and range`}>
        {order.slice(0, MOST_MINIS).map((group) => {
          const name = groupName(info, group);
          const canSubtract = plus >= 0 && plus !== group;
          return (
            <div
              key={group}
              class={`mini-tile ${group === plus ? "chosen" : ""} ${group === minus ? "minus" : ""}`}
              onPointerEnter={() => (run.hoveredGroup.value = group)}
              onPointerLeave={() => (run.hoveredGroup.value = -1)}
              data-testid="mini"
              data-group={group}
            >
              <button
                type="button"
                class="mini-map"
                aria-pressed={group === plus}
                title={`Profile of ${grouping.name} ${name}: mean over its examples minus the mean over groups`}
                onClick={(event) => go({ field: event.shiftKey ? subtracted(field, group) : picked(field, group) })}
                onFocus={() => (run.hoveredGroup.value = group)}
                onBlur={() => (run.hoveredGroup.value = -1)}
              >
                <MapView scene={scene} field={{ kind: "group", group }} detail="mini" isSigned label={`profile of ${grouping.name} ${name}`} />
                <span class="mini-name">{name}</span>
              </button>
              {canSubtract && (
                <button
                  type="button"
                  class="subtract"
                  aria-pressed={group === minus}
                  title={`Show ${groupName(info, plus)} − ${name}`}
                  onClick={() => go({ field: subtracted(field, group) })}
                  data-testid="subtract"
                >
                  −
                </button>
              )}
            </div>
          );
        })}
      </div>
      {order.length > MOST_MINIS && (
        <p class="empty small">
          {MOST_MINIS} of {order.length} groups are drawn; choose any of them above.
        </p>
      )}
    </>
  );
}

/** Few groups are worth larger maps. */
function columnsFor(groups: number): number {
  return groups <= 4 ? Math.max(2, groups) : groups <= 10 ? 5 : 6;
}

/** Which way of dividing observations is looked at; nothing where there is only one. */
export function GroupingSelect() {
  const run = useRun();
  const groupings = run.model.info.value?.groupings ?? [];
  const grouping = run.grouping.value;
  if (groupings.length < 2) return <span class="faint">{grouping.name}</span>;
  return (
    <label class="by">
      <span class="faint">by</span>
      <select
        value={grouping.name}
        title="The way observations are divided into groups (B)"
        onChange={(event) => go({ by: event.currentTarget.value, field: { kind: "activity" } })}
        data-testid="grouping"
      >
        {groupings.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function useOrder(map: LayerMap, grouping: GroupingInfo, similar: boolean, isRecorded: boolean): readonly number[] {
  const held = useRef<{ at: number; grouping: GroupingInfo; order: readonly number[]; recorded: boolean } | null>(null);
  return useMemo(() => {
    const members = membersOf(grouping).filter((group) => group < map.groups);
    if (!similar) {
      held.current = null;
      return members;
    }
    const now = performance.now();
    const old = held.current;
    const isFresh = old !== null && old.grouping === grouping && old.order.length === members.length;
    if (isFresh && !isRecorded && !old.recorded && now - old.at < REORDER_MILLIS) return old.order;
    const order = similarOrder(map.profiles, map.states, members);
    held.current = { at: now, grouping, order, recorded: isRecorded };
    return order;
  }, [map, grouping, similar, isRecorded]);
}
