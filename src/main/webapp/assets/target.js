// The chart of one target, and the time machine that takes the path back to a moment.
import { HEIGHT, axes, dots, inZone, keepDrawn, lonely, shade } from "./chart.js";
import { colour, showTimes, timeText } from "./frame.js";
import { fresh, listen } from "./live.js";

const figure = document.querySelector("#curve");

function withAlpha(name, alpha) {
  return colour(name).replace(/^rgb\((.*)\)$/, `rgb($1 / ${alpha})`).replace(/, /g, " ");
}

function draw() {
  const curve = JSON.parse(figure.dataset.curve);
  const density = figure.dataset.view === "density";
  const at = Object.fromEntries(curve.percentiles.map((p, i) => [p, i + 1]));
  const soft = colour("--ink-soft");
  const accent = colour("--accent");
  const bad = colour("--bad");
  const few = curve.times.length < 80;

  const series = [{}];
  for (const p of curve.percentiles) {
    const shown = p === 50 || (!density && p === 99);
    series.push({
      label: p === 50 ? "median" : `p${p}`,
      stroke: p === 50 ? accent : shown ? soft : "transparent",
      width: p === 50 ? 1.5 : shown ? 1 : 0,
      dash: p === 99 ? [2, 3] : undefined,
      points: shown ? dots(few && p === 50, p === 50 ? accent : soft) : { show: false },
      spanGaps: false,
    });
  }
  series.push({ label: "loss", scale: "loss", stroke: "transparent", points: { show: false } });

  // smoke: the wider the share, the fainter
  const pairs = density
    ? [[100, 0, 0.08], [99, 5, 0.12], [95, 10, 0.16], [90, 25, 0.2], [75, 50, 0.28], [50, 25, 0.28]]
    : [[90, 10, 0.18]];
  const bands = pairs.map(([upper, lower, alpha]) => ({ series: [at[upper], at[lower]], fill: withAlpha("--accent", alpha) }));

  const reading = document.createElement("div");
  reading.className = "chart-reading";
  reading.setAttribute("aria-hidden", "true");

  const options = {
    width: figure.clientWidth,
    height: HEIGHT,
    padding: [24, 8, 0, 0],
    legend: { show: false },
    tzDate: inZone,
    cursor: { drag: { x: true, y: false, setScale: false }, points: { show: false } },
    scales: {
      x: { time: true, range: () => [curve.start, curve.end] },
      y: { range: (_, low, high) => spread(curve, at, density, low, high) },
      loss: { range: () => [0, 100] },
    },
    axes: axes(),
    series,
    bands,
    hooks: {
      drawAxes: [(plot) => shade(plot, curve.unmeasured), (plot) => lonelyBands(plot, curve, pairs, at)],
      draw: [(plot) => marks(plot, curve, bad, soft)],
      setCursor: [(plot) => read(plot, curve, at, reading)],
      setSelect: [zoom],
    },
  };
  figure.querySelector(".uplot")?.remove();
  figure.querySelector(".chart-reading")?.remove();
  const plot = new uPlot(options, [curve.times, ...curve.delays, curve.loss], figure);
  figure.append(reading);
  read(plot, curve, at, reading);
  return plot;
}

// outliers shall not flatten everything else: the 99th percentile decides how high the chart is
function spread(curve, at, density, low, high) {
  const top = curve.delays[at[density ? 100 : 99] - 1].filter((value) => value !== null);
  const bottom = curve.delays[at[density ? 0 : 10] - 1].filter((value) => value !== null);
  if (top.length === 0) {
    return [0, 1];
  }
  const sorted = [...top].sort((one, other) => one - other);
  const most = Math.max(sorted[Math.floor((sorted.length - 1) * 0.98)] * 1.1, 0.5);
  const least = Math.min(...bottom);
  const room = Math.max((most - least) * 0.1, most * 0.02);
  return [Math.max(0, least - room), most + room];
}

// a band needs two points; one that stands alone is drawn as wide as its bucket
function lonelyBands(plot, curve, pairs, at) {
  const { ctx } = plot;
  const wide = Math.max(3 * devicePixelRatio, plot.bbox.width / curve.times.length);
  ctx.save();
  for (const i of lonely(curve.delays[at[50] - 1])) {
    const x = plot.valToPos(curve.times[i], "x", true);
    for (const [upper, lower, alpha] of pairs) {
      const top = plot.valToPos(curve.delays[at[upper] - 1][i], "y", true);
      const bottom = plot.valToPos(curve.delays[at[lower] - 1][i], "y", true);
      ctx.fillStyle = withAlpha("--accent", alpha);
      ctx.fillRect(x - wide / 2, top, wide, Math.max(bottom - top, devicePixelRatio));
    }
  }
  ctx.restore();
}

// loss as marks beneath, as high as the share that was lost; what happened as thin lines
function marks(plot, curve, bad, soft) {
  const { ctx } = plot;
  const { left, top, width, height } = plot.bbox;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = bad;
  const wide = Math.max(2 * ratio, width / curve.times.length - ratio);
  curve.loss.forEach((lost, i) => {
    if (lost > 0) {
      const x = plot.valToPos(curve.times[i] + curve.step / 2, "x", true);
      const high = (4 + (lost / 100) * 28) * ratio;
      ctx.fillRect(x - wide / 2, top + height - high, wide, high);
    }
  });
  ctx.strokeStyle = soft;
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 2 * ratio]);
  for (const mark of curve.marks) {
    const x = Math.round(plot.valToPos(mark, "x", true));
    if (x >= left && x <= left + width) {
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
    }
  }
  ctx.restore();
}

function text(value, unit) {
  return value === null || value === undefined ? "–" : `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ${unit}`;
}

function read(plot, curve, at, reading) {
  const chosen = plot.cursor?.idx;
  const i = chosen ?? curve.delays[at[50] - 1].findLastIndex((value) => value !== null);
  reading.replaceChildren();
  if (i < 0 || i === undefined) {
    reading.textContent = "Nothing was measured in this range";
    return;
  }
  const add = (label, value) => {
    const item = document.createElement("span");
    const strong = document.createElement("b");
    strong.textContent = value;
    item.append(`${label} `, strong);
    reading.append(item);
  };
  const when = document.createElement("span");
  when.textContent = timeText(new Date(curve.times[i] * 1000));
  reading.append(when);
  add("p10", text(curve.delays[at[10] - 1][i], "ms"));
  add("median", text(curve.delays[at[50] - 1][i], "ms"));
  add("p90", text(curve.delays[at[90] - 1][i], "ms"));
  add("p99", text(curve.delays[at[99] - 1][i], "ms"));
  add("loss", text(curve.loss[i], "%"));
}

function zoom(plot) {
  if (plot.select.width < 8) {
    return;
  }
  const instant = (pixels) => new Date(plot.posToVal(pixels, "x") * 1000).toISOString();
  const address = new URL(location.href);
  address.searchParams.delete("range");
  address.searchParams.set("start", instant(plot.select.left));
  address.searchParams.set("end", instant(plot.select.left + plot.select.width));
  sessionStorage.setItem(ZOOMS, JSON.stringify([...zooms(), location.search].slice(-MOST_ZOOMS)));
  location.assign(address);
}

// zooming out goes back through what was zoomed into on this page, then to a usual range; it never leaves the page
const ZOOMS = `zooms:${location.pathname}`;
const MOST_ZOOMS = 20;
function zooms() {
  return JSON.parse(sessionStorage.getItem(ZOOMS) ?? "[]");
}
function zoomOut() {
  if (!figure.dataset.unzoomed) {
    return;
  }
  const before = zooms();
  const last = before.pop();
  sessionStorage.setItem(ZOOMS, JSON.stringify(before));
  location.assign(last === undefined ? figure.dataset.unzoomed : `${location.pathname}${last}`);
}

let drawAgain;
if (figure) {
  if (!figure.dataset.unzoomed) {
    sessionStorage.removeItem(ZOOMS);
  }
  drawAgain = keepDrawn(figure, () => {
    const begun = performance.now();
    const plot = draw();
    performance.measure("curve drawn", { start: begun, end: performance.now() });
    return plot;
  });
  figure.addEventListener("dblclick", zoomOut);
}

// the time machine: scrubbing fetches the same page at another moment and takes its path
let asked = 0;
async function show(moment) {
  const mine = ++asked;
  const address = new URL(location.href);
  address.searchParams.set("at", moment);
  address.hash = "";
  const page = await fresh(address);
  if (!page || mine !== asked) {
    return;
  }
  const now = document.querySelector("#path");
  const then = page.querySelector("#path");
  if (now && then) {
    for (const part of [".section-head", ".path-then"]) {
      const fresh = then.querySelector(part);
      now.querySelector(part).replaceWith(fresh);
      showTimes(fresh);
    }
    document.dispatchEvent(new CustomEvent("map"));
    now.querySelector("#at").value = then.querySelector("#at").value;
    history.replaceState(null, "", address);
    follow(page);
  }
}

// links and forms carry what the page shows, so they change with it
function follow(page) {
  for (const part of ["#ranges", "#views", "#diff .carried"]) {
    const then = page.querySelector(part);
    if (then) {
      document.querySelector(part)?.replaceWith(then);
    }
  }
}

const machine = document.querySelector("[data-machine]");
if (machine) {
  const scrub = machine.querySelector(".scrub");
  const start = Date.parse(machine.dataset.start);
  const end = Date.parse(machine.dataset.end);
  scrub.hidden = false;
  scrub.value = String(Math.round(((Date.parse(machine.dataset.at) - start) / (end - start)) * 1000));
  let waiting;
  scrub.addEventListener("input", () => {
    const moment = new Date(start + ((end - start) * scrub.value) / 1000);
    scrub.setAttribute("aria-valuetext", timeText(moment));
    machine.querySelector("#at").value = moment.toISOString().slice(0, 19);
    clearTimeout(waiting);
    waiting = setTimeout(() => show(moment.toISOString()), 120);
  });
}

// what is measured while the page is open: its state at once, its figures and its chart a little later
const head = document.querySelector("[data-target]");
const RENEW_MILLIS = 15_000;
let renewed = Date.now();
let newest;
let waitingToRenew;

async function renew() {
  renewed = Date.now();
  const page = await fresh();
  const chart = page?.querySelector("#curve");
  if (!chart || !figure) {
    return;
  }
  for (const part of ["[data-live=state]", "[data-live=why]", "#own-faults", "#figures", "#spanned", "#unmeasured", "#traced", "#changed"]) {
    const now = document.querySelector(part);
    const then = page.querySelector(part);
    if (now && then && !now.contains(document.activeElement)) {
      showTimes(then);
      now.replaceWith(then);
    }
  }
  const hops = (part) => part.querySelector(".hops")?.textContent;
  const way = document.querySelector(".path-then");
  if (way && !new URLSearchParams(location.search).has("at") && hops(page) !== hops(document) && !way.contains(document.activeElement)) {
    const then = page.querySelector(".path-then");
    showTimes(then);
    way.replaceWith(then);
    document.dispatchEvent(new CustomEvent("map"));
  }
  if (!figure.matches(":hover") && figure.dataset.curve !== chart.dataset.curve) {
    figure.dataset.curve = chart.dataset.curve;
    drawAgain();
  }
}

// the first result of a target fills its page; a page that stays empty all the same asks no more than a few times
const FIRST = `first:${location.pathname}`;
const MOST_FIRST = 5;
function showFirst() {
  const tried = Number(sessionStorage.getItem(FIRST) ?? 0);
  if (tried < MOST_FIRST) {
    sessionStorage.setItem(FIRST, String(tried + 1));
    location.reload();
  }
}

function renewSoon() {
  clearTimeout(waitingToRenew);
  waitingToRenew = setTimeout(renew, Math.max(0, renewed + RENEW_MILLIS - Date.now()));
}

function heard(rows) {
  const row = rows.find((one) => one.id === head.dataset.target);
  if (!row) {
    return;
  }
  const state = head.querySelector("[data-live=state]");
  const otherState = state.textContent !== row.state;
  state.className = `state ${row.mood}`;
  state.title = row.why;
  state.textContent = row.state;
  const why = head.querySelector("[data-live=why]");
  why.textContent = row.why;
  why.hidden = !row.why;
  if (!figure && row.at) {
    showFirst();
  } else if (figure && (otherState || (!figure.dataset.unzoomed && newest !== undefined && newest !== row.at))) {
    renewSoon();
  }
  newest = row.at;
}

if (head) {
  if (figure) {
    sessionStorage.removeItem(FIRST);
  }
  listen(head.dataset.from, { rows: heard, back: renewSoon });
}
