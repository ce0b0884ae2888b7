// What all charts over time share: axes that look alike, hours of 24, UTC or local time.
import { colour, inLocalTime } from "./frame.js";

export const HEIGHT = 344;

function words(seconds, style) {
  const zone = inLocalTime ? undefined : "UTC";
  return new Intl.DateTimeFormat("en-GB", { ...style, hour12: false, timeZone: zone }).format(new Date(seconds * 1000));
}

/** Labels of the time axis: the hour, and the day where it begins. */
function clock(_, splits, __, ___, increment) {
  const style = { hour: "2-digit", minute: "2-digit", ...(increment < 60 ? { second: "2-digit" } : {}) };
  let day = "";
  return splits.map((seconds) => {
    const today = words(seconds, { day: "2-digit", month: "short" });
    const first = today !== day;
    day = today;
    return increment >= 86400 ? today : first ? `${words(seconds, style)}\n${today}` : words(seconds, style);
  });
}

/** Axes of time and delay. */
export function axes() {
  const axis = {
    stroke: colour("--ink-soft"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return [
    { ...axis, values: clock },
    { ...axis, size: 64, values: (_, values) => values.map((value) => `${value} ms`) },
  ];
}

/** Where a value has no neighbour, so that no line goes through it. */
export function lonely(values) {
  const there = (i) => values[i] !== null && values[i] !== undefined;
  return values.map((_, i) => i).filter((i) => there(i) && !there(i - 1) && !there(i + 1));
}

/** Points of a line: all of them where they are few, else those that would not be seen. */
export function dots(all, colour, size = 4) {
  return { show: all, size, fill: colour, stroke: colour, filter: (plot, series, shown) => (shown ? null : lonely(plot.data[series])) };
}

/** Stripes where nothing was measured, so that they are told by more than a shade. */
export function shade(plot, stretches) {
  const { ctx } = plot;
  const { left, top, width, height } = plot.bbox;
  const ratio = devicePixelRatio;
  for (const [start, end] of stretches) {
    const x = Math.max(left, plot.valToPos(start, "x", true));
    const wide = Math.min(left + width, Math.max(plot.valToPos(end, "x", true), x + 3 * ratio)) - x;
    ctx.save();
    ctx.beginPath();
    ctx.rect(x, top, wide, height);
    ctx.clip();
    ctx.fillStyle = colour("--sunken");
    ctx.fillRect(x, top, wide, height);
    ctx.strokeStyle = colour("--line-strong");
    ctx.lineWidth = ratio;
    ctx.globalAlpha = 0.4;
    ctx.beginPath();
    for (let at = x - height; at < x + wide; at += 8 * ratio) {
      ctx.moveTo(at, top + height);
      ctx.lineTo(at + height, top);
    }
    ctx.stroke();
    ctx.restore();
  }
}

export function inZone(seconds) {
  return inLocalTime ? new Date(seconds * 1000) : uPlot.tzDate(new Date(seconds * 1000), "UTC");
}

/** Draws now, and again when the theme or the width changes; returns how to draw once more. */
export function keepDrawn(figure, draw) {
  let plot = draw();
  const again = () => (plot = draw());
  new ResizeObserver(() => plot.setSize({ width: figure.clientWidth, height: HEIGHT })).observe(figure);
  document.addEventListener("theme", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  return again;
}
