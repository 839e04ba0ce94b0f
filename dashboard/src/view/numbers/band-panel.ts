import { colourMap } from "../../colour/maps";
import { brokenCounts } from "../../model/not-finite";
import type { Range } from "../../model/range";
import type { RunModel } from "../../model/run";
import { binEdges, fillBroken, fillStrip, stripScale, type StripScale } from "../../model/strips";
import { theme } from "../../model/theme";
import { BandImage, fitCanvas } from "../common/band-paint";
import type { Panel } from "../loop";
import { fitted, LEFT, RIGHT } from "./canvas";

const SMALLEST_ROW = 11;

/** One quantity as layers × time, with the names of the layers. */
export class BandPanel implements Panel {
  quantity = 0;
  chosen = -1;
  range: Range = [0, 1];
  onScale: (scale: StripScale) => void = () => {};
  private readonly image = new BandImage();
  private values = new Float32Array(0);
  private broken = new Uint8Array(0);

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly model: RunModel,
  ) {}

  draw(): boolean {
    const info = this.model.info.peek();
    const described = info?.layerQuantities[this.quantity];
    const c = this.canvas.getContext("2d");
    if (c === null || info === null || described === undefined) return false;
    const ratio = fitCanvas(this.canvas);
    const { width, height } = this.canvas;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, width, height);
    const t = this.model.samplesOf(...this.range);
    const left = Math.round(LEFT * ratio);
    const bins = width - left - Math.round(RIGHT * ratio);
    if (bins < 2 || t.length === 0 || t.layers === 0) return false;
    const cells = t.layers * bins;
    if (this.values.length !== cells) {
      this.values = new Float32Array(cells);
      this.broken = new Uint8Array(cells);
    }
    const edges = binEdges(t, this.range[0], this.range[1], bins);
    fillStrip(t, this.quantity, edges, this.values);
    fillBroken(t, brokenCounts(info.layerQuantities), edges, this.broken);
    const scale = stripScale(described, this.values);
    const { values, broken } = this;
    const map = colourMap(theme.peek(), scale.low < 0);
    this.image.paint(c, left, 0, { values, broken, layers: t.layers, bins, tall: height, scale }, map);
    c.scale(ratio, ratio);
    this.names(c, info.layers.map((layer) => layer.name));
    this.onScale(scale);
    return false;
  }

  private names(c: CanvasRenderingContext2D, names: readonly string[]): void {
    const style = getComputedStyle(this.canvas);
    const row = this.canvas.clientHeight / names.length;
    const every = Math.max(1, Math.ceil(SMALLEST_ROW / row));
    c.font = `11px ${style.fontFamily}`;
    c.textBaseline = "middle";
    names.forEach((name, layer) => {
      const isChosen = layer === this.chosen;
      const y = (layer + 0.5) * row;
      if (isChosen) {
        c.fillStyle = style.getPropertyValue("--accent");
        c.fillRect(LEFT - 5, layer * row, 3, Math.max(2, row - 1));
      }
      const isNear = this.chosen >= 0 && !isChosen && Math.abs(layer - this.chosen) < every;
      if ((layer % every !== 0 && !isChosen) || isNear) return;
      c.fillStyle = style.getPropertyValue(isChosen ? "--accent" : "--text-2");
      c.fillText(fitted(c, name, LEFT - 12), 2, y);
    });
  }
}
