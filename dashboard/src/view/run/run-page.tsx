import { useEffect, useState } from "preact/hooks";
import { RunSession } from "../../model/run-session";
import { RunContext, useStage } from "../context";
import { Focus } from "./focus";
import { Header } from "./header";
import { Help } from "./help";
import { useKeys } from "./keys";
import { Network } from "./network";
import { Quantities } from "./quantities";
import { TimelinePanel } from "./timeline-panel";
import { NumbersView } from "../numbers/numbers-view";
import { AlertList } from "./alert-list";
import { BrokenBanner } from "./broken-banner";
import { FieldBar } from "./field-bar";
import { Wall } from "./wall";
import { isAlertList } from "../../model/focus-state";
import { route } from "../../model/route";

export function RunPage({ id, worker }: { id: string; worker: number | null }) {
  const stage = useStage();
  const [run, setRun] = useState<RunSession | null>(null);
  useEffect(() => {
    const opened = new RunSession(id, worker, () => stage.changed());
    setRun(opened);
    return () => opened.close();
  }, [id]);
  if (run === null) return null;
  return (
    <RunContext.Provider value={run}>
      <Page run={run} />
    </RunContext.Provider>
  );
}

function Page({ run }: { run: RunSession }) {
  const [isHelp, setHelp] = useState(false);
  useKeys(run, () => setHelp((shown) => !shown));
  const info = run.model.info.value;
  const state = run.model.state.value;
  const isFocused = run.layer.value >= 0;
  const hasMaps = route.value.view === "maps";
  useEffect(() => {
    document.title = `${info?.name ?? "Run"} · Alidade`;
  }, [info?.name]);
  return (
    <div class="run-page" data-testid="run-page">
      <Header run={run} openHelp={() => setHelp(true)} />
      {info === null ? (
        <Waiting state={state} loaded={run.model.loaded.value} />
      ) : (
        <>
          <BrokenBanner />
          <Network />
          {hasMaps ? (
            <>
              <main class={`centre ${isFocused ? "focused" : ""}`}>
                <FieldBar />
                <Wall />
                {isFocused && <Focus key={run.layer.value} layer={run.layer.value} />}
              </main>
              <Quantities />
            </>
          ) : (
            <NumbersView />
          )}
          <TimelinePanel hasStrips={hasMaps} />
        </>
      )}
      {isAlertList.value && <AlertList run={run} />}
      {isHelp && <Help close={() => setHelp(false)} />}
    </div>
  );
}

function Waiting({ state, loaded }: { state: string; loaded: boolean }) {
  if (state === "missing") {
    return (
      <div class="notice">
        <h1>This run is not here</h1>
        <p>
          It may have been moved to the trash, or its file is in another data folder. <a href="#/runs">All runs</a>
        </p>
      </div>
    );
  }
  if (state === "unauthorised") {
    return (
      <div class="notice">
        <h1>The session has ended</h1>
        <p>Open the link that the server printed at its start once more.</p>
      </div>
    );
  }
  if (state === "reconnecting") {
    return (
      <div class="notice">
        <h1>The server does not answer</h1>
        <p>The page keeps trying. Is “alidade serve” still running?</p>
      </div>
    );
  }
  return (
    <div class="notice">
      <h1>{loaded ? "No sample yet" : "Reading the recording…"}</h1>
      {loaded && <p>The run is known but has sent no description. It appears here with its first sample.</p>}
    </div>
  );
}
