// Calls tried from the documentation, with a key that never leaves the page but in their header.
const MOST_SHOWN = 20_000;

for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const shown = form.parentElement.querySelector(".answer");
    let path = form.dataset.path;
    const query = new URLSearchParams();
    for (const field of form.querySelectorAll("input")) {
      if (field.dataset.place === "path") {
        path = path.replace(`{${field.name}}`, encodeURIComponent(field.value.trim()));
      } else if (field.value.trim()) {
        query.set(field.name, field.value.trim());
      }
    }
    const address = path + (query.size ? `?${query}` : "");
    const key = document.querySelector("#key").value.trim();
    shown.hidden = false;
    shown.textContent = `GET ${address} …`;
    try {
      const response = await fetch(address, { headers: key ? { "X-API-Key": key } : {} });
      const limits = ["ratelimit", "retry-after", "x-trace-id"].filter((name) => response.headers.get(name));
      const body = await response.text();
      const pretty = /json/.test(response.headers.get("content-type") ?? "") && body ? JSON.stringify(JSON.parse(body), null, 2) : body;
      shown.textContent = [
        `${response.status} ${response.statusText}`,
        ...limits.map((name) => `${name}: ${response.headers.get(name)}`),
        "",
        pretty.length > MOST_SHOWN ? `${pretty.slice(0, MOST_SHOWN)}\n… and more` : pretty,
      ].join("\n");
    } catch (error) {
      shown.textContent = `No answer: ${error.message}`;
    }
  });
}
document.querySelector("[data-key]").addEventListener("submit", (event) => event.preventDefault());

// a link to one operation opens it
const chosen = location.hash && document.querySelector(`details${CSS.escape ? `#${CSS.escape(location.hash.slice(1))}` : ""}`);
if (chosen) {
  chosen.open = true;
}
