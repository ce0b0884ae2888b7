// What is underway moves by itself: the page is read again, and what of it is watched takes its new
// place. An element with data-watch stays as it is, but for its bar, until that word changes.
import { showTimes } from "./frame.js";

const SOONEST_MILLIS = 1000;
const LATEST_MILLIS = 8000;
const watched = () => [...document.querySelectorAll("[data-watch]")];
const said = document.querySelector("[data-said]");
const still = document.querySelector("[data-still]"); // how to see more where nothing moves
let wait = SOONEST_MILLIS;

function move(old, fresh) {
  const [bar, text] = [old.querySelector("progress"), old.querySelector("[data-text]")];
  const [nextBar, nextText] = [fresh.querySelector("progress"), fresh.querySelector("[data-text]")];
  const changed = bar.value !== nextBar.value || text.textContent !== nextText.textContent;
  bar.value = nextBar.value;
  text.textContent = nextText.textContent;
  return changed;
}

function replace(old, fresh) {
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(fresh);
  showTimes(fresh);
  if (hadFocus) {
    fresh.querySelector("a, button")?.focus();
  }
  fresh.classList.add("changed");
  said.textContent = `${fresh.dataset.name}: ${fresh.dataset.state}`;
}

/** Whether anything is otherwise than it was. */
function take(page) {
  let changed = false;
  for (const old of watched()) {
    const fresh = page.getElementById(old.id);
    if (!fresh) {
      old.removeAttribute("data-watch");
    } else if (fresh.dataset.watch === old.dataset.watch) {
      changed = move(old, fresh) || changed;
    } else {
      replace(old, document.adoptNode(fresh));
      changed = true;
    }
  }
  return changed;
}

async function look() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", look, { once: true });
    return;
  }
  let changed = false;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) {
      said.className = "notice";
      still.hidden = false;
      said.textContent = "You are signed out, so this page stands still. What is underway goes on.";
      return;
    }
    if (answer.ok) {
      changed = take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    }
  } catch {
    // not reached; the next look may be luckier
  }
  wait = changed ? SOONEST_MILLIS : Math.min(LATEST_MILLIS, wait * 1.5);
  if (watched().length > 0) {
    setTimeout(look, wait);
  }
}

if (still) {
  still.hidden = true;
  setTimeout(look, wait);
}
