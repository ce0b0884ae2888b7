// The numbers of the first page are live: twice a minute the page is asked for again and its figures are taken over.
const EVERY_MILLIS = 30_000;

async function refresh() {
  if (document.hidden) {
    return;
  }
  const response = await fetch("/", { headers: { Accept: "text/html" } });
  if (!response.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const cells = [...document.querySelectorAll("#now dd, #now td")];
  const fresh = [...page.querySelectorAll("#now dd, #now td")];
  if (cells.length === fresh.length) {
    cells.forEach((cell, i) => {
      if (cell.textContent !== fresh[i].textContent) {
        cell.replaceChildren(...fresh[i].childNodes);
      }
    });
  }
}

setInterval(() => refresh().catch(() => {}), EVERY_MILLIS);
