// The overview stays as it is now: the server sends the rows that changed, and only their text is replaced.
import { showTimes, timeText } from "./frame.js";

const table = document.querySelector("[data-live=table]");
const state = document.querySelector("[data-live=state]");
const rows = new Map();
function learnRows() {
  rows.clear();
  for (const row of document.querySelectorAll("tr[data-id]")) {
    rows.set(row.dataset.id, row);
  }
}
learnRows();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

function write(cell, text) {
  if (cell && cell.textContent !== text) {
    cell.textContent = text;
    return true;
  }
  return false;
}

function draw(target) {
  const row = rows.get(target.id);
  if (!row) {
    return;
  }
  const cell = (name) => row.querySelector(`[data-cell=${name}]`);
  write(cell("state"), target.state);
  cell("state").className = `state ${target.mood}`;
  cell("state").title = target.why;
  const now = cell("now");
  const changed = write(now, target.now);
  now.className = `delay d ${target.scale}`;
  write(cell("p50"), target.p50);
  write(cell("p99"), target.p99);
  write(cell("loss"), target.loss);
  const spark = cell("spark");
  spark.setAttribute("class", `spark d ${target.scale}`);
  spark.children[0].setAttribute("d", target.line);
  spark.children[1].setAttribute("d", target.gaps);
  if (changed && !still) {
    now.parentElement.classList.remove("changed");
    requestAnimationFrame(() => now.parentElement.classList.add("changed"));
  }
}

function say(mood, text) {
  state.className = `state ${mood}`;
  write(state, text);
}

function total(totals) {
  for (const name of ["answering", "troubled", "deviating", "middle"]) {
    write(document.querySelector(`[data-live=${name}]`), String(totals[name]));
  }
  if (totals.newest) {
    const time = document.createElement("time");
    time.dateTime = totals.newest;
    time.textContent = timeText(new Date(totals.newest));
    document.querySelector("[data-live=newest]").replaceChildren(time);
  }
  const now = `${totals.troubled} ${totals.deviating}`;
  if (known !== undefined && known !== now) {
    happened();
  }
  known = now;
}

// what happened, and which rows stand first, come with the page: it is asked for again when the sums say that something did
let known;
let asking = false;
async function happened() {
  if (asking || document.hidden || document.activeElement?.closest("[data-live=table], [data-live=happened]")) {
    return;
  }
  asking = true;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (response.ok) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of ["happened", "changes"]) {
        const fresh = page.querySelector(`[data-live=${part}]`);
        if (fresh) {
          showTimes(fresh);
          document.querySelector(`[data-live=${part}]`).replaceWith(fresh);
        }
      }
      const bodies = page.querySelectorAll("[data-live=table] tbody");
      if (bodies.length > 0) {
        for (const body of table.querySelectorAll("tbody")) {
          body.remove();
        }
        table.append(...bodies);
        learnRows();
        narrow();
      }
    }
  } catch {
    // the next change of the sums asks again
  } finally {
    asking = false;
  }
}

if (table) {
  const feed = new EventSource(`/live${location.search}`);
  feed.addEventListener("open", () => say("good", "Live"));
  feed.addEventListener("error", () => say("warn", "Reconnecting"));
  feed.addEventListener("rows", (event) => JSON.parse(event.data).forEach(draw));
  feed.addEventListener("totals", (event) => total(JSON.parse(event.data)));
  addEventListener("pagehide", () => feed.close());
} else {
  say("", "Nothing to watch");
}

// typing narrows the list at once; the button asks the server for the same
const search = document.querySelector("#q");
search?.addEventListener("input", narrow);
function narrow() {
  if (!table || !search) {
    return;
  }
  const words = search.value.trim().toLowerCase();
  for (const row of rows.values()) {
    row.hidden = !row.dataset.words.includes(words);
  }
  for (const group of document.querySelectorAll(".targets tbody")) {
    group.hidden = !group.querySelector("tr[data-id]:not([hidden])");
  }
  const none = document.querySelector("[data-none]");
  none.hidden = [...rows.values()].some((row) => !row.hidden);
  table.hidden = !none.hidden;
}
for (const choice of document.querySelectorAll(".filters select")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}
