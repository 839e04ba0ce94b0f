import { go } from "../../model/route";
import type { RunSession } from "../../model/run-session";

/** The chosen layer, or the first of the network while none is chosen. */
export function useLayerOr(run: RunSession): number {
  const chosen = run.layer.value;
  return chosen >= 0 ? chosen : (run.graph.value?.rows.find((row) => row.layer >= 0)?.layer ?? 0);
}

export function LayerPicker({ run, layer }: { run: RunSession; layer: number }) {
  const layers = run.model.info.value?.layers ?? [];
  const order = (run.graph.value?.rows ?? []).map((row) => row.layer).filter((at) => at >= 0);
  return (
    <label class="layer-picker">
      <span class="hidden">Layer</span>
      <select
        value={layer}
        title="Layer (↑ and ↓)"
        onChange={(event) => go({ layer: layers[Number(event.currentTarget.value)]?.name ?? null, unit: null })}
        data-testid="layer-picker"
      >
        {order.map((at) => (
          <option key={at} value={at}>
            {layers[at]?.name}
          </option>
        ))}
      </select>
    </label>
  );
}
