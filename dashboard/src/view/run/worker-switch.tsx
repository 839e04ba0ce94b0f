import { go } from "../../model/route";
import type { RunSession } from "../../model/run-session";

/** Which worker's samples are shown; nothing while there is only one. */
export function WorkerSwitch({ run }: { run: RunSession }) {
  const workers = run.model.workers.value;
  if (workers.length < 2) return null;
  return (
    <label class="worker" title="This run has several workers; one at a time is shown">
      worker{" "}
      <select
        value={run.model.worker.value}
        onChange={(event) => go({ worker: Number(event.currentTarget.value), at: null, zoom: null })}
        data-testid="worker"
      >
        {workers.map((worker) => (
          <option key={worker} value={worker}>
            {worker}
          </option>
        ))}
      </select>
    </label>
  );
}
