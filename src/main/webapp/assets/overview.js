// The overview stays as it is now: the server sends the rows that changed, and only their text is replaced.
const table = document.querySelector("[data-live=table]");
const state = document.querySelector("[data-live=state]");
const rows = new Map([...document.querySelectorAll("tr[data-id]")].map((row) => [row.dataset.id, row]));
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

if (table) {
  const feed = new EventSource(`/live${location.search}`);
  feed.addEventListener("open", () => say("good", "Live"));
  feed.addEventListener("error", () => say("warn", "Reconnecting"));
  feed.addEventListener("rows", (event) => JSON.parse(event.data).forEach(draw));
  feed.addEventListener("totals", (event) => {
    for (const [name, value] of Object.entries(JSON.parse(event.data))) {
      write(document.querySelector(`[data-live=${name}]`), String(value));
    }
  });
  addEventListener("pagehide", () => feed.close());
} else {
  say("", "Nothing to watch");
}

// typing narrows the list at once; the button asks the server for the same
const search = document.querySelector("#q");
search?.addEventListener("input", () => {
  const words = search.value.trim().toLowerCase();
  for (const row of rows.values()) {
    row.hidden = !row.querySelector(".name").textContent.toLowerCase().includes(words);
  }
  for (const group of document.querySelectorAll(".targets tbody")) {
    group.hidden = !group.querySelector("tr[data-id]:not([hidden])");
  }
});
for (const choice of document.querySelectorAll(".filters select")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}
