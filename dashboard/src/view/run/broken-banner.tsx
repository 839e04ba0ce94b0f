import { useEffect, useState } from "preact/hooks";
import { integer } from "../../model/format";
import { brokenCounts, type FirstBroken } from "../../model/not-finite";
import { openView } from "../../model/choice";
import { useRun } from "../context";

/** Says which layer showed NaN or an infinity first, and when; nothing while all is finite. */
export function BrokenBanner() {
  const run = useRun();
  run.pulse.value;
  const [isDismissed, setDismissed] = useState(false);
  const [exact, setExact] = useState<FirstBroken | null>(null);
  const info = run.model.info.value;
  const order = (run.graph.value?.rows ?? []).map((row) => row.layer).filter((layer) => layer >= 0);
  const counts = brokenCounts(info?.layerQuantities ?? []);
  const found = run.broken.update(run.model.timeline, counts, order);
  // Only some of the samples of a long run are here; the very first bad one may lie between two.
  useEffect(() => {
    if (found === null || !run.model.timeline.isThinned) return;
    void run.firstBroken(found, counts, order).then(setExact);
  }, [found]);
  const first = exact ?? found;
  if (first === null || isDismissed || info === null) return null;
  const layer = info.layers[first.layer]?.name;
  const others = first.others > 0 ? ` and ${integer(first.others)} more ${first.others === 1 ? "layer" : "layers"}` : "";
  return (
    <div class="broken-banner" role="alert" data-testid="broken" data-layer={layer ?? ""} data-iteration={first.iteration}>
      <i class="hatch" aria-hidden="true" />
      <span>
        First NaN or ∞: <b>{layer ?? "the score"}</b>
        {others}, at it <b>{integer(first.iteration)}</b>. Everything after it is suspect.
      </span>
      <button type="button" class="link" onClick={() => openView("time", { layer: layer ?? null, at: first.iteration, unit: null })} data-testid="show-broken">
        Show
      </button>
      <span class="grow" />
      <button type="button" class="plain" onClick={() => setDismissed(true)} aria-label="Dismiss">
        ×
      </button>
    </div>
  );
}
