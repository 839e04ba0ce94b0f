import { useLayoutEffect, useRef } from "preact/hooks";
import { Scale } from "./field-bar";

const KEYS: readonly (readonly [string, string])[] = [
  ["← →", "one sample back or on; with Shift ten"],
  ["Space", "play and pause"],
  ["L, End", "back to live"],
  ["Home", "the first sample"],
  ["↑ ↓, K J", "the layer before or after"],
  ["0 … 9", "maps of that group; with Shift subtract it"],
  ["A", "maps of the activity"],
  ["N", "maps or numbers"],
  ["[ ]", "the view of the numbers before or after"],
  ["+ −", "look closer at the time, or less close"],
  ["W", "the whole run"],
  ["B, O", "next grouping; groups in own or similar order"],
  ["G, H", "align layers; mark a group in every layer"],
  ["/, F", "find a unit by its number, or the layers"],
  ["I", "what am I looking at?"],
  ["M, S, P", "layout method; lasso; pin the unit"],
  ["Tab to map", "arrows go from unit to unit, Enter opens, + − region"],
  ["Esc", "close region, unit, then the layer"],
  ["E", "alerts: what, since when, why, what to try"],
  ["T", "light or dark"],
  ["?", "this page"],
];

export function Help({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next paint, so that whoever sees the dialog can close it with Escape.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" onClose={close} onClick={(e) => e.target === dialog.current && close()} data-testid="help">
      <div class="help-body">
        <section>
          <h2>Keys</h2>
          <dl>
            {KEYS.map(([key, meaning]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h2>How to read a map</h2>
          <p>
            Every dot is a unit: a neuron, a channel or a feature. Units that are active on the same examples lie close
            together. The surface between them is the field that is shown; lines join equal values.
          </p>
          <p>
            <Scale signed={false} /> activity of layers that cannot be negative, from 0 to the layer's range
          </p>
          <p>
            <Scale signed /> signed activity and group profiles: blue below, orange above, background at zero
          </p>
          <p>
            A hollow ring on the rim is a dead unit. A ring that spreads is a unit that has come alive, one that closes a
            unit that died. A ring with a number is pinned; its line is where it has been.
          </p>
          <p>
            <b>calm</b>: neighbourhoods stay. <b>settling</b>: units move a little. <b>re-organising</b>: the network
            itself is changing which units are alike. The figures behind the word appear when you point at it.
          </p>
        </section>
      </div>
      <form method="dialog">
        <button class="primary">Close</button>
      </form>
    </dialog>
  );
}
