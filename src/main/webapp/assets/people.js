// Links in letters carry their token behind #, which browsers never send; here it goes into the form.
// What else stands there, such as the place that "Skip to the content" leads to, is no token.
import "./forms.js";

const tokenIn = (hash) => /^#([A-Za-z0-9_-]{43})$/.exec(hash)?.[1];
const token = tokenIn(location.hash);
if (token) {
  for (const field of document.querySelectorAll("[data-token], input[name=token]")) {
    field.value ||= token;
  }
  for (const part of document.querySelectorAll("[data-with-token]")) {
    part.hidden = false;
  }
  for (const part of document.querySelectorAll("[data-without-token]")) {
    part.hidden = true;
  }
  history.replaceState(null, "", location.pathname);
  document.querySelector("[data-with-token] input:not([type=hidden])")?.focus();
}

const slug = document.querySelector("#slug");
const preview = document.querySelector("[data-slug-preview]");
if (slug && preview) {
  const show = () => {
    preview.hidden = !slug.value;
    preview.textContent = `Your own address: ${slug.value.toLowerCase()}${preview.dataset.slugPreview}`;
  };
  slug.addEventListener("input", show);
  // follows the organisation's name until it is typed by hand
  let own = slug.value !== "";
  slug.addEventListener("input", () => (own = slug.value !== ""));
  document.querySelector("#organisation")?.addEventListener("input", (event) => {
    if (!own) {
      slug.value = event.target.value.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40);
      show();
    }
  });
  show();
}

// a link opened over the very page it leads to only changes what stands behind #
addEventListener("hashchange", () => {
  if (tokenIn(location.hash)) {
    location.assign(`${location.pathname}?link${location.hash}`);
  }
});

// after a refusal one goes on at the first field that needs it
document.querySelector("[aria-invalid=true]")?.focus();
