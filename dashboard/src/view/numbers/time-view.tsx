import { chosenQuantities } from "../../model/choice";
import { rangeOf } from "../../model/range";
import { go, route } from "../../model/route";
import { useRun } from "../context";
import { Band, QuantityOptions } from "./band";
import { TimeAxis, TimeCursor } from "./time-axis";

const WANTED = [/^zero_share|^sparsity/, /^massive_ratio|^massive/, /^dead_units/, /^births/, /^drift/, /rank/];
const COUNT = 4;
const MOST = 12;

/** Layers × time, one strip per quantity. */
export function TimeView() {
  const run = useRun();
  run.fresh.value;
  const list = run.model.info.value?.layerQuantities ?? [];
  const chosen = chosenQuantities(list, route.value.quantities, WANTED, COUNT);
  const range = rangeOf(run.model.timeline, route.value.zoom);
  const choose = (columns: readonly number[]) => go({ quantities: columns.map((at) => list[at]?.id ?? "") });
  return (
    <div class="time-view">
      <div class="bands">
        {chosen.map((quantity, i) => (
          <Band
            key={i}
            quantity={quantity}
            range={range}
            onPick={(picked) => choose(chosen.map((old, j) => (j === i ? picked : old)))}
            onRemove={chosen.length > 1 ? () => choose(chosen.filter((_, j) => j !== i)) : null}
          />
        ))}
        <TimeCursor />
      </div>
      <TimeAxis range={range}>
        {chosen.length < MOST && (
          <label class="add">
            <span class="hidden">Add a strip</span>
            <select
              value=""
              title="One strip more"
              onChange={(event) => choose([...chosen, Number(event.currentTarget.value)])}
              data-testid="add-band"
            >
              <option value="">+ quantity</option>
              <QuantityOptions list={list} />
            </select>
          </label>
        )}
      </TimeAxis>
    </div>
  );
}
