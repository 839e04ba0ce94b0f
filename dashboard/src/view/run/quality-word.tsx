import { meaningOf, qualityLines, restlessness, SAMPLED_ABOVE } from "../../model/words";
import { integer } from "../../model/format";
import type { LayerMap } from "../../wire/messages";

/** What the map is doing, in one word; the figures are behind it. */
export function QualityWord({ map }: { map: LayerMap | null }) {
  const quality = map?.quality ?? null;
  if (map === null) return <span class="faint">no map yet</span>;
  if (quality === null) return <span class="faint">unjudged</span>;
  const word = restlessness(quality);
  const title = qualityLines(quality, map.units)
    .map(([name, value, meaning]) => `${name} ${value}: ${meaning}`)
    .join("\n");
  return (
    <span class={`word ${word}`} title={title}>
      {word}
    </span>
  );
}

/** The same word with its figures in a card that the pointer and the keyboard open. */
export function QualityCard({ map }: { map: LayerMap | null }) {
  const quality = map?.quality ?? null;
  if (map === null || quality === null) return <QualityWord map={map} />;
  const word = restlessness(quality);
  return (
    <span class="quality" data-testid="quality" data-word={word}>
      <button type="button" class={`word ${word}`} aria-describedby="quality-card">
        {word}
      </button>
      <span class="card" id="quality-card" role="tooltip">
        <b>{word}</b>: {meaningOf(word)}.
        <span class="lines">
          {qualityLines(quality, map.units).map(([name, value, meaning]) => (
            <span key={name} data-figure={name}>
              <span>{name}</span>
              <b>{value}</b>
              <small>{meaning}</small>
            </span>
          ))}
        </span>
        {map.units > SAMPLED_ABOVE && (
          <small>
            Above {integer(SAMPLED_ABOVE)} units the first three are measured on some of them in turn; ± is their
            standard error.
          </small>
        )}
      </span>
    </span>
  );
}
