// Draws rows of cards: HTML as it comes, plotly.js charts and maps in its `.plot` places. These are kept between updates
// and redrawn in place; those out of sight wait until they are scrolled to. A click on a mark is told as the event "lead".
const beside = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url));
const [{ alterWithin }, { renew }] = await Promise.all(["alter.js", "filters.js"].map(beside));
const here = (name) => new URL(name, import.meta.url).href;
let library;
export const plotly = () =>
  (library ??= new Promise((done, fail) => {
    const tag = Object.assign(document.createElement("script"), { src: here("plotly-cartesian.min.js?v=4.1.1") });
    tag.onload = () => done(window.Plotly);
    tag.onerror = fail;
    document.head.append(tag);
  }));

// The movable map is wanted on one page alone.
const maps = () => import(here(`map.js${new URL(import.meta.url).search}`));

// One object for the life of the page: plotly takes a new config object for a new chart.
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, responsive: false, plotlyServerURL: "" };
export const isPhone = () => window.matchMedia("(max-width: 700px)").matches;

const seen = new IntersectionObserver(
  (entries) =>
    entries.forEach(({ target, isIntersecting }) => {
      target.isSeen = isIntersecting;
      if (isIntersecting) target.draw?.();
    }),
  { rootMargin: "300px" },
);
const sized = new ResizeObserver((entries) =>
  entries.forEach(({ target, contentRect }) => {
    const [width, height] = target.size ?? [];
    if (!target.drawn || Math.hypot(width - contentRect.width, height - contentRect.height) < 2) return;
    target.later = true;
    target.draw?.();
  }),
);

async function chart(box) {
  const Plotly = await plotly();
  const shown = (isPhone() && box.figure.phone) || box.figure;
  const [width, height] = box.size;
  await Plotly.react(box, shown.data, { ...shown.layout, width, height }, CONFIG);
  if (box.drawn) return;
  box.on("plotly_click", ({ points: [point] }) => {
    const target = [].concat(point.customdata ?? [])[0];
    if (typeof target !== "string" || !target.startsWith("/")) return;
    box.dispatchEvent(new CustomEvent("lead", { bubbles: true, detail: target }));
  });
}

function place(box, figure) {
  box.later = true;
  box.figure = figure;
  box.draw = async () => {
    if (!box.later) return;
    box.later = false;
    box.size = [box.clientWidth, box.clientHeight];
    if (box.figure.deck) await (await maps()).drawMap(box, box.figure);
    else await chart(box);
    if (!box.drawn) sized.observe(box);
    box.drawn = true;
    box.dataset.painted = performance.now();
  };
  if (box.isSeen) box.draw();
  else seen.observe(box);
}

// What stands is altered, so that a chart stays where its card comes again: only its figure changes.
function fill(root, html, figures) {
  const made = document.createElement("div");
  made.innerHTML = html;
  const old = [...root.querySelectorAll(".plot")];
  alterWithin(root, made);
  old.filter((box) => !root.contains(box)).forEach(drop);
  root.querySelectorAll(".plot").forEach((box, index) => place(box, figures[index]));
}

export function drop(box) {
  seen.unobserve(box);
  sized.unobserve(box);
  if (box.figure?.deck) maps().then(({ leaveMap }) => leaveMap(box));
  else if (box.drawn) window.Plotly?.purge(box);
}

// Cards come as gzipped JSON, a tenth of their size.
export async function unpacked(data) {
  if (!(data instanceof Uint8Array)) return data;
  const gunzip = new DecompressionStream("gzip");
  const input = gunzip.writable.getWriter();
  // By hand: a Blob's stream asks another process of the browser for the bytes first. The reader says what is wrong.
  for (const step of [input.write(data), input.close()]) step.catch(() => {});
  return new Response(gunzip.readable).json();
}

// Whether two packed messages hold the same cards; the same cards are packed into the same bytes.
export function same(one, other) {
  if (one === other) return true;
  if (!(one instanceof Uint8Array) || !(other instanceof Uint8Array) || one.length !== other.length) return false;
  return one.every((byte, index) => byte === other[index]);
}

// Draws the cards that `data` was unpacked into; `root.shown` then says what stands there.
export function draw(root, data, { html, figures, lang }) {
  const spoken = lang === "en" ? "en" : "zh-CN";
  const { documentElement: page } = document;
  if (page.lang !== spoken) page.lang = spoken; // said again, it has all styles worked out again
  if (root.html !== html) (root.closest(".st-key-menu") ? renew : fill)(root, html, figures);
  else root.querySelectorAll(".plot").forEach((box, index) => place(box, figures[index]));
  root.html = html;
  root.shown = root.coming = data;
}

// Unpacks and draws; gives the cards, or nothing where others came while these were unpacked.
export async function show(root, data) {
  root.coming = data;
  const cards = await unpacked(data);
  if (root.coming !== data) return null;
  draw(root, data, cards);
  return cards;
}
