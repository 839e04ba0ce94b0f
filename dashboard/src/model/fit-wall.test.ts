import { expect, test } from "vitest";
import { fitWall } from "./fit-wall";

test("all layers are seen at once, with maps as large as that allows", () => {
  expect(fitWall(8, 780, 480)).toMatchObject({ columns: 4 });
  expect(fitWall(1, 780, 480)).toMatchObject({ columns: 1 });
  expect(fitWall(3, 780, 480)).toMatchObject({ columns: 3 });
  for (const layers of [1, 2, 5, 8, 12]) {
    const { columns, rowHeight } = fitWall(layers, 1200, 700);
    expect(Math.ceil(layers / columns) * (rowHeight + 10)).toBeLessThanOrEqual(700);
  }
});

test("a deep network scrolls instead of shrinking to dots", () => {
  const { columns, rowHeight } = fitWall(200, 780, 480);
  expect(columns).toBeGreaterThanOrEqual(4);
  expect(rowHeight).toBeGreaterThan(140);
  expect(fitWall(200, 0, 0).columns).toBe(1);
});
