import { shareOf, type StripScale } from "../../model/strips";

/** Layers × time as a picture: one row of blocks per layer. */
export interface Band {
  /** [layers × bins]; NaN where nothing was read. */
  readonly values: Float32Array;
  /** [layers × bins]; 1 where the layer was not finite. */
  readonly broken: Uint8Array;
  readonly layers: number;
  readonly bins: number;
  readonly tall: number;
  readonly scale: StripScale;
}

/** The image a band is painted into, kept from one drawing to the next. */
export class BandImage {
  private image: ImageData | null = null;

  paint(c: CanvasRenderingContext2D, left: number, top: number, band: Band, map: Uint8Array): void {
    const { values, layers, bins, tall, scale } = band;
    const isSigned = scale.low < 0;
    if (this.image?.width !== bins || this.image.height !== tall) this.image = c.createImageData(bins, tall);
    const pixels = this.image.data;
    for (let y = 0; y < tall; y++) {
      const layer = Math.min(layers - 1, Math.floor((y / tall) * layers));
      // A hairline of background between layers, when there is room for one.
      const next = Math.floor(((y + 1) / tall) * layers);
      const isRule = tall / layers >= 5 && next !== layer;
      for (let x = 0; x < bins; x++) {
        const value = values[layer * bins + x] as number;
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
    hatch(c, left, top, band);
  }
}

const NARROWEST = 4;

/** What is not a number is not a colour: it is hatched, and never narrower than can be seen. */
function hatch(c: CanvasRenderingContext2D, left: number, top: number, band: Band): void {
  const { broken, layers, bins, tall } = band;
  if (!broken.includes(1)) return;
  const style = getComputedStyle(c.canvas);
  const ground = style.getPropertyValue("--panel");
  const lines = hatchPattern(c, style.getPropertyValue("--warning"));
  for (let layer = 0; layer < layers; layer++) {
    const y = top + Math.ceil((layer * tall) / layers);
    const height = top + Math.ceil(((layer + 1) * tall) / layers) - y - (tall / layers >= 5 ? 1 : 0);
    for (let x = 0; x < bins; x++) {
      if (broken[layer * bins + x] === 0) continue;
      const from = x;
      while (x < bins && broken[layer * bins + x] === 1) x++;
      const width = Math.max(NARROWEST, x - from);
      for (const fill of [ground, lines]) {
        c.fillStyle = fill;
        c.fillRect(left + Math.min(from, bins - width), y, width, height);
      }
    }
  }
}

/** Diagonal lines for a canvas. */
export function hatchPattern(c: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const t = tile.getContext("2d");
  if (t === null) return colour;
  t.strokeStyle = colour;
  t.lineWidth = 1.4;
  for (const shift of [-6, 0, 6]) {
    t.moveTo(shift - 1, 7);
    t.lineTo(shift + 7, -1);
  }
  t.stroke();
  return c.createPattern(tile, "repeat") ?? colour;
}

/** Sizes a canvas for the screen it is on; returns the pixels per CSS pixel. */
export function fitCanvas(canvas: HTMLCanvasElement): number {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  return ratio;
}
