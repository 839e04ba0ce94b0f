import { clock, figure, integer, percent } from "../../model/format";
import type { RunState } from "../../model/run";
import type { RunSession } from "../../model/run-session";
import { Brand, ThemeButton } from "../common/brand";
import { ViewSwitch } from "../numbers/view-switch";
import { AlertBadge } from "./alert-badge";
import { WorkerSwitch } from "./worker-switch";
import { go } from "../../model/route";

const WORDS: Readonly<Record<RunState, string>> = {
  connecting: "connecting",
  live: "live",
  recorded: "recorded",
  reconnecting: "reconnecting",
  stale: "stale",
  unauthorised: "signed out",
  missing: "not found",
};

const MEANINGS: Readonly<Record<RunState, string>> = {
  connecting: "Asking the server for this run",
  live: "Training; samples arrive as they are taken",
  recorded: "The training has ended; this is its recording",
  reconnecting: "The server does not answer. What is shown is the last that arrived; nothing is lost",
  stale: "No sample for five times the usual gap: the training is paused, slow or gone",
  unauthorised: "The session has ended: open the printed link again",
  missing: "The server does not know this run",
};

export function Header({ run, openHelp }: { run: RunSession; openHelp: () => void }) {
  run.pulse.value;
  const { model } = run;
  const shown = model.shown.value;
  const state = model.state.value;
  const dropped = Object.entries(model.droppedByReason.value);
  const lost = Number.isFinite(shown.dropped) ? shown.dropped : 0;
  const retry = model.retryMillis.value;
  const malformed = model.malformed.value;
  return (
    <header
      class="bar"
      data-testid="header"
      data-state={state}
      data-iteration={Number.isFinite(shown.iteration) ? shown.iteration : ""}
      data-recorded={shown.isRecorded}
      data-dropped={lost}
    >
      <Brand />
      <nav class="crumbs" aria-label="Place">
        <a
          href="#/runs"
          onClick={(event) => {
            event.preventDefault();
            go({ page: "runs", run: "", layer: null, unit: null, at: null });
          }}
        >
          runs
        </a>
        <span aria-hidden="true">▸</span>
        <strong data-testid="run-name" title={`${run.summary.value?.name ?? ""} ${run.id}`}>
          {model.info.value?.name ?? run.summary.value?.name ?? "…"}
        </strong>
      </nav>
      <ViewSwitch />
      <span class={`state ${state}`} role="status" title={MEANINGS[state]} data-testid="state">
        <span class="dot" aria-hidden="true" />
        {WORDS[state]}
        {state === "reconnecting" && retry >= 1000 && <small> in {Math.round(retry / 1000)} s</small>}
      </span>
      <WorkerSwitch run={run} />
      {shown.isRecorded && (
        <button
          type="button"
          class="moment"
          data-testid="moment"
          title="This is a recorded moment. Click, or press L, for the newest"
          onClick={() => go({ at: null })}
        >
          {model.momentLabel.value}
        </button>
      )}
      <AlertBadge run={run} />
      <span class="grow" />
      <dl class="figures">
        <Figure name="it" value={integer(shown.iteration)} meaning="Iteration of the sample shown" />
        <Figure name="ep" value={integer(shown.epoch)} meaning="Epoch, counted from 0" />
        <Figure name="score" value={figure(shown.score)} meaning="Score (loss) of this iteration's minibatch" wide />
        <Figure
          name="pace"
          value={`${figure(pace(run))} ms/it`}
          meaning="Wall-clock time per iteration over the last samples"
          hides
        />
        <AgentShare run={run} />
        <Figure
          name="dropped"
          value={integer(lost)}
          meaning={
            lost === 0
              ? "No sample was dropped"
              : `Samples dropped by then. In all: ${dropped.map(([reason, n]) => `${integer(n)} ${reason.replaceAll("_", " ")}`).join(", ")}`
          }
          warns={lost > 0}
        />
        {malformed !== null && (
          <Figure name="malformed" value={integer(malformed.count)} meaning={malformed.reason} warns />
        )}
        <Figure name="at" value={Number.isFinite(shown.timeMillis) ? clock(shown.timeMillis) : "–"} meaning="Wall clock of the sample shown" hides />
      </dl>
      <ThemeButton />
      <button type="button" class="plain" onClick={openHelp} title="Keys and colours (?)" data-testid="help-button">
        <span aria-hidden="true">?</span>
        <span class="hidden">Keys and colours</span>
      </button>
    </header>
  );
}

function Figure(props: { name: string; value: string; meaning: string; warns?: boolean; wide?: boolean; hides?: boolean }) {
  return (
    <div class={`figure ${props.warns ? "warns" : ""} ${props.wide ? "wide" : ""} ${props.hides ? "hides" : ""}`} title={props.meaning}>
      <dt>{props.name}</dt>
      <dd data-figure={props.name}>{props.value}</dd>
    </div>
  );
}

function AgentShare({ run }: { run: RunSession }) {
  run.pulse.value;
  const quantities = run.model.info.value?.runQuantities ?? [];
  const at = quantities.findIndex((q) => /callback|agent/.test(q.id) && q.unit === "ratio");
  const quantity = quantities[at];
  if (quantity === undefined) return null;
  return <Figure name="agent" value={percent(run.model.runValue(at))} meaning={quantity.meaning} />;
}

/** Milliseconds per iteration over the last samples before the one shown. */
function pace(run: RunSession): number {
  const t = run.model.timeline;
  const last = run.model.shown.peek().sample;
  const first = Math.max(0, last - 20);
  if (last <= first) return NaN;
  const time = (t.timeMillis[last] as number) - (t.timeMillis[first] as number);
  return time / ((t.iteration[last] as number) - (t.iteration[first] as number));
}
