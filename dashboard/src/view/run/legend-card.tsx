import { isLegend } from "../../model/focus-state";
import { explain } from "../../model/explain";
import { route } from "../../model/route";
import { meaningOf, restlessness } from "../../model/words";
import { useRun } from "../context";

/** "What am I looking at?": the map in focus, explained as it stands. */
export function LegendCard({ layer }: { layer: number }) {
  const run = useRun();
  const info = run.model.info.value;
  const described = info?.layers[layer];
  if (info === null || described === undefined) return null;
  const { field, layouts } = route.value;
  const quality = run.map(layer)?.quality ?? null;
  const lines = explain(described, info, field, run.isSigned(layer, field), layouts.get(layer) ?? null);
  return (
    <aside class="legend-card" aria-label="What am I looking at?" data-testid="legend-card">
      <header>
        <b>What am I looking at?</b>
        <button type="button" class="plain" onClick={() => (isLegend.value = false)} title="Close (I)">
          ×
        </button>
      </header>
      <dl>
        {lines.map(([what, meaning]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
        {quality !== null && (
          <div>
            <dt>{restlessness(quality)}</dt>
            <dd>{meaningOf(restlessness(quality))}.</dd>
          </div>
        )}
      </dl>
    </aside>
  );
}
