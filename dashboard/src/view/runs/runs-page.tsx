import { useEffect, useMemo, useState } from "preact/hooks";
import { ApiError, deleteRun, fetchRuns, restoreRun, session, type RunSummary } from "../../model/api";
import { ago, bytes, dateAndClock, duration, figure, integer } from "../../model/format";
import { go, RUNS } from "../../model/route";
import { toggleTheme } from "../../model/theme";
import { Brand, ThemeButton } from "../common/brand";
import { Spark } from "../common/spark";

const REFRESH_MILLIS = 2000;

export function RunsPage() {
  const [runs, setRuns] = useState<readonly RunSummary[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [query, setQuery] = useState("");
  const [deleted, setDeleted] = useState<RunSummary | null>(null);
  const refresh = async () => {
    try {
      setRuns(await fetchRuns());
      setError(null);
    } catch (e) {
      setError(e instanceof ApiError ? e.message : String(e));
    }
  };
  useEffect(() => {
    document.title = "Runs · Alidade";
    void refresh();
    const timer = window.setInterval(() => {
      if (!document.hidden) void refresh();
    }, REFRESH_MILLIS);
    const key = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement) return;
      if (event.key === "t") toggleTheme();
      if (event.key === "/") {
        event.preventDefault();
        document.getElementById("search")?.focus();
      }
    };
    window.addEventListener("keydown", key);
    return () => {
      window.clearInterval(timer);
      window.removeEventListener("keydown", key);
    };
  }, []);
  const remove = async (run: RunSummary) => {
    try {
      await deleteRun(run.id);
      setDeleted(run);
      await refresh();
    } catch (e) {
      setError(e instanceof ApiError ? e.message : String(e));
    }
  };
  const undo = async () => {
    if (deleted === null) return;
    await restoreRun(deleted.id).catch((e: unknown) => setError(String(e)));
    setDeleted(null);
    await refresh();
  };
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (runs ?? []).filter((run) => {
    const text = `${run.name} ${run.id} ${run.state}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const live = found.filter((run) => run.state === "live");
  const recorded = found.filter((run) => run.state !== "live");
  return (
    <div class="runs-page" data-testid="runs-page">
      <header class="bar">
        <Brand />
        <span class="crumb">runs</span>
        <span class="grow" />
        <label class="search">
          <span class="hidden">Search runs</span>
          <input
            id="search"
            type="search"
            placeholder="Search runs  /"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </label>
        <ThemeButton />
      </header>
      <main class="runs">
        {error !== null && (
          <p class="warning" role="alert">
            {error}. Trying again every {REFRESH_MILLIS / 1000} s.
          </p>
        )}
        {runs !== null && runs.length === 0 && <NoRuns />}
        {runs === null && error === null && <p class="empty">Reading the runs…</p>}
        {runs !== null && runs.length > 0 && found.length === 0 && (
          <p class="empty">No run matches “{query}”. Search looks at names, ids and the words live and recorded.</p>
        )}
        {found.length > 0 && (
          <RunTable
            groups={[
              ["Live", live],
              ["Recorded", recorded],
            ]}
            remove={session.value === "control" ? (run) => void remove(run) : null}
          />
        )}
      </main>
      {deleted !== null && (
        <div class="toast" role="status">
          <span>
            “{deleted.name}” is in the trash.
          </span>
          <button type="button" onClick={() => void undo()} data-testid="undo">
            Undo
          </button>
          <button type="button" class="plain" onClick={() => setDeleted(null)} aria-label="Dismiss">
            ×
          </button>
        </div>
      )}
    </div>
  );
}

function RunTable(props: {
  groups: readonly (readonly [string, readonly RunSummary[]])[];
  remove: ((run: RunSummary) => void) | null;
}) {
  const now = Date.now();
  const headings = ["Iteration", "Epoch", "Layers", "Samples", "Dropped", "Maps", "Size", "Lasted"];
  return (
    <div class="scroll-x">
      <table class="run-table">
        <thead>
          <tr>
            <th class="left">Run</th>
            <th class="left">Score</th>
            <th />
            {headings.map((heading) => (
              <th key={heading}>{heading}</th>
            ))}
            <th class="left">Last sample</th>
            <th />
          </tr>
        </thead>
        {props.groups
          .filter(([, runs]) => runs.length > 0)
          .map(([title, runs]) => (
            <tbody key={title}>
              <tr class="group">
                <th class="left" colSpan={13} scope="rowgroup">
                  {title} <span class="count">{runs.length}</span>
                </th>
              </tr>
              {runs.map((run) => (
                <RunRow key={run.id} run={run} now={now} remove={run.state === "live" ? null : props.remove} />
              ))}
            </tbody>
          ))}
      </table>
    </div>
  );
}

function RunRow({ run, now, remove }: { run: RunSummary; now: number; remove: ((run: RunSummary) => void) | null }) {
  const open = () => go({ ...RUNS, page: "run", run: run.id });
  const spark = useMemo(
    () => ({ x: null, y: run.scores, length: run.scores.length, mark: -1 }),
    [run.scores.length, run.scores.at(-1)],
  );
  const isLive = run.state === "live";
  return (
    <tr class="run-row" onClick={open} data-testid="run" data-run={run.id} data-state={run.state}>
      <td class="left name">
        <a
          href={`#/run/${run.id}`}
          onClick={(event) => {
            event.preventDefault();
            event.stopPropagation();
            open();
          }}
        >
          <span class={`dot ${isLive ? "live" : ""}`} aria-hidden="true" />
          {run.name}
        </a>
        <small title={run.id}>{run.id.slice(-6).toLowerCase()}</small>
      </td>
      <td class="left">
        <Spark data={spark} width={140} height={24} label={`score of ${run.name}`} />
      </td>
      <td class="strong">{figure(run.score ?? NaN)}</td>
      <td>{integer(run.iteration)}</td>
      <td>{integer(run.epoch)}</td>
      <td>{integer(run.layers)}</td>
      <td>{integer(run.samples)}</td>
      <td class={run.dropped > 0 ? "warning" : "faint"}>{integer(run.dropped)}</td>
      <td>{integer(run.pictures)}</td>
      <td>{bytes(run.bytes)}</td>
      <td>{duration(run.lastMillis - run.startedMillis)}</td>
      <td class="left" title={`started ${dateAndClock(run.startedMillis)}, last ${dateAndClock(run.lastMillis)}`}>
        {ago(run.lastMillis, now)}
      </td>
      <td>
        {remove !== null && (
          <button
            type="button"
            class="plain quiet"
            title="Move to the trash"
            aria-label={`Delete ${run.name}`}
            onClick={(event) => {
              event.stopPropagation();
              remove(run);
            }}
            data-testid="delete"
          >
            ×
          </button>
        )}
      </td>
    </tr>
  );
}

const SNIPPET = `try (var alidade = Alidade.builder().run("my-run").every(10).start()) {
    net.addListeners(alidade.listener());
    net.fit(train, epochs);
}`;

function NoRuns() {
  return (
    <div class="notice">
      <h1>No runs yet</h1>
      <p>Add three lines to a Deeplearning4j training; it appears here with its first sample.</p>
      <pre>{SNIPPET}</pre>
      <p>
        Or watch the demo train a small network on drawn digits: <code>mvn -Pdemo</code>
      </p>
    </div>
  );
}
