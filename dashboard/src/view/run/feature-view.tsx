import { useEffect, useRef, useState } from "preact/hooks";
import { figure, integer } from "../../model/format";
import { hasSign, paintInput, paintPlane, valueAt } from "../../model/image";
import { go, route } from "../../model/route";
import { theme } from "../../model/theme";
import type { ByteImage, LayerFeaturesData, LayerInfo } from "../../wire/messages";
import { useRun } from "../context";
import { Scale } from "./field-bar";

const MOST_PLANES = 256;

/** In a graph of operations attention is the softmax within it. */
export function isAttention(info: LayerInfo): boolean {
  return /attention/i.test(info.type) || (/softmax/i.test(info.type) && !info.output && info.shape.length === 3);
}

/** Whether a layer's units see places, so that each has a picture of an example. */
export function hasPlaces(info: LayerInfo): boolean {
  return info.shape.length >= 3 && (info.shape[0] === info.units || info.shape.at(-1) === info.units);
}

/** What one channel sees of the example, beside the example. */
export function FeatureMap({ layer, unit }: { layer: number; unit: number }) {
  const run = useRun();
  const features = run.model.shown.value.features.find((f) => f.layer === layer);
  if (features === undefined || unit >= features.maps.count) {
    return (
      <p class="empty small" data-testid="no-feature">
        No feature map of this unit was published by this moment. The agent makes some every few seconds, of one example.
      </p>
    );
  }
  const { maps, input, range, example } = features;
  const isSigned = hasSign(maps) && run.isSigned(layer, { kind: "activity" });
  return (
    <figure class="feature" data-testid="feature" data-unit={unit}>
      {input && (
        <div>
          <Plane image={input} plane={-1} range={1} isSigned={false} label={`the example: ${example}`} />
          <small class="faint">the example</small>
        </div>
      )}
      <div>
        <Plane image={maps} plane={unit} range={range} isSigned={isSigned} label={`what unit ${unit} sees of ${example}`} />
        <small class="faint">unit {unit}</small>
      </div>
      <figcaption>
        <span>{example}</span>
        <RangeScale features={features} isSigned={isSigned} />
        <span class="faint">it {integer(features.iteration)}</span>
      </figcaption>
    </figure>
  );
}

/** All channels, or all heads, of one example. */
export function FeatureGallery({ layer, info }: { layer: number; info: LayerInfo }) {
  const run = useRun();
  const features = run.model.shown.value.features.find((f) => f.layer === layer);
  const { unit } = route.value;
  if (features === undefined) return <p class="empty">No pictures of this layer were published yet.</p>;
  const isHeads = isAttention(info);
  const { maps, input, range, example } = features;
  const isSigned = hasSign(maps) && run.isSigned(layer, { kind: "activity" });
  return (
    <section data-testid="gallery" data-count={maps.count}>
      <div class="gallery-head">
        {input && <Plane image={input} plane={-1} range={1} isSigned={false} label={`the example: ${example}`} />}
        <p>
          {isHeads
            ? `How much each position (a row) reads from each other (a column), by head; ${example}`
            : `What each channel sees of ${example}`}
          <RangeScale features={features} isSigned={isSigned} />
        </p>
      </div>
      <div class={`gallery ${isHeads ? "heads" : ""}`}>
        {Array.from({ length: Math.min(MOST_PLANES, maps.count) }, (_, plane) =>
          isHeads ? (
            <figure key={plane} data-testid="head">
              <Heat image={maps} plane={plane} range={range} />
              <figcaption>head {plane}</figcaption>
            </figure>
          ) : (
            <button
              key={plane}
              type="button"
              class={plane === unit ? "chosen" : ""}
              title={`Unit ${plane}`}
              onClick={() => go({ unit: plane === unit ? null : plane })}
            >
              <Plane image={maps} plane={plane} range={range} isSigned={isSigned} label={`what unit ${plane} sees`} />
              <span>{plane}</span>
            </button>
          ),
        )}
      </div>
    </section>
  );
}

/** One head's attention; the cell under the pointer is read out. */
function Heat({ image, plane, range }: { image: ByteImage; plane: number; range: number }) {
  const [cell, setCell] = useState<readonly [number, number] | null>(null);
  const at = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * image.width);
    const row = Math.floor(((event.clientY - box.top) / box.height) * image.height);
    setCell([Math.min(image.height - 1, Math.max(0, row)), Math.min(image.width - 1, Math.max(0, column))]);
  };
  const said = cell ? `${cell[0]} reads ${cell[1]}: ${figure(valueAt(image, plane, cell[0], cell[1]))}` : "";
  return (
    <div class="heat" onPointerMove={at} onPointerLeave={() => setCell(null)} title={said}>
      <Plane image={image} plane={plane} range={range} isSigned={false} label={`attention of head ${plane}, queries down, keys across`} />
      <output>{said}</output>
    </div>
  );
}

function RangeScale({ features, isSigned: signed }: { features: LayerFeaturesData; isSigned: boolean }) {
  return (
    <span class="legend" title="Held over time, so brightness can be compared">
      {signed ? `−${figure(features.range)}` : "0"}
      <Scale signed={signed} />
      {figure(features.range)}
    </span>
  );
}

/** One plane of bytes, a cell to a pixel and scaled without smoothing; −1 is the picture as it is. */
function Plane(props: { image: ByteImage; plane: number; range: number; isSigned: boolean; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { image, plane, range, isSigned } = props;
  const tone = theme.value;
  useEffect(() => {
    const c = canvas.current?.getContext("2d");
    if (!c || image.width === 0 || image.height === 0) return;
    const pixels = plane < 0 ? paintInput(image) : paintPlane(image, plane, range, isSigned, tone);
    c.putImageData(new ImageData(pixels, image.width, image.height), 0, 0);
  }, [image, plane, range, isSigned, tone]);
  return <canvas ref={canvas} class="plane" width={image.width} height={image.height} role="img" aria-label={props.label} />;
}
