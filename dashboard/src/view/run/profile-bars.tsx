import { colourMap, cssColour } from "../../colour/maps";
import { figure } from "../../model/format";
import { meanProfile, membersOf } from "../../model/groupings";
import { theme } from "../../model/theme";
import type { LayerMap } from "../../wire/messages";
import { useRun } from "../context";

const MOST_NAMED = 20;
const HEAD = 11;

interface Props {
  readonly map: LayerMap;
  /** Several are shown by their mean. */
  readonly units: readonly number[];
  readonly isWide: boolean;
  readonly label: string;
}

/** A unit's profile: one bar per group of the chosen grouping, in the colours of the map. */
export function ProfileBars({ map, units, isWide, label }: Props) {
  const run = useRun();
  const names = run.model.info.value?.groups ?? [];
  const grouping = run.grouping.value;
  const members = membersOf(grouping).filter((group) => group < map.groups);
  if (members.length < 2) return null;
  const colours = colourMap(theme.value, true);
  const width = isWide ? 180 : 200;
  const height = isWide ? 62 : 50;
  // The figure has a line of its own above the bars.
  const middle = (height + HEAD) / 2;
  const tallest = middle - HEAD;
  // Bars fill their own height, with the figure beside them: against the layer's range most units
  // would be a flat line. Colours keep that range, as on the map. Below a twelfth of it there is
  // little but the rounding of eight bits, which is not blown up.
  let most = map.profileRange / 12;
  const values = members.map((group) => meanProfile(map, units, group));
  for (const value of values) most = Math.max(most, Math.abs(value));
  const range = map.profileRange > 0 ? map.profileRange : 1;
  const step = width / members.length;
  const isNamed = members.length <= MOST_NAMED;
  return (
    <svg class="profile" viewBox={`0 0 ${width} ${height + 12}`} role="img" aria-label={`${label} over ${grouping.name}`}>
      <text x={width} y="8" text-anchor="end">
        ±{figure(most)}
      </text>
      <line x1="0" x2={width} y1={middle} y2={middle} class="axis" />
      {members.map((group, i) => {
        const value = values[i] ?? 0;
        const share = most > 0 ? value / most : 0;
        const tone = value / range;
        const h = Math.max(1, Math.abs(share) * tallest);
        return (
          <g key={group}>
            <rect
              x={i * step + step * 0.12}
              y={share >= 0 ? middle - h : middle}
              width={step * 0.76}
              height={h}
              fill={cssColour(colours, Math.sign(tone) * Math.max(0.3, Math.min(1, Math.abs(tone))), true)}
            >
              <title>{`${names[group] ?? group}: ${figure(value)}`}</title>
            </rect>
            {isNamed && (
              <text x={(i + 0.5) * step} y={height + 10} text-anchor="middle">
                {(names[group] ?? String(group)).slice(0, Math.max(1, Math.floor(step / 6)))}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
