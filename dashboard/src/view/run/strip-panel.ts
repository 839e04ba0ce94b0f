import { colourMap } from "../../colour/maps";
import { brokenCounts } from "../../model/not-finite";
import type { RunModel } from "../../model/run";
import { binEdges, fillBroken, fillStrip, stripScale } from "../../model/strips";
import { theme } from "../../model/theme";
import { BandImage, fitCanvas } from "../common/band-paint";
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
  private readonly image = new BandImage();
  private values = new Float32Array(0);
  private broken = new Uint8Array(0);

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
    const t = this.model.samplesOf(...this.range);
    const info = this.model.info.peek();
    const c = this.canvas.getContext("2d");
    if (c === null || info === null) return false;
    const ratio = fitCanvas(this.canvas);
    const { width, height } = this.canvas;
    c.clearRect(0, 0, width, height);
    const left = Math.round(GUTTER * ratio);
    const bins = width - left - Math.round(MARGIN * ratio);
    if (bins < 2 || t.length === 0 || t.layers === 0) return false;
    const edges = binEdges(t, this.range[0], this.range[1], bins);
    const cells = t.layers * bins;
    if (this.values.length !== cells) {
      this.values = new Float32Array(cells);
      this.broken = new Uint8Array(cells);
    }
    fillBroken(t, brokenCounts(info.layerQuantities), edges, this.broken);
    const pitch = this.stripHeight + STRIP_GAP;
    this.quantities.forEach((quantity, i) => {
      const described = info.layerQuantities[quantity];
      if (described === undefined) return;
      fillStrip(t, quantity, edges, this.values);
      const top = Math.round(i * pitch * ratio);
      const tall = Math.max(t.layers, Math.round(this.stripHeight * ratio));
      const scale = stripScale(described, this.values);
      const { values, broken } = this;
      const map = colourMap(theme.peek(), scale.low < 0);
      this.image.paint(c, left, top, { values, broken, layers: t.layers, bins, tall, scale }, map);
    });
    return false;
  }
}
