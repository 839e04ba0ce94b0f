/** A column of a table of numbers. */
export interface Column {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
}

/** A row: what names it, and its value in every column; NaN where there is none. */
export interface Row {
  readonly index: number;
  readonly cells: readonly string[];
  readonly values: readonly number[];
}

/** "-massive_ratio" as a column and a direction. */
export function parseSort(sort: string | null): { readonly id: string; readonly isDown: boolean } | null {
  if (sort === null || sort === "") return null;
  return sort.startsWith("-") ? { id: sort.slice(1), isDown: true } : { id: sort, isDown: false };
}

/** What a click on a heading does: downwards first, then upwards, then the order of the network again. */
export function nextSort(sort: string | null, id: string): string | null {
  const now = parseSort(sort);
  if (now?.id !== id) return `-${id}`;
  return now.isDown ? id : null;
}

/** Rows by one column; a value that is unknown stands last whichever the direction. */
export function sortRows(rows: readonly Row[], columns: readonly Column[], sort: string | null): readonly Row[] {
  const wanted = parseSort(sort);
  const at = columns.findIndex((column) => column.id === wanted?.id);
  if (wanted === null || at < 0) return rows;
  const sign = wanted.isDown ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = a.values[at] ?? NaN;
    const y = b.values[at] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y) || a.index - b.index;
  });
}

/** The table as text for a spreadsheet: full precision, an empty field where nothing is known. */
export function tableText(
  headings: readonly string[],
  columns: readonly Column[],
  rows: readonly Row[],
  separator: "\t" | ",",
): string {
  const unit = (column: Column) => (column.unit === "" ? column.name : `${column.name} [${column.unit}]`);
  const lines = [
    [...headings, ...columns.map(unit)],
    ...rows.map((row) => [...row.cells, ...row.values.map((value) => (Number.isNaN(value) ? "" : String(value)))]),
  ];
  return lines.map((line) => line.map((text) => field(text, separator)).join(separator)).join("\n");
}

/** Quoted as RFC 4180 has it; text that a spreadsheet would run as a formula gets an apostrophe. */
function field(text: string, separator: string): string {
  const safe = /^[=@+]|^-(?![\d.I])/.test(text) ? `'${text}` : text;
  return safe.includes(separator) || /["\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
