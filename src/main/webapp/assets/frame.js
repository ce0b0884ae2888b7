// What every page does: menus that close, the theme, copy buttons, local times, forms sent once.
const root = document.documentElement;

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) {
      menu.open = false;
    }
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details.menu[open]");
    closeMenus(null);
    open?.querySelector("summary").focus();
  }
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});

// the theme is a cookie, so that the server draws the next page right from the start
document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-choose-theme]");
  if (!choice) {
    return;
  }
  const theme = choice.dataset.chooseTheme;
  root.dataset.theme = theme;
  document.cookie = `nettrace-theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  for (const other of document.querySelectorAll("[data-choose-theme]")) {
    other.setAttribute("aria-pressed", String(other === choice));
  }
  document.dispatchEvent(new CustomEvent("theme"));
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) {
    return;
  }
  const source = button.dataset.copy;
  const text = source.startsWith("#") ? document.querySelector(source).innerText : source;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text.trim());
    button.textContent = "Copied";
  } catch {
    button.textContent = "Press Ctrl+C";
    getSelection().selectAllChildren(document.querySelector(source) ?? button);
  }
  button.addEventListener("blur", () => (button.textContent = label), { once: true });
});

// panels
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    event.preventDefault();
    document.querySelector(opener.dataset.open)?.showModal();
  }
  const closer = event.target.closest("[data-close]");
  const dialog = closer?.closest("dialog") ?? (event.target.matches("dialog") ? event.target : null);
  dialog?.close();
});

// a form goes out once, however often its button is pressed
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post" && !form.dataset.again) {
    form.dataset.sent = "yes";
    const button = event.submitter;
    button?.setAttribute("aria-disabled", "true");
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
});

// times are written in UTC by the server; a reader may ask for their own
const zone = document.cookie.includes("nettrace-zone=local") ? undefined : "UTC";
export const inLocalTime = zone === undefined;
export function timeText(instant, style = {}) {
  return new Intl.DateTimeFormat("en-GB", {
    year: "numeric", month: "short", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
    hour12: false, timeZone: zone, timeZoneName: "short", ...style,
  }).format(instant);
}
export function showTimes(part = document) {
  if (inLocalTime) {
    for (const time of part.querySelectorAll("time[datetime]")) {
      time.title = `${time.getAttribute("datetime")} (UTC)`;
      time.textContent = timeText(new Date(time.getAttribute("datetime")));
    }
  }
}
showTimes();

// ages go by the server's clock, and grow while the page is open
const ahead = root.dataset.now ? Date.now() - Date.parse(root.dataset.now) : 0;
const UNITS = [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
const AGES_MILLIS = 5000;
const DAY_MILLIS = 86_400_000;
function showAge(one) {
  const past = Date.now() - ahead - Date.parse(one.dataset.age);
  const seconds = Math.max(0, Math.floor(past / 1000));
  const [size, unit] = UNITS.find(([size]) => seconds >= size) ?? [1, "s"];
  const ago = `${Math.floor(seconds / size)} ${unit} ago`;
  const time = past < DAY_MILLIS ? { year: undefined, month: undefined, day: undefined } : {};
  one.textContent = one.dataset.brief ? ago : `as of ${timeText(new Date(one.dataset.age), time)}, ${ago}`;
}
const showAges = () => document.querySelectorAll("[data-age]").forEach(showAge);
showAges();
setInterval(showAges, AGES_MILLIS);

/** Writes behind what stands in a place how old that is, or that it is not old; as `nt:age` does. */
export function age(place, at, brief) {
  let one = place.querySelector("[data-age]");
  if (!at) {
    one?.remove();
    return;
  }
  if (!one) {
    one = Object.assign(document.createElement("span"), { className: "age" });
    if (brief) {
      one.dataset.brief = brief;
    }
    place.append(one);
  }
  one.dataset.age = at;
  showAge(one);
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-choose-zone]");
  if (choice) {
    document.cookie = `nettrace-zone=${choice.dataset.chooseZone}; path=/; max-age=31536000; samesite=lax`;
    location.reload();
  }
});

/** A colour of the style sheet as the browser computes it in the present theme, for canvases. */
export function colour(name) {
  const probe = document.createElement("span");
  probe.className = "seen-by-readers";
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

// where one is stays in sight in a row of links that is wider than the screen
document.querySelector(".side [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
