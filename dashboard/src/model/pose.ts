/** A turn about the origin, and how far the map is flipped: 1 not at all, −1 wholly. */
export interface Pose {
  readonly angle: number;
  readonly flip: number;
}

export const UPRIGHT: Pose = { angle: 0, flip: 1 };

/** An orthogonal 2 × 2 matrix, row-major, as R(angle) · diag(1, flip). Anything else is upright. */
export function poseOf(matrix: readonly number[]): Pose {
  const [a = NaN, b = NaN, c = NaN, d = NaN] = matrix;
  const determinant = a * d - b * c;
  if (!Number.isFinite(determinant) || Math.abs(Math.abs(determinant) - 1) > 0.05) return UPRIGHT;
  return { angle: Math.atan2(c, a), flip: determinant < 0 ? -1 : 1 };
}

/** Between two poses: the shorter way round, and over the edge where the side changes. */
export function betweenPoses(from: Pose, to: Pose, t: number): Pose {
  const turn = to.angle - from.angle;
  const short = turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
  return { angle: from.angle + short * t, flip: from.flip + (to.flip - from.flip) * t };
}

export function matrixOf({ angle, flip }: Pose): readonly [number, number, number, number] {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  return [c, -s * flip, s, c * flip];
}

/** What a point of the screen is on the map; on edge, where nothing can be read, it is the origin. */
export function unposed(pose: Pose, x: number, y: number): readonly [number, number] {
  if (Math.abs(pose.flip) < 1e-6) return [0, 0];
  const c = Math.cos(pose.angle);
  const s = Math.sin(pose.angle);
  return [c * x + s * y, (-s * x + c * y) / pose.flip];
}
