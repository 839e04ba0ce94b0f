/** A unit that stays marked. Layers are named by index, which never changes within a run. */
export interface Pin {
  readonly layer: number;
  readonly unit: number;
}

/** More than this are not told apart on a map. */
export const MOST_PINS = 16;

export function isPinned(pins: readonly Pin[], layer: number, unit: number): boolean {
  return pins.some((pin) => pin.layer === layer && pin.unit === unit);
}

/** Pins a unit or lets it go; the oldest pin makes room for the newest. */
export function togglePin(pins: readonly Pin[], layer: number, unit: number): readonly Pin[] {
  if (isPinned(pins, layer, unit)) return pins.filter((pin) => pin.layer !== layer || pin.unit !== unit);
  return addPins(pins, layer, [unit]);
}

export function addPins(pins: readonly Pin[], layer: number, units: readonly number[]): readonly Pin[] {
  const fresh = units.filter((unit) => !isPinned(pins, layer, unit)).map((unit) => ({ layer, unit }));
  return [...pins, ...fresh].slice(-MOST_PINS);
}

export function unitsPinned(pins: readonly Pin[], layer: number): number[] {
  return pins.filter((pin) => pin.layer === layer).map((pin) => pin.unit);
}

/** "5.311,5.12" as it stands in a link. */
export function formatPins(pins: readonly Pin[]): string {
  return pins.map(({ layer, unit }) => `${layer}.${unit}`).join(",");
}

export function parsePins(text: string | null): readonly Pin[] {
  let pins: readonly Pin[] = [];
  for (const part of (text ?? "").split(",")) {
    const match = /^(\d{1,6})\.(\d{1,9})$/.exec(part);
    if (match) pins = addPins(pins, Number(match[1]), [Number(match[2])]);
  }
  return pins;
}
