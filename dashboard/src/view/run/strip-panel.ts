import { colourMap } from "../../colour/maps";
import type { RunModel } from "../../model/run";
import { binEdges, fillStrip, shareOf, stripScale, type StripScale } from "../../model/strips";
import { theme } from "../../model/theme";
import type { Panel } from "../loop";
import { GUTTER, MARGIN } from "./score-plot";

export const STRIP_GAP = 5;

export interface StripHit {
  readonly strip: number;
  readonly layer: number;
}

/** Layer × time bands, one per chosen quantity, over the same axis as the score. */
export class StripPanel implements Panel {
  quantities: readonly number[] = [];
  range: readonly [number, number] = [0, 1];
  private image: ImageData | null = null;
  private values = new Float32Array(0);

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly model: RunModel,
  ) {}

  get stripHeight(): number {
    const count = Math.max(1, this.quantities.length);
    return (this.canvas.clientHeight - STRIP_GAP * (count - 1)) / count;
  }

  hit(y: number): StripHit | null {
    const pitch = this.stripHeight + STRIP_GAP;
    const strip = Math.floor(y / pitch);
    const inside = y - strip * pitch;
    if (strip < 0 || strip >= this.quantities.length || inside >= this.stripHeight) return null;
    return { strip, layer: Math.floor((inside / this.stripHeight) * this.model.timeline.layers) };
  }

  draw(): boolean {
    const t = this.model.timeline;
    const info = this.model.info.peek();
    const c = this.canvas.getContext("2d");
    if (c === null || info === null) return false;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.round(this.canvas.clientWidth * ratio);
    const height = Math.round(this.canvas.clientHeight * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    c.clearRect(0, 0, width, height);
    const left = Math.round(GUTTER * ratio);
    const bins = width - left - Math.round(MARGIN * ratio);
    if (bins < 2 || t.length === 0 || t.layers === 0) return false;
    const edges = binEdges(t, this.range[0], this.range[1], bins);
    if (this.values.length !== t.layers * bins) this.values = new Float32Array(t.layers * bins);
    const pitch = this.stripHeight + STRIP_GAP;
    this.quantities.forEach((quantity, i) => {
      const described = info.layerQuantities[quantity];
      if (described === undefined) return;
      fillStrip(t, quantity, edges, this.values);
      const top = Math.round(i * pitch * ratio);
      const tall = Math.max(t.layers, Math.round(this.stripHeight * ratio));
      this.paint(c, left, top, bins, tall, t.layers, stripScale(described, this.values));
    });
    return false;
  }

  private paint(
    c: CanvasRenderingContext2D,
    left: number,
    top: number,
    bins: number,
    tall: number,
    layers: number,
    scale: StripScale,
  ): void {
    const isSigned = scale.low < 0;
    const map = colourMap(theme.peek(), isSigned);
    if (this.image?.width !== bins || this.image.height !== tall) this.image = c.createImageData(bins, tall);
    const pixels = this.image.data;
    for (let y = 0; y < tall; y++) {
      const layer = Math.min(layers - 1, Math.floor((y / tall) * layers));
      // A hairline of background between layers, when there is room for one.
      const next = Math.floor(((y + 1) / tall) * layers);
      const isRule = tall / layers >= 5 && next !== layer;
      for (let x = 0; x < bins; x++) {
        const value = this.values[layer * bins + x] as number;
        const at = (y * bins + x) * 4;
        if (Number.isNaN(value) || isRule) {
          pixels[at + 3] = 0;
          continue;
        }
        const share = shareOf(value, scale);
        const entry = (isSigned ? 128 + Math.round(127 * share) : Math.round(255 * share)) * 4;
        pixels[at] = map[entry] as number;
        pixels[at + 1] = map[entry + 1] as number;
        pixels[at + 2] = map[entry + 2] as number;
        pixels[at + 3] = 255;
      }
    }
    c.putImageData(this.image, left, top);
  }
}
