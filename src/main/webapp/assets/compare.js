// Medians of several targets over each other, each with its name at the end of its line.
import { HEIGHT, axes, dots, inZone, keepDrawn, shade } from "./chart.js";
import { colour } from "./frame.js";

const figure = document.querySelector("#curves");

function draw() {
  const curves = JSON.parse(figure.dataset.curves);
  const colours = curves.names.map((_, i) => colour(`--series-${i}`));
  figure.querySelector(".uplot")?.remove();
  return new uPlot(
    {
      width: figure.clientWidth,
      height: HEIGHT,
      padding: [16, figure.clientWidth > 700 ? 200 : 8, 0, 0],
      legend: { show: false },
      tzDate: inZone,
      cursor: { drag: { x: false, y: false } },
      scales: { x: { time: true, range: () => [curves.start, curves.end] }, y: { range: (_, low, high) => [0, (high || 1) * 1.1] } },
      axes: axes(),
      series: [{}, ...colours.map((stroke) => ({ stroke, width: 1.5, points: dots(curves.times.length < 80, stroke) }))],
      hooks: { drawAxes: [(plot) => shade(plot, curves.unmeasured)], draw: [(plot) => label(plot, curves, colours)] },
    },
    [curves.times, ...curves.lines],
    figure,
  );
}

function label(plot, curves, colours) {
  figure.querySelectorAll(".curve-label").forEach((old) => old.remove());
  if (figure.clientWidth <= 700) {
    return; // the table beneath has the same colours
  }
  const places = curves.lines
    .map((line, i) => ({ i, at: line.findLastIndex((value) => value !== null) }))
    .filter(({ at }) => at >= 0)
    .map(({ i, at }) => ({ i, y: plot.valToPos(curves.lines[i][at], "y") + 8 }))
    .sort((one, other) => one.y - other.y);
  let last = -Infinity;
  for (const place of places) {
    last = Math.max(place.y, last + 16);
    const name = document.createElement("span");
    name.className = "curve-label";
    name.textContent = curves.names[place.i];
    name.style.color = colours[place.i];
    name.style.top = `${last}px`;
    name.style.left = `${figure.clientWidth - 196}px`;
    figure.append(name);
  }
}

if (figure) {
  keepDrawn(figure, draw);
}
