// Draws the cards of an address before Streamlit has come to them: at the first opening beside its start, at a click
// beside its run. Streamlit stays the owner: what it sends is compared with what stands, and drawn where it differs.
//
// Every `.rows` knows what Streamlit `sent` last and what is `shown`; `early` says that the latter came ahead. Where
// all places of the new cards are there they are drawn in place. For another page, or before Streamlit has any place,
// they lie over the page, as they will lie in it, and move in once all their places have been made.
const beside = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url));
const [{ draw, drop, same, show, unpacked }, { led }] = await Promise.all(["drawing.js", "filters.js"].map(beside));

const REST_MS = 1000; // so long after a run, all it sent is in its place and no other run is on its way
const LOST_MS = 5000; // so long without any run, what was asked for is lost
let asked = new AbortController(); // for the newest address only
let over = null; // { node, boxes }: what lies over the page, its parts by the name of their component
let resting;

const nameOf = (root) => /st-key-(\S+)/.exec(root.closest("[class*=st-key-]")?.className)?.[1];
const rootOf = (name) => document.querySelector(`.stApp .st-key-${name} .rows`);

export async function ahead(address) {
  asked.abort();
  clearTimeout(resting);
  resting = null;
  asked = new AbortController();
  const { signal } = asked;
  const { pathname, search } = new URL(address, location.href);
  const menu = document.querySelector("nav[data-basket]");
  led(menu && search ? address : null);
  if (menu && !search) return release(); // to a session such an address says: the view you have
  const mode = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const page = pathname === "/" ? "/overview" : pathname;
  const headers = { "X-Basket": encodeURIComponent(menu?.dataset.basket ?? "") };
  // Whatever goes wrong here, Streamlit's own answer is on its way.
  const parts = await fetch(`/board/${mode}${page}${search}`, { headers, signal }).then(taken).catch(() => null);
  if (signal.aborted) return;
  if (!parts) return release();
  const [sidebar, ...cards] = parts;
  const roots = cards.map(({ name }) => rootOf(name));
  if (!cards.length) release();
  if (menu) drawEarly(rootOf("menu"), sidebar); // before the cards, whose charts ask where everything lies
  if (roots.includes(null)) layOver(cards);
  else if (cards.length) drawIn(roots, cards);
  settleIn(LOST_MS);
}

// The parts of an answer: one line with their names and lengths, then what each holds.
async function taken(answer) {
  if (answer.status !== 200 || answer.headers.get("Content-Type") !== "application/octet-stream") return null;
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let from = bytes.indexOf(10) + 1;
  const parts = JSON.parse(new TextDecoder().decode(bytes.subarray(0, from))).map(([name, length]) => {
    from += length;
    return { name, data: bytes.subarray(from - length, from) };
  });
  return Promise.all(parts.map(async (part) => ({ ...part, cards: await unpacked(part.data) })));
}

function drawIn(roots, parts) {
  lower();
  parts.forEach((part, index) => drawEarly(roots[index], part));
}

function drawEarly(root, { data, cards }) {
  if (same(root.shown, data)) return;
  draw(root, data, cards);
  root.early = true;
}

function layOver(parts) {
  lower();
  const node = Object.assign(document.createElement("main"), { className: "ahead", innerHTML: "<div></div>" });
  const main = document.querySelector(".stApp:has(nav[data-basket]) .stMain"); // at first its sidebar is lacking
  if (main) node.style.left = `${main.getBoundingClientRect().left}px`;
  const boxes = new Map();
  for (const { name, data, cards } of parts) {
    const box = Object.assign(document.createElement("div"), { className: "rows" });
    node.firstChild.append(box);
    draw(box, data, cards);
    box.home = rootOf(name);
    boxes.set(name, box);
  }
  over = { node, boxes };
  document.documentElement.append(node);
}

function lower() {
  over?.node.querySelectorAll(".plot").forEach(drop);
  over?.node.remove();
  over = null;
}

// What Streamlit sends is drawn again as it comes.
function release() {
  lower();
  document.querySelectorAll(".rows").forEach((root) => (root.early = false));
}

// In one go, so that nothing is seen to move; what had the focus keeps it.
function moveIn({ node, boxes }) {
  over = null;
  const { scrollTop } = node;
  const focused = node.contains(document.activeElement) && document.activeElement;
  for (const { home, html, shown, childNodes } of boxes.values()) {
    home.replaceChildren(...childNodes);
    Object.assign(home, { html, shown, coming: shown, early: !same(home.sent, shown) });
  }
  document.querySelector(".stMain").scrollTop = scrollTop;
  node.remove();
  if (focused) focused.focus({ preventScroll: true });
}

// Whether what Streamlit has just sent to a place need not be drawn there: it stands there already, or it is older than
// what stands there, or waits for what lies over the page.
export function stands(root) {
  const box = over?.boxes.get(nameOf(root));
  if (box) {
    box.home = root;
    if ([...over.boxes.values()].every(({ home }) => home?.isConnected)) moveIn(over);
    return true;
  }
  const isSame = same(root.shown, root.sent);
  if (isSame) Object.assign(root, { early: false, coming: root.shown });
  else if (root.early) settleIn(REST_MS);
  return isSame || root.early;
}

// Whether Streamlit has a place for a part, and is still loading what is to stand there.
function isComing(name) {
  const place = document.querySelector(`.stMain .st-key-${name}`);
  return Boolean(place) && !place.querySelector(".rows")?.sent;
}

function settleIn(ms) {
  clearTimeout(resting);
  const mine = setTimeout(() => (window.requestIdleCallback ?? setTimeout)(() => mine === resting && settle()), ms);
  resting = mine;
}

// Once Streamlit is at rest, what it sent is what is to be seen. Until then the end of its run is waited for.
function settle() {
  const state = document.querySelector(".stApp")?.dataset.testScriptState;
  if (state !== "notRunning" && state !== "compilationError") return;
  if ([...(over?.boxes.keys() ?? [])].some(isComing)) return void settleIn(REST_MS);
  asked.abort();
  led(null);
  release();
  document.querySelectorAll(".rows").forEach((root) => {
    if (root.sent && !same(root.shown, root.sent)) show(root, root.sent);
  });
}

new MutationObserver(() => settleIn(REST_MS)).observe(document.documentElement, {
  subtree: true,
  attributeFilter: ["data-test-script-state"],
});
