import { openView } from "../../model/choice";
import { route, type View } from "../../model/route";
import { useRun } from "../context";
import { HistogramsView } from "./histograms-view";
import { LawsView } from "./laws-view";
import { LayersView } from "./layers-view";
import { MassiveView } from "./massive-view";
import { ParametersView } from "./parameters-view";
import { TimeView } from "./time-view";

export interface Tab {
  readonly view: View;
  readonly name: string;
  readonly meaning: string;
}

export const TABS: readonly Tab[] = [
  { view: "time", name: "Over time", meaning: "Any quantity of all layers over time" },
  { view: "histograms", name: "Histograms", meaning: "How a layer's activations are spread, over time" },
  { view: "massive", name: "Massive", meaning: "The largest activations and the units that show them" },
  { view: "layers", name: "Layers", meaning: "A table of all layers, sorted by any quantity" },
  { view: "parameters", name: "Parameters", meaning: "Weights, gradients and updates" },
  { view: "laws", name: "Laws", meaning: "Fitted laws, their forecasts and how these came true" },
];

/** The numbers of a run, in the place of its maps. */
export function NumbersView() {
  const run = useRun();
  run.fresh.value;
  const { view } = route.value;
  const info = run.model.info.value;
  if (info === null) return null;
  return (
    <main class="numbers" data-testid="numbers" data-view={view}>
      <div class="view-tabs" role="tablist" aria-label="Views of the numbers">
        {TABS.map((tab) => (
          <button
            key={tab.view}
            type="button"
            role="tab"
            aria-selected={tab.view === view}
            tabIndex={tab.view === view ? 0 : -1}
            title={`${tab.meaning} ([ and ] for the view before and after)`}
            onClick={() => openView(tab.view)}
            data-testid="tab"
            data-view={tab.view}
          >
            {tab.name}
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" aria-label={TABS.find((tab) => tab.view === view)?.name ?? ""}>
        {run.model.timeline.length === 0 ? <p class="empty">{run.model.loaded.value ? "No sample yet." : "Reading the recording…"}</p> : <Shown view={view} />}
      </div>
    </main>
  );
}

function Shown({ view }: { view: View }) {
  switch (view) {
    case "time":
      return <TimeView />;
    case "histograms":
      return <HistogramsView />;
    case "massive":
      return <MassiveView />;
    case "layers":
      return <LayersView />;
    case "parameters":
      return <ParametersView />;
    case "laws":
      return <LawsView />;
    default:
      return null;
  }
}

/** The view before or after, for the keyboard; from the maps into the numbers and back. */
export function stepView(change: number): void {
  const views: readonly View[] = ["maps", ...TABS.map((tab) => tab.view)];
  const at = views.indexOf(route.peek().view);
  const next = views[(at + change + views.length) % views.length];
  if (next !== undefined) openView(next);
}
