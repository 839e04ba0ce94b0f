import { integer } from "../../model/format";
import { go } from "../../model/route";
import { restlessness } from "../../model/words";
import { useRun } from "../context";

const ROW = 30;
const LANE = 9;
const LEFT = 12;

/** The network as its graph: one row per layer, lanes for branches. */
export function Network() {
  const run = useRun();
  const graph = run.graph.value;
  const info = run.model.info.value;
  const chosen = run.layer.value;
  if (graph === null || info === null) return null;
  const text = LEFT + graph.lanes * LANE + 2;
  const y = (row: number) => row * ROW + ROW / 2;
  return (
    <nav class="panel network" aria-label="Network" data-clips>
      <h2 title={`${info.model}, ${info.framework}`}>
        Network <span class="count">{graph.rows.filter((r) => r.layer >= 0).length}</span>
      </h2>
      <div class="graph" style={{ height: `${graph.rows.length * ROW}px` }}>
        <svg width={text} height={graph.rows.length * ROW} aria-hidden="true">
          {graph.edges.map((edge) => (
            <path key={`${edge.fromRow}-${edge.toRow}`} d={path(y(edge.fromRow), y(edge.toRow), edge.lane)} />
          ))}
          {graph.rows.map((row, i) => (
            <circle
              key={row.name}
              cx={LEFT}
              cy={y(i)}
              r={row.layer < 0 ? 2.5 : 4}
              class={row.layer === chosen && chosen >= 0 ? "chosen" : row.layer < 0 ? "source" : ""}
            />
          ))}
        </svg>
        <ol>
          {graph.rows.map((row) => {
            const layer = info.layers[row.layer];
            const quality = row.layer >= 0 ? run.map(row.layer)?.quality : null;
            const word = quality ? restlessness(quality) : null;
            if (layer === undefined) {
              return (
                <li key={row.name} class="source" style={{ paddingLeft: `${text}px` }}>
                  {row.name}
                </li>
              );
            }
            return (
              <li key={row.name}>
                <button
                  type="button"
                  class={row.layer === chosen ? "chosen" : ""}
                  style={{ paddingLeft: `${text}px` }}
                  aria-pressed={row.layer === chosen}
                  title={`${layer.name}: ${layer.type}, ${integer(layer.units)} units${layer.activation ? `, ${layer.activation}` : ""}${layer.shape.length > 0 ? `, shape ${layer.shape.join(" × ")}` : ""}`}
                  onClick={() => go({ layer: row.layer === chosen ? null : layer.name, unit: null })}
                  data-testid="network-layer"
                  data-layer={layer.name}
                >
                  <span class="name">{layer.name}</span>
                  <span class="units">{integer(layer.units)}</span>
                  <small>
                    {shortType(layer.type)}
                    {layer.activation && ` · ${layer.activation}`}
                  </small>
                  {word !== null && word !== "calm" && <i class={`pip ${word}`} title={word} />}
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </nav>
  );
}

export function shortType(type: string): string {
  return type
    .replace(/(Layer|Vertex|Impl)$/, "")
    .replace(/^Convolution$/, "conv")
    .replace(/^Subsampling$/, "pool")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function path(from: number, to: number, lane: number): string {
  if (lane === 0) return `M${LEFT} ${from}V${to}`;
  const x = LEFT + lane * LANE;
  const bend = ROW / 2;
  return `M${LEFT} ${from}C${LEFT} ${from + bend} ${x} ${from + bend - 4} ${x} ${from + bend + 6}V${to - bend - 6}C${x} ${to - bend + 4} ${LEFT} ${to - bend} ${LEFT} ${to}`;
}
