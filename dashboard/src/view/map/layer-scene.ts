import { betweenPoses, matrixOf, UPRIGHT, unposed, type Pose } from "../../model/pose";
import type { Field } from "../../model/route";
import { DEAD, NEWBORN, type LayerMap } from "../../wire/messages";
import { FEWEST_FOR_SURFACE } from "../../wire/mesh";
import { isMotionReduced } from "../loop";

const LONGEST_EASE_MILLIS = 700;
const SHORTEST_EASE_MILLIS = 120;
const REARRANGE_MILLIS = 900;
const WAVE_MILLIS = 1400;
const MOST_WAVES = 48;
const NO_WAVES: readonly Wave[] = [];
const NO_TRIANGLES = new Uint32Array(0);

/** A unit that has just come alive or died, for as long as that is news. */
export interface Wave {
  readonly unit: number;
  readonly isBirth: boolean;
  /** How much of its time is over, 0 to 1. */
  readonly share: number;
}

/** Which two stored series a field mixes, and with what weights. */
export interface Mix {
  readonly plus: number; // -1 is the activity, otherwise a group
  readonly minus: number;
  readonly plusWeight: number;
  readonly minusWeight: number;
}

export function mixOf(field: Field): Mix {
  switch (field.kind) {
    case "activity":
      return { plus: -1, minus: -1, plusWeight: 1, minusWeight: 0 };
    case "group":
      return { plus: field.group, minus: field.group, plusWeight: 1, minusWeight: 0 };
    case "contrast":
      return { plus: field.plus, minus: field.minus, plusWeight: 1, minusWeight: -1 };
  }
}

/**
 * One layer's map in motion: where its units come from, where they go, and when. The graphics
 * card does the easing, so a frame of it costs one uniform; numbers on the processor are made only
 * for a new picture and for the pointer.
 */
export class LayerScene {
  map: LayerMap | null = null;
  units = 0;
  groups = 0;
  from = new Float32Array(0);
  to = new Float32Array(0);
  /** [(1 + groups) × units]: the activity, then each group's profile. */
  seriesFrom = new Float32Array(0);
  seriesTo = new Float32Array(0);
  /** Half the side of the square that is shown, in RMS radii; eased by whoever draws. */
  extent = 1.6;
  /** Whether the activity has ever been clearly negative; it stays so, or colours would flip. */
  hasNegative = false;
  /** Counts what the graphics card has to be told. */
  revision = 0;
  private began = 0;
  private lasts = 1;
  private lastPicture = 0;
  private extentFrom = 1.6;
  private rearrangedUntil = 0;
  private strongestAt = -1;
  private readonly strongestOf = new Map<number, number>();
  private oldTriangles: Uint32Array | null = null;
  private poseFrom: Pose = UPRIGHT;
  private poseTo: Pose = UPRIGHT;
  private poseBegan = -Infinity;
  private waves: { unit: number; isBirth: boolean; began: number }[] = [];

  get isDiscs(): boolean {
    return this.units > 0 && this.units < FEWEST_FOR_SURFACE;
  }

  /** Shows a map; `isRearranged` when the units go elsewhere because another way of laying out was chosen. */
  show(map: LayerMap, now: number, isRearranged = false): void {
    if (map === this.map) return;
    const before = this.map;
    const isSame = this.map !== null && map.units === this.units && map.groups === this.groups;
    if (isSame) this.freeze(now);
    const ticked = this.map?.tick ?? 0;
    this.map = map;
    this.units = map.units;
    this.groups = map.groups;
    const length = (1 + map.groups) * map.units;
    if (!isSame) {
      this.to = new Float32Array(map.units * 2);
      this.seriesTo = new Float32Array(length);
    }
    this.to.set(map.positions);
    this.seriesTo.set(map.values);
    this.seriesTo.set(map.profiles, map.units);
    if (!isSame) {
      this.from = this.to.slice();
      this.seriesFrom = this.seriesTo.slice();
    }
    // A quantised zero may decode to a hair below it.
    const floor = -0.02 * map.valueRange;
    this.hasNegative ||= map.values.some((value) => value < floor);
    this.extentFrom = this.extent;
    // A jump to another time is not a change of the network: nothing is held across it.
    const isNext = isSame && !isRearranged && map.tick >= ticked && map.tick - ticked < 5;
    if (isNext && before !== null) this.announce(before, map, now);
    this.extent = this.fittingExtent(map, isNext);
    if (!isSame) this.extentFrom = this.extent;
    if (isRearranged) {
      this.oldTriangles = before?.triangles ?? null;
      this.rearrangedUntil = now + REARRANGE_MILLIS;
    }
    // The ease lasts about as long as pictures are apart, so motion is steady and never lags.
    const gap = now - this.lastPicture;
    if (!isRearranged) this.lastPicture = now;
    const steady = Math.min(LONGEST_EASE_MILLIS, Math.max(SHORTEST_EASE_MILLIS, gap));
    this.lasts = Math.max(isRearranged ? 0 : steady, this.rearrangedUntil - now);
    this.began = isSame && !isMotionReduced() ? now : now - this.lasts;
    this.revision++;
  }

  /** Progress of the ease, 0 to 1. */
  progress(now: number): number {
    const t = Math.min(1, Math.max(0, (now - this.began) / this.lasts));
    return t * t * (3 - 2 * t);
  }

  isMoving(now: number): boolean {
    return now - this.began < this.lasts || now - this.poseBegan < REARRANGE_MILLIS || this.wavesAt(now).length > 0;
  }

  /** Turns the map as a whole, on its way and not at once. */
  turn(pose: Pose, now: number): void {
    if (pose.angle === this.poseTo.angle && pose.flip === this.poseTo.flip) return;
    this.poseFrom = this.pose(now);
    this.poseTo = pose;
    const isSeen = this.map !== null && !isMotionReduced();
    this.poseBegan = isSeen ? now : -Infinity;
  }

  pose(now: number): Pose {
    const t = Math.min(1, Math.max(0, (now - this.poseBegan) / REARRANGE_MILLIS));
    return t >= 1 ? this.poseTo : betweenPoses(this.poseFrom, this.poseTo, t * t * (3 - 2 * t));
  }

  /** Between two ways of laying out a surface folds over itself: it goes, and comes back. */
  surfaceAlpha(now: number): number {
    if (now >= this.rearrangedUntil || isMotionReduced()) return 1;
    const t = 1 - (this.rearrangedUntil - now) / REARRANGE_MILLIS;
    return Math.min(1, Math.max(0, Math.abs(2.4 * t - 1.1) - 0.1));
  }

  triangles(now: number): Uint32Array {
    const isEarly = now < this.rearrangedUntil - 0.55 * REARRANGE_MILLIS && !isMotionReduced();
    return (isEarly ? this.oldTriangles : this.map?.triangles) ?? NO_TRIANGLES;
  }

  wavesAt(now: number): readonly Wave[] {
    if (this.waves.length === 0) return NO_WAVES;
    this.waves = this.waves.filter((wave) => now - wave.began < WAVE_MILLIS);
    return this.waves.map(({ unit, isBirth, began }) => {
      return { unit, isBirth, share: Math.max(0, now - began) / WAVE_MILLIS };
    });
  }

  shownExtent(now: number): number {
    return this.extentFrom + (this.extent - this.extentFrom) * this.progress(now);
  }

  /** Where a unit is on the screen's map, turned as it is shown. */
  place(unit: number, now: number): readonly [number, number] {
    const t = this.progress(now);
    return this.turned(ease(this.from, this.to, unit * 2, t), ease(this.from, this.to, unit * 2 + 1, t), now);
  }

  /** A published position as it is turned now. */
  turned(x: number, y: number, now: number): readonly [number, number] {
    const [a, b, c, d] = matrixOf(this.pose(now));
    return [a * x + b * y, c * x + d * y];
  }

  /** All places, [units × 2]. */
  places(now: number): Float32Array {
    const t = this.progress(now);
    const [a, b, c, d] = matrixOf(this.pose(now));
    const out = new Float32Array(this.units * 2);
    for (let i = 0; i < out.length; i += 2) {
      const x = ease(this.from, this.to, i, t);
      const y = ease(this.from, this.to, i + 1, t);
      out[i] = a * x + b * y;
      out[i + 1] = c * x + d * y;
    }
    return out;
  }

  /** What a field says of a unit, in the layer's own values. */
  value(unit: number, field: Field): number {
    const { plus, minus, plusWeight, minusWeight } = mixOf(field);
    const at = (series: number) => this.seriesTo[(series + 1) * this.units + unit] ?? NaN;
    return plusWeight * at(plus) + (minusWeight === 0 ? 0 : minusWeight * at(minus));
  }

  range(field: Field): number {
    const map = this.map;
    if (map === null) return 1;
    const range = field.kind === "activity" ? map.valueRange : map.profileRange;
    return range > 0 ? range : 1;
  }

  /**
   * The strongest answer to a group, for marking the units that give it. A quarter of the range is
   * the least: below it there is no unit of that group, only rounding.
   */
  strongest(group: number): number {
    if (this.strongestAt !== this.revision) {
      this.strongestAt = this.revision;
      this.strongestOf.clear();
    }
    let most = this.strongestOf.get(group);
    if (most === undefined) {
      most = 0.25 * this.range({ kind: "group", group });
      const first = (1 + group) * this.units;
      for (let u = 0; u < this.units; u++) most = Math.max(most, this.seriesTo[first + u] ?? 0);
      this.strongestOf.set(group, most);
    }
    return most;
  }

  /** The unit nearest to a point of the map, if it is within `reach`; -1 for none. */
  nearest(x: number, y: number, reach: number, now: number): number {
    const t = this.progress(now);
    const [px, py] = unposed(this.pose(now), x, y);
    let best = -1;
    let least = reach * reach;
    for (let u = 0; u < this.units; u++) {
      const dx = ease(this.from, this.to, 2 * u, t) - px;
      const dy = ease(this.from, this.to, 2 * u + 1, t) - py;
      const d = dx * dx + dy * dy;
      if (d < least) {
        least = d;
        best = u;
      }
    }
    return best;
  }

  // Many at once are no news of single units, but of the layer.
  private announce(before: LayerMap, map: LayerMap, now: number): void {
    if (isMotionReduced()) return;
    for (let u = 0; u < map.units && this.waves.length < MOST_WAVES; u++) {
      const was = before.states[u];
      const is = map.states[u];
      if (is === was || (is !== DEAD && was !== DEAD && is !== NEWBORN)) continue;
      this.waves.push({ unit: u, isBirth: is !== DEAD, began: now });
    }
  }

  private freeze(now: number): void {
    const t = this.progress(now);
    for (let i = 0; i < this.to.length; i++) this.from[i] = ease(this.from, this.to, i, t);
    for (let i = 0; i < this.seriesTo.length; i++) {
      this.seriesFrom[i] = ease(this.seriesFrom, this.seriesTo, i, t);
    }
    this.extent = this.shownExtent(now);
  }

  // One isotropic scale about the origin that widens at once and narrows slowly: fitting each axis
  // or each frame on its own would turn a stretch of the data into a still picture.
  private fittingExtent(map: LayerMap, isNext: boolean): number {
    let most = 0;
    for (let u = 0; u < map.units; u++) {
      const r = Math.hypot(map.positions[2 * u] as number, map.positions[2 * u + 1] as number);
      if (r > most) most = r;
    }
    const fitting = Math.min(6, Math.max(1.2, most)) * (this.isDiscs ? 1.3 : 1.07);
    return isNext ? Math.max(fitting, this.extent * 0.985) : fitting;
  }
}

function ease(from: Float32Array, to: Float32Array, i: number, t: number): number {
  const a = from[i] as number;
  return a + ((to[i] as number) - a) * t;
}
