import { standing } from "../../model/alerts";
import { isAlertList } from "../../model/focus-state";
import type { RunSession } from "../../model/run-session";
import { AlertSign } from "./alert-sign";

/** How many alerts fire, in the colour of the gravest; quiet while none does. */
export function AlertBadge({ run }: { run: RunSession }) {
  const { firing, worst } = standing(run.model.alerts.value);
  const said = firing === 0 ? "No alert fires" : `${firing} ${firing === 1 ? "alert fires" : "alerts fire"}, the gravest: ${worst}`;
  return (
    <button
      type="button"
      class={`alert-badge ${firing > 0 ? worst : "quiet"}`}
      aria-expanded={isAlertList.value}
      title={`${said}. All alerts of the run (E)`}
      onClick={() => (isAlertList.value = !isAlertList.peek())}
      data-testid="alert-badge"
      data-firing={firing}
    >
      <AlertSign severity={firing > 0 ? worst : "info"} isHollow={firing === 0} />
      <span aria-hidden="true">{firing}</span>
      <span class="hidden" role="status">
        {said}
      </span>
    </button>
  );
}
