// The board's side of Streamlit's component: draws what a run sends, and leads where a link leads.
// The other modules bear the same version in their addresses, or a browser could mix new ones with old ones.
const beside = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url));
const [{ drop, plotly, show }, { ahead, stands }, { clicked }, { BASKET, ONCE, deeds }] = await Promise.all(
  ["drawing.js", "ahead.js", "clicks.js", "filters.js", "words.js"].map(beside),
);

// Where the reader is, clicks alone say. A run only takes out again what is to be done once: one that a newer click has
// overtaken would lead back to its own address. A table that was closed is left by the way back, as it was come to.
const hasAny = (parts, address) => parts.some((part) => new URL(address, location.href).searchParams.has(part));
const [push, replace] = [history.pushState, history.replaceState].map((known) => known.bind(history));
for (const name of ["pushState", "replaceState"]) {
  history[name] = (state, unused, url) => {
    const isHere = new URL(url ?? "", location.href).pathname === location.pathname;
    if (!isHere || !hasAny(ONCE, location.href)) return;
    if (history.state?.opens && !hasAny(["panel"], url ?? "")) history.back();
    else replace(state, unused, url);
  };
}

// A run is asked for once its cards have come ahead and been painted: side by side on one server and in one browser both
// come later.
const PATIENCE_MS = 150;
const frame = () => new Promise(requestAnimationFrame);
let last; // where the reader went last: what was asked for before and still waits is not asked for any more

// A link leads where the browser's own way back would: the address changes, and Streamlit runs what it says. Streamlit
// being told by a component instead takes two runs for another page, and forgets what it is told while it changes page.
// What changes the basket is no place to come back to. Before Streamlit is there at all, a link is what it is on any page.
function go(target) {
  if (!document.querySelector(".st-key-menu .rows")?.sent) return void location.assign(target);
  const mine = (last = {});
  const { href } = new URL(target, location.href);
  const coming = ahead(href).then(frame).then(frame);
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
  const opens = hasAny(["panel"], href) && !hasAny(["panel"], location.href);
  if (href !== location.href) (hasAny(BASKET, href) ? replace : push)({ opens }, "", href);
  Promise.race([coming, late]).then(() => mine === last && dispatchEvent(new PopStateEvent("popstate")));
}

const inCards = (act) => (event) => {
  if (event.target.closest(".rows")) act(event, go);
};
for (const [name, deed] of Object.entries(deeds)) document.addEventListener(name, inCards(deed));
document.addEventListener("click", inCards(clicked));
document.addEventListener("lead", inCards((event) => go(event.detail)));
document.addEventListener("submit", inCards((event) => {
  event.preventDefault();
  go(`${event.target.getAttribute("action")}&${new URLSearchParams(new FormData(event.target))}`);
}));
addEventListener("popstate", ({ isTrusted }) => {
  if (!isTrusted) return;
  last = {};
  ahead(location.href);
});

export async function render(api) {
  const root = api.parentElement.querySelector(".rows");
  root.sent = api.data;
  if (stands(root)) return;
  await show(root, api.data);
}

export function leave(api) {
  api.parentElement.querySelectorAll(".plot").forEach(drop);
}

// Named in the head of a page, this module is there before Streamlit.
if (document.querySelector("script[data-opens]")) {
  plotly();
  ahead(location.href);
}
