// Pixels that style/wall.css gives to the wall and to a tile around its map.
const GAP = 10;
const SIDES = 28;
const ENDS = 22;
const BORDERS = 20;
const CAPTIONS = 60;
const SMALLEST = 104;

/** The grid with the largest maps that still shows every layer at once; else columns that scroll. */
export function fitWall(layers: number, width: number, height: number): { columns: number; rowHeight: number } {
  const sideOf = (columns: number, rows: number) =>
    Math.min((width - SIDES + GAP) / columns - GAP - BORDERS, (height - ENDS + GAP) / rows - GAP - CAPTIONS);
  let columns = 1;
  for (let c = 2; c <= layers; c++) {
    if (sideOf(c, Math.ceil(layers / c)) > sideOf(columns, Math.ceil(layers / columns))) columns = c;
  }
  const rows = Math.max(1, Math.ceil(layers / columns));
  if (sideOf(columns, rows) >= SMALLEST) {
    return { columns, rowHeight: Math.floor((height - ENDS + GAP) / rows - GAP) };
  }
  columns = Math.max(1, Math.floor((width - SIDES + GAP) / (SMALLEST + BORDERS + 24 + GAP)));
  return { columns, rowHeight: Math.floor((width - SIDES + GAP) / columns - GAP - BORDERS + CAPTIONS) };
}
