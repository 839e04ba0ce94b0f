import { useMemo } from "preact/hooks";
import { chosenQuantities } from "../../model/choice";
import { integer } from "../../model/format";
import { brokenCounts } from "../../model/not-finite";
import { rangeOf } from "../../model/range";
import { go, route } from "../../model/route";
import type { RunSession } from "../../model/run-session";
import type { Row } from "../../model/table";
import type { SparkData } from "../common/spark";
import { useRun } from "../context";
import { shortType } from "../run/network";
import { NumberTable } from "./number-table";

const WANTED = [/^zero_share|^sparsity/, /^massive_ratio|^massive/, /^max_abs/, /^dead_units/, /^std|^rms/, /rank/];
const COUNT = 6;

/** All layers in any quantities, at the moment shown. */
export function LayersView() {
  const run = useRun();
  run.pulse.value;
  const info = run.model.info.value;
  const list = info?.layerQuantities ?? [];
  const chosen = chosenQuantities(list, route.value.quantities, WANTED, COUNT);
  const counts = useMemo(() => brokenCounts(list), [list]);
  if (info === null) return null;
  const order = (run.graph.value?.rows ?? []).map((row) => row.layer).filter((layer) => layer >= 0);
  const rows: Row[] = order.map((layer) => {
    const over = info.layers[layer];
    return {
      index: layer,
      cells: [over?.name ?? "", shortType(over?.type ?? ""), integer(over?.units ?? 0)],
      values: chosen.map((quantity) => run.model.value(layer, quantity)),
    };
  });
  return (
    <NumberTable
      name="Layers"
      headings={["layer", "type", "units"]}
      rows={rows}
      list={list}
      chosen={chosen}
      selected={run.layer.value}
      onSelect={(row) => go({ layer: row.index === run.layer.peek() ? null : (row.cells[0] ?? null), unit: null })}
      spark={(row, quantity) => sparkOf(run, (sample) => run.model.timeline.value(sample, row.index, quantity))}
      fresh={Math.floor(run.fresh.value / 5)}
      isBroken={(row) => counts.some((quantity) => run.model.value(row.index, quantity) > 0)}
    />
  );
}

const MOST_POINTS = 240;

/** A column's course over what the timeline shows; long ones thinned, since a spark is 64 pixels wide. */
export function sparkOf(run: RunSession, value: (sample: number) => number): SparkData {
  const t = run.model.timeline;
  const range = rangeOf(t, route.peek().zoom);
  const first = Math.max(0, t.indexAt(range[0]));
  const last = Math.max(first, t.indexAt(range[1]));
  const count = Math.min(MOST_POINTS, last - first + 1);
  const at = (i: number) => (count < 2 ? last : Math.round(first + (i * (last - first)) / (count - 1)));
  const x = Float64Array.from({ length: count }, (_, i) => t.iteration[at(i)] as number);
  const y = Float64Array.from({ length: count }, (_, i) => value(at(i)));
  return { x, y, length: count, mark: -1 };
}
