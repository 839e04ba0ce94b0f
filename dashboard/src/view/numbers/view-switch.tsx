import { lastNumbersView, openView } from "../../model/choice";
import { route } from "../../model/route";

/** Maps or numbers. */
export function ViewSwitch() {
  const hasMaps = route.value.view === "maps";
  return (
    <div class="view-switch" role="group" aria-label="View">
      <button type="button" aria-pressed={hasMaps} onClick={() => openView("maps")} title="The living maps (N)" data-testid="view-maps">
        Maps
      </button>
      <button
        type="button"
        aria-pressed={!hasMaps}
        onClick={() => openView(lastNumbersView())}
        title="Quantities, histograms and laws (N)"
        data-testid="view-numbers"
      >
        Numbers
      </button>
    </div>
  );
}
