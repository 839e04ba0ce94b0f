import { expect, test } from "vitest";
import { betweenPoses, matrixOf, poseOf, unposed, UPRIGHT } from "./pose";

const turn = (a: number) => [Math.cos(a), -Math.sin(a), Math.sin(a), Math.cos(a)];
const near = (a: readonly number[], b: readonly number[]) => b.forEach((value, i) => expect(a[i]).toBeCloseTo(value, 6));

test("turns and reflections come back as they were sent", () => {
  for (const matrix of [turn(0.7), turn(-2.9), [1, 0, 0, -1], [0, 1, 1, 0]]) near(matrixOf(poseOf(matrix)), matrix);
});

test("what is no pose leaves the map upright", () => {
  for (const matrix of [[], [1, 0, 0], [2, 0, 0, 2], [NaN, 0, 0, 1], [0, 0, 0, 0]]) expect(poseOf(matrix)).toEqual(UPRIGHT);
});

test("on its way a map turns the shorter way round and keeps its size", () => {
  const middle = betweenPoses(poseOf(turn(3)), poseOf(turn(-3)), 0.5);
  near(matrixOf(middle), turn(Math.PI));
  expect(betweenPoses(UPRIGHT, poseOf([1, 0, 0, -1]), 0.5).flip).toBe(0);
});

test("a point under the pointer is found where its unit is drawn", () => {
  for (const pose of [poseOf(turn(1.1)), poseOf([0, 1, 1, 0]), { angle: 0.4, flip: -0.3 }]) {
    const [a, b, c, d] = matrixOf(pose);
    near(unposed(pose, a * 0.3 + b * 0.8, c * 0.3 + d * 0.8), [0.3, 0.8]);
  }
  near(unposed({ angle: 0, flip: 0 }, 1, 1), [0, 0]);
});
