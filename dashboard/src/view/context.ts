import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { RunSession } from "../model/run-session";
import type { Stage } from "./map/stage";

export const StageContext = createContext<Stage | null>(null);
export const RunContext = createContext<RunSession | null>(null);

export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (stage === null) throw new Error("a map must be inside the page's stage");
  return stage;
}

export function useRun(): RunSession {
  const run = useContext(RunContext);
  if (run === null) throw new Error("a panel of a run must be inside that run's page");
  return run;
}
