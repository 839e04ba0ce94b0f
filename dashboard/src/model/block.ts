/**
 * What every sample says of rows × columns, sample after sample, as 32-bit floats; NaN where a
 * sample says nothing. Rows and columns only ever grow.
 */
export class Block {
  rows = 0;
  columns = 0;
  data = new Float32Array(0);

  get width(): number {
    return this.rows * this.columns;
  }

  /** Makes room for `capacity` samples; the first `length` of them are kept. */
  grow(rows: number, columns: number, capacity: number, length: number): void {
    const data = new Float32Array(capacity * rows * columns).fill(NaN);
    for (let i = 0; i < length; i++) {
      for (let r = 0; r < this.rows; r++) {
        const from = (i * this.rows + r) * this.columns;
        data.set(this.data.subarray(from, from + this.columns), (i * rows + r) * columns);
      }
    }
    this.data = data;
    this.rows = rows;
    this.columns = columns;
  }

  at(sample: number, row: number, column: number): number {
    if (row >= this.rows || column >= this.columns) return NaN;
    return this.data[(sample * this.rows + row) * this.columns + column] ?? NaN;
  }

  /** Writes sample `to` from sample `from` of an array that may know fewer rows and columns. */
  write(to: number, source: Float32Array, from: number, rows: number, columns: number): void {
    const start = to * this.width;
    if (rows === this.rows && columns === this.columns) {
      this.data.set(source.subarray(from * this.width, (from + 1) * this.width), start);
      return;
    }
    this.data.fill(NaN, start, start + this.width);
    const most = Math.min(columns, this.columns);
    for (let r = 0; r < Math.min(rows, this.rows); r++) {
      const at = (from * rows + r) * columns;
      this.data.set(source.subarray(at, at + most), start + r * this.columns);
    }
  }

  move(from: number, to: number): void {
    this.data.copyWithin(to * this.width, from * this.width, (from + 1) * this.width);
  }
}
