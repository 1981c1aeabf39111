// The board's side of Streamlit's component: draws what a run sends, and reports clicks on links as "go".
// The other modules bear the same version in their addresses, or a browser could mix new ones with old ones.
const beside = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url));
const [{ drop, plotly, show }, { ahead, isKeeping, stands }, { clicked }, { deeds }] = await Promise.all(
  ["drawing.js", "ahead.js", "clicks.js", "filters.js", "words.js"].map(beside),
);

// Streamlit changes page in two steps, the query first and the path after, and pushes an address for each: the first,
// the old page with the new query, is no place anybody has been, so it is kept out of the browser's history.
let leaving = false;
const push = history.pushState.bind(history);
history.pushState = (state, unused, url) => {
  const isNewPath = new URL(url ?? "", location.href).pathname !== location.pathname;
  if (leaving && !isNewPath) return;
  if (isNewPath) leaving = false;
  push(state, unused, url);
};

// A run is asked for once its cards have come ahead: side by side on one server and in one browser both come later.
const PATIENCE_MS = 150;
let last; // the newest click that leads elsewhere: one before it that still waits is not asked for any more

// Streamlit is told by the component clicked on, or by the menu where cards still lie over the page; before it is there
// at all a link is what it is on any page.
function go(root, target) {
  const api = root.api ?? document.querySelector(".st-key-menu .rows")?.api;
  if (!api) return void location.assign(target);
  const path = new URL(target, location.href).pathname;
  leaving = path !== location.pathname && !(path === "/overview" && location.pathname === "/");
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
  const mine = isKeeping(target) ? null : (last = {});
  Promise.race([ahead(target), late]).then(() => (!mine || mine === last) && api.setTriggerValue("go", target));
}

const inCards = (act) => (event) => {
  const root = event.target.closest(".rows");
  if (root) act(event, (target) => go(root, target));
};
for (const [name, deed] of Object.entries(deeds)) document.addEventListener(name, inCards(deed));
document.addEventListener("click", inCards(clicked));
document.addEventListener("lead", inCards((event, lead) => lead(event.detail)));
document.addEventListener("submit", inCards((event, lead) => {
  event.preventDefault();
  const words = new FormData(event.target).get("q") ?? "";
  lead(`${event.target.getAttribute("action")}&q=${encodeURIComponent(words)}`);
}));
addEventListener("popstate", () => ahead(location.href));

export async function render(api) {
  const root = api.parentElement.querySelector(".rows");
  root.api = api;
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
