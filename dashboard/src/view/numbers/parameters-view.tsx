import { useState } from "preact/hooks";
import { chosenQuantities } from "../../model/choice";
import { integer } from "../../model/format";
import { route } from "../../model/route";
import type { Row } from "../../model/table";
import type { HistogramData } from "../../wire/messages";
import { useRun } from "../context";
import { HistogramView } from "../run/histogram-view";
import { sparkOf } from "./layers-view";
import { NumberTable } from "./number-table";

const COUNT = 8;

/** Every array of weights: how large, how its gradients are, how fast it changes. */
export function ParametersView() {
  const run = useRun();
  run.pulse.value;
  const [selected, setSelected] = useState(0);
  const info = run.model.info.value;
  const list = info?.parameterQuantities ?? [];
  if (info === null) return null;
  if (info.parameters.length === 0 || list.length === 0) {
    return (
      <div class="notice">
        <h1>No parameters are measured</h1>
        <p>
          With <code>gradients(true)</code> on the builder the agent measures every array of weights, its gradients and its
          updates: mean magnitudes, spread, histograms, and how large an update is beside what it changes.
        </p>
      </div>
    );
  }
  const chosen = chosenQuantities(list, route.value.quantities, [], COUNT);
  const rows: Row[] = info.parameters.map((parameter, index) => ({
    index,
    cells: [parameter.name, info.layers[parameter.layer]?.name ?? "", parameter.shape.map((n) => integer(n)).join(" × ")],
    values: chosen.map((quantity) => run.model.parameterValue(index, quantity)),
  }));
  return (
    <div class="parameters-view">
      <NumberTable
        name="Parameters"
        headings={["parameter", "layer", "shape"]}
        rows={rows}
        list={list}
        chosen={chosen}
        selected={selected}
        onSelect={(row) => setSelected(row.index)}
        spark={(row, quantity) => sparkOf(run, (sample) => run.model.timeline.parameterValue(sample, row.index, quantity))}
        fresh={Math.floor(run.fresh.value / 5)}
        isBroken={() => false}
      />
      <Histograms parameter={selected} />
    </div>
  );
}

function Histograms({ parameter }: { parameter: number }) {
  const run = useRun();
  const detail = run.model.shown.value.parameterDetails.find((d) => d.parameter === parameter);
  const name = run.model.info.value?.parameters[parameter]?.name ?? "";
  const kinds: readonly (readonly [string, HistogramData | null])[] = [
    ["weights", detail?.weights ?? null],
    ["gradients", detail?.gradients ?? null],
    ["updates", detail?.updates ?? null],
  ];
  return (
    <aside class="parameter-histograms" aria-label={`Histograms of ${name}`} data-testid="parameter-histograms" data-parameter={name}>
      <h2>{name}</h2>
      {detail === undefined && <p class="empty small">No histogram of it in the sample shown.</p>}
      {detail !== undefined && (
        <p class="faint small">as of it {integer(detail.iteration)}</p>
      )}
      {kinds.map(([kind, data]) =>
        data === null ? null : (
          <section key={kind}>
            <h3>{kind}</h3>
            <HistogramView data={data} what="values" />
          </section>
        ),
      )}
    </aside>
  );
}
