import { expect, test } from "vitest";
import { nextSort, sortRows, tableText, type Column, type Row } from "./table";

const COLUMNS: Column[] = ["a", "b"].map((id) => ({ id, name: id.toUpperCase(), unit: id === "b" ? "ratio" : "", meaning: "" }));
const row = (index: number, name: string, ...values: number[]): Row => ({ index, cells: [name], values });
const ROWS = [row(0, "conv", 1, NaN), row(1, "dense", 3, 0.25), row(2, "out", 2, 0.5)];
const names = (rows: readonly Row[]) => rows.map((r) => r.cells[0]);

test("a table is sorted by any column, either way, unknown values last", () => {
  expect(names(sortRows(ROWS, COLUMNS, "-a"))).toEqual(["dense", "out", "conv"]);
  expect(names(sortRows(ROWS, COLUMNS, "b"))).toEqual(["dense", "out", "conv"]);
  expect(names(sortRows(ROWS, COLUMNS, "-b"))).toEqual(["out", "dense", "conv"]);
  expect(names(sortRows(ROWS, COLUMNS, "gone"))).toEqual(["conv", "dense", "out"]);
});

test("a heading sorts downwards, upwards, and then not at all", () => {
  expect(nextSort(null, "a")).toBe("-a");
  expect(nextSort("-a", "a")).toBe("a");
  expect(nextSort("a", "a")).toBeNull();
  expect(nextSort("a", "b")).toBe("-b");
});

test("a copied table keeps full precision and every name in one field", () => {
  const rows = [row(0, 'a,"b"', 1 / 3, NaN), row(1, "=cmd()", -2, Infinity)];
  expect(tableText(["layer"], COLUMNS, rows, ",")).toBe(
    `layer,A,B [ratio]\n"a,""b""",${1 / 3},\n'=cmd(),-2,Infinity`,
  );
  expect(tableText(["layer"], COLUMNS, rows, "\t").split("\n")[1]).toBe(`"a,""b"""\t${1 / 3}\t`);
});
