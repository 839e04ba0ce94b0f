const NARROW = " "; // narrow no-break space between thousands, as in ISO 80000

/** 4210 as "4 210". */
export function integer(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(Math.round(value)).toString();
  return (value < 0 ? "−" : "") + digits.replace(/\B(?=(\d{3})+$)/g, NARROW);
}

/** Three significant figures, a true minus, no jumping between notations inside a panel. */
export function figure(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  let text: string;
  if (size >= 99_999.5) text = size.toExponential(1).replace("e+", "e");
  else if (size >= 999.5) text = integer(size);
  else if (size >= 0.0009995) text = size.toPrecision(3);
  else text = size.toExponential(1);
  return (value < 0 ? "−" : "") + text.replace("e-", "e−");
}

/** A quantity with its unit as it is shown: ratios as percent, seconds with a fitting prefix. */
export function quantityText(value: number, unit: string): string {
  if (Number.isNaN(value)) return "–";
  switch (unit) {
    case "ratio":
      return percent(value);
    case "seconds":
      return seconds(value);
    case "units":
    case "rows":
    case "values":
      return Number.isInteger(value) ? integer(value) : figure(value);
    default:
      return figure(value);
  }
}

export function percent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const value = share * 100;
  const size = Math.abs(value);
  const digits = size === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits).replace("-", "−")}${NARROW}%`;
}

export function seconds(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value >= 90) return duration(value * 1000);
  if (value >= 1) return `${figure(value)}${NARROW}s`;
  if (value >= 1e-3) return `${figure(value * 1e3)}${NARROW}ms`;
  return `${figure(value * 1e6)}${NARROW}µs`;
}

/** 83 000 as "1 min 23 s". */
export function duration(millis: number): string {
  if (!Number.isFinite(millis)) return "–";
  const total = Math.max(0, Math.round(millis / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min ${total % 60} s`;
  return `${total} s`;
}

export function clock(millis: number): string {
  const d = new Date(millis);
  return [d.getHours(), d.getMinutes(), d.getSeconds()].map((n) => String(n).padStart(2, "0")).join(":");
}

export function dateAndClock(millis: number): string {
  const d = new Date(millis);
  const day = [d.getFullYear(), d.getMonth() + 1, d.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  return `${day} ${clock(millis).slice(0, 5)}`;
}

export function bytes(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = value;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : figure(size)}${NARROW}${units[unit]}`;
}

/** "just now", "4 min ago", or the date. */
export function ago(millis: number, now: number): string {
  const gap = now - millis;
  if (gap < 10_000) return "just now";
  if (gap < 86_400_000) return `${duration(gap).split(" ").slice(0, 2).join(" ")} ago`;
  return dateAndClock(millis);
}
