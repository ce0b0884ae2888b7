// What happens while the list is open is counted, and comes into it when its reader asks; what is there keeps its place.
import { showTimes } from "./frame.js";
import { fresh, listen } from "./live.js";

const RENEW_MILLIS = 15_000;
const list = () => document.querySelector("[data-live=list]");
const told = document.querySelector("[data-live=new]");
const button = told.querySelector("button");
const rows = (part) => [...part.querySelectorAll("tr[data-event]")];
let renewed = Date.now();
let waiting;
let newest;

async function renew() {
  waiting = undefined;
  renewed = Date.now();
  const page = await fresh();
  const then = page?.querySelector("[data-live=list]");
  if (!then) {
    return;
  }
  showTimes(then);
  newest = then;
  const known = new Map(rows(list()).map((row) => [row.dataset.event, row]));
  let added = 0;
  for (const row of rows(then)) {
    const shown = known.get(row.dataset.event);
    row.classList.toggle("changed", !shown);
    added += shown ? 0 : 1;
    if (shown && shown.innerHTML !== row.innerHTML && !shown.contains(document.activeElement)) {
      shown.replaceWith(row.cloneNode(true));
    }
  }
  button.textContent = `${added} new`;
  told.hidden = added === 0;
}

function renewSoon() {
  waiting ??= setTimeout(renew, Math.max(0, renewed + RENEW_MILLIS - Date.now()));
}

button.addEventListener("click", () => {
  list().replaceWith(newest);
  told.hidden = true;
  newest.querySelector(".scroll")?.focus();
});

if (list()?.dataset.open) {
  listen(list().dataset.from, { rows: renewSoon, back: renewSoon });
}
