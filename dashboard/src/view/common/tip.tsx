export interface TipAt {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
}

/** A few lines beside the pointer, kept inside the window. */
export function Tip({ at }: { at: TipAt }) {
  const isRight = at.x > window.innerWidth - 280;
  const isLow = at.y > window.innerHeight - 120;
  return (
    <div
      class="tip"
      role="tooltip"
      data-testid="tip"
      style={{
        left: `${at.x + (isRight ? -12 : 12)}px`,
        top: `${at.y + (isLow ? -10 : 14)}px`,
        transform: `translate(${isRight ? "-100%" : "0"}, ${isLow ? "-100%" : "0"})`,
      }}
    >
      {at.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
