// What pages with forms do: nothing that was typed is lost, what is wrong is told on top, what cannot be undone is asked about.

// what was typed survives a sign-in or a confirmation in between, and the Save of another form of the page, for the person
// who typed it; secrets are never kept
const BETWEEN = ["/sign-in", "/confirm"];
const comesBack = document.referrer.startsWith(location.origin) && BETWEEN.includes(new URL(document.referrer).pathname);
const menu = document.querySelector(".menu-title");
const who = `${menu?.textContent.trim()} of ${menu?.dataset.tenant}`;
const LASTS_MILLIS = 30 * 60 * 1000;
const nameOf = (form) => form.id || form.dataset.keep || [...form.querySelectorAll("[name=do], [name=id]")].map((one) => one.value).join();
const draftKey = (form) => `draft:${location.pathname}:${nameOf(form)}`;
// a version goes with what was typed over it
const keeps = (field) =>
  field.name === "version" || (field.name && field.autocomplete !== "one-time-code" && !/password|hidden|file|submit|button/.test(field.type));
const chosen = (field) => /checkbox|radio/.test(field.type);
const fieldKey = (field) => (chosen(field) ? `${field.name}=${field.value}` : field.name);
const firstOption = (list) => Math.max(0, [...list.options].findIndex((option) => option.defaultSelected));
const isChanged = (field) =>
  field.options ? field.selectedIndex !== firstOption(field) : chosen(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
const isUnsaved = (form) => form.dataset.refused || [...form.elements].filter(keeps).some(isChanged);

function notice(form, text) {
  const said = Object.assign(document.createElement("p"), { className: "notice", textContent: text });
  said.setAttribute("role", "status");
  (form.querySelector(":scope > .form") ?? form).prepend(said);
}

function fill(form, draft) {
  for (const field of [...form.elements].filter(keeps)) {
    const kept = draft.fields[fieldKey(field)];
    if (kept !== undefined) {
      field[chosen(field) ? "checked" : "value"] = kept;
    }
  }
  form.closest("details")?.setAttribute("open", "open");
}

function restore(form, draft) {
  fill(form, draft);
  // nothing is done by itself: the form is as it was, and its button waits to be pressed once more
  const buttons = [...form.elements].filter((one) => one.name === "do" && one.type === "submit");
  const button = buttons.find((one) => one.value === draft.pressed) ?? buttons[0];
  const typed = [...form.elements].some(keeps);
  const confirmed = document.querySelector("[data-confirmed]");
  const text = typed
    ? "Here is what you typed. Send it again."
    : `Nothing was done yet. Press “${button?.textContent.trim()}” again.`;
  if (confirmed) {
    confirmed.textContent = text;
  } else {
    notice(form, text);
  }
  button?.focus();
  button?.scrollIntoView({ block: "center" });
}

function restoreBeside(form, draft) {
  fill(form, draft);
  if (!form.matches(".row-form")) {
    notice(form, "Not saved yet: what you typed here before.");
  }
}

function readDrafts() {
  const drafts = new Map(Object.entries(sessionStorage).filter(([key]) => key.startsWith("draft:")));
  drafts.forEach((_, key) => sessionStorage.removeItem(key));
  const refused = document.querySelector("main [role=alert], main .wrong");
  for (const form of document.querySelectorAll("form[method=post]")) {
    const draft = JSON.parse(drafts.get(draftKey(form)) ?? "null");
    if (draft?.who !== who || Date.now() - draft.at > LASTS_MILLIS) {
      continue;
    }
    if (draft.beside) {
      restoreBeside(form, draft);
    } else if (comesBack && form.dataset.keep) {
      restore(form, draft);
    } else if (refused) {
      form.dataset.refused = "yes"; // it holds what was typed, which is saved no more than before
    }
  }
}

function keepDrafts(sent, pressed) {
  for (const form of document.querySelectorAll("form[method=post]")) {
    sessionStorage.removeItem(draftKey(form));
    if (form === sent || isUnsaved(form)) {
      const all = form !== sent || form.dataset.keep ? [...form.elements].filter(keeps) : [];
      const fields = all.map((field) => [fieldKey(field), chosen(field) ? field.checked : field.value]);
      const draft = { who, at: Date.now(), pressed, beside: form !== sent, fields: Object.fromEntries(fields) };
      sessionStorage.setItem(draftKey(form), JSON.stringify(draft));
    }
  }
}

if (!BETWEEN.includes(location.pathname)) {
  readDrafts();
  document.addEventListener("submit", (event) => {
    if (event.target.method === "post" && !event.defaultPrevented) {
      keepDrafts(event.target, event.submitter?.value);
    }
  });
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
