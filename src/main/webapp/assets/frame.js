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

// what was sent survives a sign-in or a confirmation in between, for whoever typed it; secrets are never kept
const BETWEEN = ["/sign-in", "/confirm"];
const comesBack = document.referrer.startsWith(location.origin) && BETWEEN.includes(new URL(document.referrer).pathname);
const who = [".menu-title", "details.menu > summary"].map((part) => document.querySelector(part)?.textContent.trim()).join(" of ");
const LASTS_MILLIS = 30 * 60 * 1000;
const draftKey = (form) => `draft:${location.pathname}:${form.id || form.dataset.keep}`;
const keeps = (field) => field.name && field.autocomplete !== "one-time-code" && !/password|hidden|file|submit|button/.test(field.type);
const chosen = (field) => /checkbox|radio/.test(field.type);
const fieldKey = (field) => (chosen(field) ? `${field.name}=${field.value}` : field.name);

function restore(form, draft) {
  for (const field of [...form.elements].filter(keeps)) {
    const kept = draft.fields[fieldKey(field)];
    if (kept !== undefined) {
      field[chosen(field) ? "checked" : "value"] = kept;
    }
  }
  form.closest("details")?.setAttribute("open", "open");
  // nothing is done by itself: the form is as it was, and its button waits to be pressed once more
  const buttons = [...form.elements].filter((one) => one.name === "do" && one.type === "submit");
  const button = buttons.find((one) => one.value === draft.pressed) ?? buttons[0];
  const typed = [...form.elements].some(keeps);
  const confirmed = document.querySelector("[data-confirmed]");
  const said = confirmed ?? Object.assign(document.createElement("p"), { className: "notice" });
  said.textContent = typed
    ? "Here is what you typed. Send it again."
    : `Nothing was done yet. Press “${button?.textContent.trim()}” again.`;
  if (!confirmed) {
    said.setAttribute("role", "status");
    form.before(said);
  }
  button?.focus();
  button?.scrollIntoView({ block: "center" });
}

if (!BETWEEN.includes(location.pathname)) {
  const drafts = new Map(Object.entries(sessionStorage).filter(([key]) => key.startsWith("draft:")));
  drafts.forEach((_, key) => sessionStorage.removeItem(key));
  for (const form of comesBack ? document.querySelectorAll("form[data-keep]") : []) {
    const draft = JSON.parse(drafts.get(draftKey(form)) ?? "null");
    if (draft?.who === who && Date.now() - draft.at < LASTS_MILLIS) {
      restore(form, draft);
    }
  }
}
for (const form of document.querySelectorAll("form[data-keep]")) {
  form.addEventListener("submit", (event) => {
    const fields = [...form.elements].filter(keeps).map((field) => [fieldKey(field), chosen(field) ? field.checked : field.value]);
    sessionStorage.setItem(draftKey(form), JSON.stringify({ who, at: Date.now(), pressed: event.submitter?.value, fields: Object.fromEntries(fields) }));
  });
}

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

// what cannot be undone is asked about first
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ask]");
  if (button && !confirm(button.dataset.ask)) {
    event.preventDefault();
  }
});

// a file is read into the field above it; lists of choices can be narrowed
for (const file of document.querySelectorAll("input[type=file][data-into]")) {
  file.addEventListener("change", async () => {
    document.querySelector(file.dataset.into).value = await file.files[0].text();
  });
}
for (const search of document.querySelectorAll("[data-narrow]")) {
  search.hidden = false;
  search.addEventListener("input", () => {
    const words = search.value.trim().toLowerCase();
    for (const choice of document.querySelectorAll(`${search.dataset.narrow} label`)) {
      choice.hidden = !choice.textContent.toLowerCase().includes(words);
    }
  });
}

// where one is stays in sight in a row of links that is wider than the screen
document.querySelector(".side [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// what is wrong with fields of a form that came back is told on top, wherever on the page they are
const wrongs = [...document.querySelectorAll("main .wrong")].flatMap((wrong) => {
  const place = wrong.closest(".field, fieldset");
  const field = place?.querySelector("[aria-invalid=true]") ?? place?.querySelector("input[name], select, textarea");
  return field ? [{ field, name: place.querySelector("label, legend").textContent.trim() }] : [];
});
if (wrongs.length > 0) {
  const words = document.createElement("span");
  words.append(wrongs.length === 1 ? "One field is not right: " : `${wrongs.length} fields are not right: `);
  wrongs.forEach(({ field, name }, i) => {
    const link = Object.assign(document.createElement("a"), { href: field.id ? `#${field.id}` : "", textContent: name });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.focus();
    });
    words.append(i > 0 ? ", " : "", link);
    field.closest("details")?.setAttribute("open", "open");
  });
  const told = Object.assign(document.createElement("p"), { className: "notice bad" });
  told.setAttribute("role", "alert");
  told.dataset.wrongs = "yes";
  told.append(words);
  document.querySelector("main").prepend(told);
  wrongs.find(({ field }) => field.checkVisibility())?.field.focus();
}
