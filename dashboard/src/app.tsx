import { useEffect } from "preact/hooks";
import { fetchRuns, session } from "./model/api";
import { page, route } from "./model/route";
import { StageContext } from "./view/context";
import { Login } from "./view/login";
import type { Stage } from "./view/map/stage";
import { RunPage } from "./view/run/run-page";
import { RunsPage } from "./view/runs/runs-page";

export function App({ stage }: { stage: Stage }) {
  useEffect(() => {
    if (session.peek() === "unknown") void fetchRuns().catch(() => undefined);
  }, []);
  if (session.value === "none") return <Login />;
  return (
    <StageContext.Provider value={stage}>
      {page.value === "runs" ? <RunsPage /> : <RunPage key={route.value.run} id={route.value.run} />}
    </StageContext.Provider>
  );
}
