import { colourMap, cssColour } from "../../colour/maps";
import { figure } from "../../model/format";
import { theme } from "../../model/theme";
import type { LayerMap } from "../../wire/messages";
import { useRun } from "../context";

const MOST_NAMED = 20;

/** A unit's profile: one bar per class, in the colours of the map. */
export function ProfileBars({ map, unit, isWide }: { map: LayerMap; unit: number; isWide: boolean }) {
  const run = useRun();
  const names = run.model.info.value?.groups ?? [];
  if (map.groups < 2) return null;
  const colours = colourMap(theme.value, true);
  const width = isWide ? 240 : 200;
  const height = isWide ? 56 : 44;
  const middle = height / 2;
  const range = map.profileRange > 0 ? map.profileRange : 1;
  const step = width / map.groups;
  const isNamed = map.groups <= MOST_NAMED;
  return (
    <svg class="profile" viewBox={`0 0 ${width} ${height + 12}`} width={width} height={height + 12} role="img" aria-label={`profile of unit ${unit} over classes`}>
      <line x1="0" x2={width} y1={middle} y2={middle} class="axis" />
      {Array.from({ length: map.groups }, (_, group) => {
        const value = map.profiles[group * map.units + unit] ?? 0;
        const share = Math.max(-1, Math.min(1, value / range));
        const h = Math.max(1, Math.abs(share) * middle);
        return (
          <g key={group}>
            <rect
              x={group * step + step * 0.12}
              y={share >= 0 ? middle - h : middle}
              width={step * 0.76}
              height={h}
              fill={cssColour(colours, Math.sign(share) * Math.max(0.35, Math.abs(share)), true)}
            >
              <title>{`${names[group] ?? group}: ${figure(value)}`}</title>
            </rect>
            {isNamed && (
              <text x={(group + 0.5) * step} y={height + 10} text-anchor="middle">
                {(names[group] ?? String(group)).slice(0, Math.max(1, Math.floor(step / 6)))}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
