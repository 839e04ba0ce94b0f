import { useEffect, useMemo, useState } from "preact/hooks";
import { byGroup } from "../../model/choice";
import { quantityText } from "../../model/format";
import { go, route } from "../../model/route";
import { nextSort, parseSort, sortRows, tableText, type Row } from "../../model/table";
import type { QuantityInfo } from "../../wire/messages";
import { Spark, type SparkData } from "../common/spark";

interface Props {
  readonly name: string;
  /** Headings of the text columns before the numbers. */
  readonly headings: readonly string[];
  readonly rows: readonly Row[];
  readonly list: readonly QuantityInfo[];
  /** Columns of `list` that are shown. */
  readonly chosen: readonly number[];
  readonly selected: number;
  readonly onSelect: (row: Row) => void;
  /** A row's course in a column, drawn beside its value. */
  readonly spark: (row: Row, quantity: number) => SparkData;
  /** Changes when the courses do. */
  readonly fresh: number;
  readonly isBroken: (row: Row) => boolean;
}

/** A table of numbers: sorted by any column, its columns chosen, copied as text. */
export function NumberTable(props: Props) {
  const { headings, list, chosen, selected, onSelect } = props;
  const { sort } = route.value;
  const columns = chosen.map((at) => list[at] as QuantityInfo);
  const rows = sortRows(props.rows, columns, sort);
  const now = parseSort(sort);
  return (
    <div class="number-table">
      <div class="table-tools">
        <ColumnChooser list={list} chosen={chosen} />
        <CopyButtons text={(separator) => tableText(headings, columns, rows, separator)} />
        <span class="faint">
          {now === null ? "in the order of the network" : `sorted by ${columns.find((c) => c.id === now.id)?.name ?? "a column that is not shown"}`}
        </span>
      </div>
      <div class="scroll" data-clips>
        <table aria-label={props.name} data-testid="number-table">
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading} class="left" scope="col">
                  {heading}
                </th>
              ))}
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  aria-sort={now?.id === column.id ? (now.isDown ? "descending" : "ascending") : "none"}
                >
                  <button type="button" title={`${column.meaning} Click to sort`} onClick={() => go({ sort: nextSort(sort, column.id) })} data-testid="sort" data-quantity={column.id}>
                    {column.name}
                    <i aria-hidden="true">{now?.id === column.id ? (now.isDown ? "▾" : "▴") : ""}</i>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.index} class={row.index === selected ? "chosen" : ""} data-testid="row" data-row={row.cells[0]} onClick={() => onSelect(row)}>
                {row.cells.map((cell, i) =>
                  i === 0 ? (
                    <th key={i} class="left" scope="row">
                      <button type="button" class="link" title={cell} aria-pressed={row.index === selected}>
                        {cell}
                      </button>
                      {props.isBroken(row) && <i class="hatch" title="Not finite here: NaN or ∞" />}
                    </th>
                  ) : (
                    <td key={i} class="left faint" title={cell}>
                      {cell}
                    </td>
                  ),
                )}
                {chosen.map((quantity, i) => (
                  <td key={columns[i]?.id}>
                    <Cell row={row} quantity={quantity} value={row.values[i] ?? NaN} {...props} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Cell({ row, quantity, value, spark, fresh, list }: Props & { row: Row; quantity: number; value: number }) {
  const data = useMemo(() => spark(row, quantity), [row.index, quantity, fresh]);
  const described = list[quantity];
  return (
    <span class="cell">
      <Spark data={data} width={64} height={18} label={`course of ${described?.name ?? ""} of ${row.cells[0] ?? ""}`} />
      <span class="value" data-value={value}>
        {quantityText(value, described?.unit ?? "")}
      </span>
    </span>
  );
}

function ColumnChooser({ list, chosen }: { list: readonly QuantityInfo[]; chosen: readonly number[] }) {
  const toggle = (at: number) => {
    const next = chosen.includes(at) ? chosen.filter((old) => old !== at) : [...chosen, at];
    go({ quantities: (next.length > 0 ? next : chosen).map((column) => list[column]?.id ?? "") });
  };
  return (
    <details class="chooser" data-testid="chooser">
      <summary>
        Columns <span class="count">{chosen.length}</span> of {list.length}
      </summary>
      <div class="choices">
        {byGroup(list).map(([heading, members]) => (
          <fieldset key={heading}>
            <legend>{heading}</legend>
            {members.map(([at, quantity]) => (
              <label key={quantity.id} title={quantity.meaning}>
                <input type="checkbox" checked={chosen.includes(at)} onChange={() => toggle(at)} data-quantity={quantity.id} />
                {quantity.name}
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </details>
  );
}

const SAID_MILLIS = 2000;

function CopyButtons({ text }: { text: (separator: "\t" | ",") => string }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = window.setTimeout(() => setSaid(""), SAID_MILLIS);
    return () => window.clearTimeout(timer);
  }, [said]);
  const copy = async (separator: "\t" | ",") => {
    try {
      await navigator.clipboard.writeText(text(separator));
      setSaid("copied");
    } catch {
      setSaid("the browser did not allow it");
    }
  };
  return (
    <>
      <button type="button" class="table-tool" onClick={() => void copy("\t")} title="Tab-separated, for a spreadsheet" data-testid="copy-tsv">
        Copy TSV
      </button>
      <button type="button" class="table-tool" onClick={() => void copy(",")} title="Comma-separated" data-testid="copy-csv">
        Copy CSV
      </button>
      <span role="status" class="accent" data-testid="copied">
        {said}
      </span>
    </>
  );
}
