import { useMemo } from "preact/hooks";
import { figure, integer, percent, quantityText } from "../../model/format";
import { go } from "../../model/route";
import type { LayerDetail, QuantityInfo } from "../../wire/messages";
import type { RunSession } from "../../model/run-session";
import { defaultStrips } from "../../model/strips";
import { Spark, type SparkData } from "../common/spark";
import { useRun } from "../context";
import { HistogramView } from "./histogram-view";

/** Right: the quantities of the chosen layer, or of the run while no layer is chosen. */
export function Quantities() {
  const run = useRun();
  run.pulse.value;
  const info = run.model.info.value;
  const layer = run.layer.value;
  if (info === null) return null;
  const chosen = info.layers[layer];
  const list = chosen ? info.layerQuantities : info.runQuantities;
  return (
    <aside class="panel quantities" aria-label="Quantities" data-testid="quantities" data-clips>
      {chosen ? <LayerHead run={run} layer={layer} /> : <RunHead run={run} />}
      {chosen && <Detail run={run} layer={layer} />}
      {!chosen && <LayerTable run={run} />}
      {list.length === 0 && <p class="empty">{chosen ? "No quantities announced." : "Choose a layer to see its quantities."}</p>}
      {groupsOf(list).map(([heading, members]) => (
        <section key={heading}>
          {heading !== "" && <h3>{heading}</h3>}
          {members.map(([at, quantity]) => (
            <Row key={quantity.id} run={run} layer={chosen ? layer : -1} at={at} quantity={quantity} />
          ))}
        </section>
      ))}
    </aside>
  );
}

function RunHead({ run }: { run: RunSession }) {
  run.pulse.value;
  const info = run.model.info.value;
  if (info === null) return null;
  const t = run.model.timeline;
  const samples = t.length === 0 ? 0 : (t.offered[t.length - 1] as number) - (t.dropped[t.length - 1] as number);
  const facts: readonly (readonly [string, string])[] = [
    ["model", info.model],
    ["framework", info.framework],
    ["backend", info.backend],
    ["sampled", `every ${info.every === 1 ? "iteration" : `${integer(info.every)} iterations`}`],
    ["samples", integer(samples)],
  ];
  return (
    <>
      <h2>Run</h2>
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={value}>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

/** All layers at a glance, in the quantities of the strips below. */
function LayerTable({ run }: { run: RunSession }) {
  run.pulse.value;
  const info = run.model.info.value;
  if (info === null || info.layerQuantities.length === 0) return null;
  const columns = defaultStrips(info.layerQuantities, 3);
  return (
    <section>
      <h3>Layers</h3>
      <table class="layer-table">
        <thead>
          <tr>
            <th />
            {columns.map((at) => (
              <th key={at} title={info.layerQuantities[at]?.meaning ?? ""}>
                {info.layerQuantities[at]?.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {info.layers.map((layer, i) => (
            <tr key={layer.name}>
              <td>
                <button type="button" class="link" onClick={() => go({ layer: layer.name, unit: null })}>
                  {layer.name}
                </button>
              </td>
              {columns.map((at) => (
                <td key={at}>{quantityText(run.model.value(i, at), info.layerQuantities[at]?.unit ?? "")}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LayerHead({ run, layer }: { run: RunSession; layer: number }) {
  run.pulse.value;
  const info = run.model.info.value?.layers[layer];
  const detail = run.model.shown.value.details.find((d) => d.layer === layer);
  if (info === undefined) return null;
  const read = run.model.readAt(layer);
  const shown = run.model.shown.value;
  const isOlder = read >= 0 && read < shown.sample;
  const strided = detail !== undefined && detail.rowsPresent > detail.rows;
  return (
    <>
      <h2 title={info.name}>{info.name}</h2>
      <p class="faint small">
        {info.type}, {integer(info.units)} {info.units === 1 ? "unit" : "units"}
        {info.activation && `, ${info.activation}`}
        {info.postDropout && (
          <span title="The next layer's dropout has already changed these values in place">, post-dropout</span>
        )}
        {strided && (
          <span title="Evenly strided rows were read, not all">
            , {percent(detail.rows / detail.rowsPresent)} of rows read
          </span>
        )}
        {isOlder && (
          <span title="To stay within its budget the agent reads some layers more rarely">
            , as of it {integer(run.model.timeline.iteration[read] ?? NaN)}
          </span>
        )}
      </p>
    </>
  );
}

function Detail({ run, layer }: { run: RunSession; layer: number }) {
  const detail = run.model.shown.value.details.find((d) => d.layer === layer);
  if (detail === undefined) return null;
  return (
    <section class="detail">
      {detail.histogram && <HistogramView data={detail.histogram} />}
      <TopUnits detail={detail} />
    </section>
  );
}

function TopUnits({ detail }: { detail: LayerDetail }) {
  if (detail.top.length === 0) return null;
  return (
    <div class="top" data-testid="top-units">
      <span class="faint">largest</span>
      {detail.top.map((top, i) => (
        <button
          key={i}
          type="button"
          class="link"
          title={`Unit ${top.unit}, row ${integer(top.row)} of the minibatch`}
          onClick={() => go({ unit: top.unit })}
        >
          {figure(top.value)} <small>unit {top.unit}</small>
        </button>
      ))}
    </div>
  );
}

function Row(props: { run: RunSession; layer: number; at: number; quantity: QuantityInfo }) {
  const { run, layer, at, quantity } = props;
  const value = layer < 0 ? run.model.runValue(at) : run.model.value(layer, at);
  const data = useSeries(run, layer, at);
  const source = quantity.source ? `\n${quantity.source}` : "";
  return (
    <div class="quantity" title={`${quantity.meaning}${source}`} data-testid="quantity" data-quantity={quantity.id}>
      <span class="name">{quantity.name}</span>
      <Spark data={data} width={72} height={18} label={`${quantity.name} over time`} />
      <span class="value" data-value={value}>
        {quantityText(value, quantity.unit)}
        {!Number.isNaN(value) && !["ratio", "seconds", ""].includes(quantity.unit) && <small> {quantity.unit.replace(/^per second$/, "/s")}</small>}
      </span>
    </div>
  );
}

function useSeries(run: RunSession, layer: number, quantity: number): SparkData {
  const pulse = run.pulse.value;
  return useMemo(() => {
    const t = run.model.timeline;
    const y = new Float32Array(t.length);
    for (let i = 0; i < t.length; i++) y[i] = layer < 0 ? t.runValue(i, quantity) : t.value(i, layer, quantity);
    return { x: t.iteration, y, length: t.length, mark: run.model.shown.peek().sample };
  }, [run, layer, quantity, pulse]);
}

function groupsOf(list: readonly QuantityInfo[]): [string, (readonly [number, QuantityInfo])[]][] {
  const groups = new Map<string, (readonly [number, QuantityInfo])[]>();
  list.forEach((quantity, at) => {
    const members = groups.get(quantity.group) ?? [];
    members.push([at, quantity]);
    groups.set(quantity.group, members);
  });
  return [...groups];
}
