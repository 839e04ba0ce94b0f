import { colourMap } from "../colour/maps";
import type { ByteImage } from "../wire/messages";
import type { Theme } from "./theme";

/** Whether a picture of bytes has room for values below zero; whether there are any is the layer's matter. */
export function hasSign(image: ByteImage): boolean {
  return image.zero < -0.5 * image.scale;
}

/** RGBA of one plane, coloured by value over a range that is held: zero is the background. */
export function paintPlane(
  image: ByteImage,
  plane: number,
  range: number,
  isSigned: boolean,
  theme: Theme,
): Uint8ClampedArray<ArrayBuffer> {
  const map = colourMap(theme, isSigned);
  const size = image.height * image.width;
  const out = new Uint8ClampedArray(new ArrayBuffer(size * 4));
  const most = range > 0 ? range : 1;
  for (let i = 0; i < size; i++) {
    const value = (image.zero + image.scale * (image.data[plane * size + i] ?? 0)) / most;
    const share = Math.min(1, Math.max(isSigned ? -1 : 0, value));
    const entry = (isSigned ? 128 + Math.round(127 * share) : Math.round(255 * share)) * 4;
    for (let c = 0; c < 3; c++) out[4 * i + c] = map[entry + c] as number;
    out[4 * i + 3] = 255;
  }
  return out;
}

/** RGBA of an example as it is: three planes are red, green and blue, otherwise the first is grey. */
export function paintInput(image: ByteImage): Uint8ClampedArray<ArrayBuffer> {
  const size = image.height * image.width;
  const out = new Uint8ClampedArray(new ArrayBuffer(size * 4));
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) out[4 * i + c] = image.data[(image.count >= 3 ? c : 0) * size + i] ?? 0;
    out[4 * i + 3] = 255;
  }
  return out;
}

/** Value of one cell. */
export function valueAt(image: ByteImage, plane: number, row: number, column: number): number {
  const byte = image.data[(plane * image.height + row) * image.width + column];
  return byte === undefined ? NaN : image.zero + image.scale * byte;
}
