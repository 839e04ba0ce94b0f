import { useEffect } from "preact/hooks";
import { fetchRuns, rememberedRole, session } from "./model/api";
import { page, route } from "./model/route";
import { StageContext } from "./view/context";
import { Login } from "./view/login";
import type { Stage } from "./view/map/stage";
import { RunPage } from "./view/run/run-page";
import { RunsPage } from "./view/runs/runs-page";

export function App({ stage }: { stage: Stage }) {
  useEffect(() => {
    if (session.peek() !== "unknown") return;
    fetchRuns().catch(() => {
      // A server that does not answer is for the pages to announce; only a refusal leads to the door.
      if (session.peek() === "unknown") session.value = rememberedRole();
    });
  }, []);
  if (session.value === "unknown") return null;
  if (session.value === "none") return <Login />;
  return (
    <StageContext.Provider value={stage}>
      {page.value === "runs" ? <RunsPage /> : <RunPage key={`${route.value.run}/${route.value.worker}`} id={route.value.run} worker={route.value.worker} />}
    </StageContext.Provider>
  );
}
