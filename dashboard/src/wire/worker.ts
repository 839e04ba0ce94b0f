import { RunLink, type World } from "./link";
import type { ToWorker } from "./messages";

// The page's own type library has no worker scope; this is the part of it that is used.
interface Scope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}
const scope = self as unknown as Scope;

let link: RunLink | null = null;

function worldAt(origin: string): World {
  return {
    fetch: (path) => fetch(origin + path, { credentials: "same-origin", cache: "no-store" }),
    socket: (path) => new WebSocket(origin.replace(/^http/, "ws") + path, "alidade.v1"),
    post: (message, transfer) => scope.postMessage(message, transfer),
    later: (task, millis) => {
      const timer = setTimeout(task, millis);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}

scope.onmessage = ({ data: message }) => {
  switch (message.type) {
    case "open":
      link?.close();
      link = new RunLink(message.run, worldAt(message.origin), message.pictures, message.worker);
      void link.open();
      return;
    case "pictures":
      return link?.setPictures(message.wanted);
    case "moment":
      return void link?.moment(message.request, message.iteration);
    case "detail":
      return void link?.detail(message.request, message.from, message.to);
    case "histograms":
      return void link?.histograms(message.request, message.layer, message.from, message.to, message.most);
    case "close":
      link?.close();
      link = null;
  }
};
