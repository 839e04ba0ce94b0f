import { render } from "preact";
import { App } from "./app";
import { session, signIn } from "./model/api";
import { followHistory } from "./model/route";
import { startTheme } from "./model/theme";
import { Stage } from "./view/map/stage";

startTheme();

async function start(): Promise<void> {
  const [, token, run] = /^#token=([^&]+)(?:&(run\/[0-9A-Z]{26}))?$/.exec(location.hash) ?? [];
  if (token !== undefined) {
    // The token leaves the address bar, and with it the history, before anything else happens.
    history.replaceState(null, "", `${location.pathname}#/${run ?? "runs"}`);
    await signIn(decodeURIComponent(token)).catch(() => {
      session.value = "none";
    });
  }
  followHistory();
  const canvas = document.createElement("canvas");
  canvas.className = "stage";
  canvas.setAttribute("aria-hidden", "true");
  const root = document.getElementById("app") as HTMLElement;
  document.body.append(canvas);
  render(<App stage={new Stage(canvas)} />, root);
}

void start();
