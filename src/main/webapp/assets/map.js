// The world, drawn when it is opened: the ways from the vantage point as great circles, coloured by delay.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 960;
const HEIGHT = 440;
let land;

function script(source) {
  return new Promise((resolve, reject) => {
    if (document.querySelector(`script[src="${source}"]`)) {
      resolve();
      return;
    }
    const element = document.createElement("script");
    element.src = source;
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

function shape(name, attributes, inside) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...(inside ?? []));
  return element;
}

function title(text) {
  const element = shape("title", {});
  element.textContent = text;
  return element;
}

async function draw(place) {
  await script(place.dataset.array);
  await script(place.dataset.geo);
  land ??= await (await fetch(place.dataset.land)).json();
  const map = JSON.parse(place.dataset.map);
  const projection = d3.geoNaturalEarth1().fitExtent([[2, 2], [WIDTH - 2, HEIGHT - 2]], land);
  const path = d3.geoPath(projection);
  const zoom = Math.max(1, WIDTH / (place.clientWidth || WIDTH)); // marks keep their size on a small screen
  const picture = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "Map; the table has the same figures" });
  picture.append(shape("path", { class: "grid", d: path(d3.geoGraticule10()) }), shape("path", { class: "land", d: path(land) }));
  let before = map.from;
  for (const spot of map.spots) {
    if (before) {
      const way = { type: "LineString", coordinates: [[before.lon, before.lat], [spot.lon, spot.lat]] };
      picture.append(shape("path", { class: `way d ${spot.scale}`, d: path(way) ?? "" }));
    }
    before = map.chained ? spot : map.from;
  }
  for (const spot of map.spots) {
    const [x, y] = projection([spot.lon, spot.lat]);
    const dot = shape("circle", { class: `spot d ${spot.scale}`, cx: x, cy: y, r: 3.5 * zoom }, [title(`${spot.name}: ${spot.text}`)]);
    picture.append(spot.address ? shape("a", { href: spot.address, "aria-label": `${spot.name}: ${spot.text}` }, [dot]) : dot);
  }
  if (map.from) {
    const [x, y] = projection([map.from.lon, map.from.lat]);
    const name = shape("text", { x: x + 8 * zoom, y: y - 6 * zoom, style: `font-size: ${11 * zoom}px` });
    name.textContent = map.from.name;
    picture.append(shape("circle", { class: "from", cx: x, cy: y, r: 5 * zoom }), name);
  }
  place.replaceChildren(picture);
}

function drawOpen() {
  for (const place of document.querySelectorAll("details[open] > [data-map]")) {
    draw(place).catch(() => (place.textContent = "The map cannot be drawn; the table has the same figures."));
  }
}

const remembered = (part) => `open:${part.dataset.remember}`;

function restore() {
  for (const part of document.querySelectorAll("details[data-remember]")) {
    part.open = localStorage.getItem(remembered(part)) === "yes";
  }
  drawOpen();
}

document.addEventListener("toggle", (event) => {
  if (event.target.matches("details[data-remember]")) {
    localStorage.setItem(remembered(event.target), event.target.open ? "yes" : "no");
    drawOpen();
  }
}, true);
restore();
document.addEventListener("map", restore);
