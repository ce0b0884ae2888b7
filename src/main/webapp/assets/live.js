// What an open page is told while it is in sight: rows that changed, and totals. A hidden page keeps no connection.

const REFUSED_MILLIS = 30_000;

/**
 * Listens to the rows as seen from one vantage point.
 * @param on what to do at `rows`, `totals`, `open`, `error`, and at `back` when the page comes into sight again
 */
export function listen(from, on) {
  let feed;
  const open = () => {
    feed = new EventSource(from ? `/live?from=${encodeURIComponent(from)}` : "/live");
    feed.addEventListener("open", () => on.open?.());
    feed.addEventListener("error", () => {
      on.error?.();
      if (feed?.readyState === EventSource.CLOSED) {
        // refused, such as when as many pages are open as may listen: browsers do not try again by themselves
        feed = undefined;
        setTimeout(() => document.hidden || feed || open(), REFUSED_MILLIS);
      }
    });
    feed.addEventListener("rows", (event) => on.rows?.(JSON.parse(event.data)));
    feed.addEventListener("totals", (event) => on.totals?.(JSON.parse(event.data)));
  };
  const close = () => {
    feed?.close();
    feed = undefined;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
    } else if (!feed) {
      open();
      on.back?.();
    }
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => {
    if (event.persisted && !feed) {
      open();
      on.back?.();
    }
  });
  if (!document.hidden) {
    open();
  }
}

/** The same page as it is now, or at another address; nothing when it cannot be had. */
export async function fresh(address = location.href) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    const isSame = response.ok && new URL(response.url).pathname === location.pathname;
    return isSame ? new DOMParser().parseFromString(await response.text(), "text/html") : undefined;
  } catch {
    return undefined;
  }
}
