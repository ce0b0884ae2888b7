// The bars of the usage chart take the colours of the page, in either theme.
import { colour } from "./frame.js";

function paint() {
  const canvas = document.querySelector("[data-chart] canvas");
  const chart = canvas && window.Chart?.getChart(canvas);
  if (!chart) {
    return false;
  }
  chart.data.datasets[0].backgroundColor = colour("--accent");
  chart.data.datasets[1].backgroundColor = colour("--bad");
  for (const scale of Object.values(chart.options.scales)) {
    scale.ticks.color = colour("--ink-soft");
    scale.grid.color = colour("--line");
  }
  chart.update("none");
  return true;
}

function whenDrawn() {
  if (!paint()) {
    requestAnimationFrame(whenDrawn);
  }
}
whenDrawn();
document.addEventListener("theme", paint);
