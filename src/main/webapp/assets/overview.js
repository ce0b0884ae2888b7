// The overview stays as it is now: the server sends the rows that changed, and only their text is replaced.
import { age, showTimes, timeText } from "./frame.js";
import { fresh, listen } from "./live.js";

const list = () => document.querySelector("[data-live=list]");
const state = document.querySelector("[data-live=state]");
const rows = new Map();
function learnRows() {
  rows.clear();
  for (const row of document.querySelectorAll("tr[data-id]")) {
    rows.set(row.dataset.id, row);
  }
}
learnRows();
const part = (name) => document.querySelector(`[data-live=${name}]`);
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
  row.classList.toggle("old", target.old);
  age(now.parentElement, target.old && target.at, "yes");
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

let connected = false;
function live() {
  if (!connected) {
    say("warn", "Reconnecting");
  } else if (document.querySelector("[data-live=faults] [data-hides]")) {
    say("warn", "Live, nothing measured");
  } else {
    say("good", "Live");
  }
}

function total(totals) {
  for (const name of SUMS) {
    write(part(name), totals.unseen ? "–" : String(totals[name]));
  }
  write(part("middle"), totals.middle);
  part("tiles").classList.toggle("old", totals.unseen);
  part("aged").hidden = !totals.unseen;
  if (totals.newest) {
    const time = document.createElement("time");
    time.dateTime = totals.newest;
    time.textContent = timeText(new Date(totals.newest));
    const ago = Object.assign(document.createElement("span"), { className: "sub" });
    age(ago, totals.newest, "yes");
    part("newest").replaceChildren(time, ago);
    age(part("aged"), totals.newest);
  }
  const now = sums();
  if ((known !== undefined && known !== now) || Date.now() - asked > MINUTE_MILLIS) {
    happened();
  }
  known = now;
}

// what happened, and which rows stand first, come with the page: it is asked for again when the sums say that
// something did, and once a minute, since what happened grows old
const SUMS = ["answering", "troubled", "deviating"];
function sums() {
  const [answering, ...others] = SUMS.map((name) => part(name).textContent);
  return `${answering === "0"} ${others.join(" ")}`;
}
let known;
let asked = Date.now();
let asking = false;
const MINUTE_MILLIS = 60_000;
async function happened() {
  if (asking || document.hidden) {
    return;
  }
  asking = true;
  asked = Date.now();
  const page = await fresh(here());
  asking = false;
  if (page) {
    const busy = document.activeElement?.closest("[data-live=list], [data-live=happened]");
    replace(page, ["faults", "aged", "tiles"]);
    if (!busy) {
      replace(page, ["happened", "list"]);
    }
    known = sums();
    live();
  }
}

function replace(page, parts) {
  for (const name of parts) {
    const then = page.querySelector(`[data-live=${name}]`);
    if (then) {
      showTimes(then);
      part(name).replaceWith(then);
    }
  }
  if (parts.includes("list")) {
    learnRows();
    narrow();
  }
}

listen(list().dataset.from, {
  open: () => {
    connected = true;
    live();
  },
  error: () => {
    connected = false;
    live();
  },
  rows: (changed) => changed.forEach(draw),
  totals: total,
  back: happened,
});

// typing narrows the list at once; the button asks the server for the same. The list holds what matches the words
// in the address, so for other words than more of these it is asked for again.
const search = document.querySelector("#q");
let typing;
search?.addEventListener("input", () => {
  narrow();
  clearTimeout(typing);
  if (!words(search.value).join(" ").startsWith(words(list().dataset.search).join(" "))) {
    typing = setTimeout(widen, 200);
  }
});

/** An attribute that would be empty is left out of a page. */
function words(text = "") {
  return text.trim().toLowerCase().split(/\s+/);
}

/** This page's address with the words that are typed now. */
function here() {
  const address = new URL(location.href);
  address.searchParams.delete("q");
  if (search?.value.trim()) {
    address.searchParams.set("q", search.value.trim());
  }
  return address;
}

async function widen() {
  const address = here();
  const page = await fresh(address);
  if (page && address.href === here().href) {
    history.replaceState(null, "", address);
    replace(page, ["list"]);
  }
}

function narrow() {
  if (!search) {
    return;
  }
  const wanted = words(search.value);
  for (const row of rows.values()) {
    row.hidden = !wanted.every((word) => row.dataset.words.includes(word));
  }
  for (const group of document.querySelectorAll(".targets tbody")) {
    group.hidden = !group.querySelector("tr[data-id]:not([hidden])");
  }
  const none = document.querySelector("[data-none]");
  if (none) {
    none.hidden = [...rows.values()].some((row) => !row.hidden);
    for (const part of document.querySelectorAll("[data-live=table], .scale-line")) {
      part.hidden = !none.hidden;
    }
  }
}

// the way out of a list that is empty because of what is typed
document.addEventListener("click", (event) => {
  if (search && event.target.closest("[data-clear]")) {
    search.value = "";
    search.focus();
    search.dispatchEvent(new Event("input"));
  }
});
for (const choice of document.querySelectorAll(".filters select")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}
