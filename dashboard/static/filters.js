// The sidebar: every choice in it changes one part of the address the reader was led to last, so that quick ones add up
// whatever has been answered yet; what comes is drawn into what stands, so that focus, open panel and search stay.
const { alterWithin } = await import(new URL(`alter.js${new URL(import.meta.url).search}`, import.meta.url));

// Where the reader was led last, as long as that is not yet what the sidebar says; `ahead.js` keeps it.
let newest = null;
export const led = (address) => (newest = address);

// Parts of an address that are done once: an exhibit put into the basket or a note written there, and a table opened.
export const BASKET = ["keep", "note", "words"];
export const ONCE = [...BASKET, "panel"];

const filters = () => document.querySelector(".filters");
const address = () => {
  const made = new URL(newest ?? filters().dataset.here, location.href);
  for (const name of ONCE) made.searchParams.delete(name);
  return made;
};
const changed = (part, value) => {
  const made = address();
  if (value) made.searchParams.set(part, value);
  else made.searchParams.delete(part);
  return made.pathname + made.search;
};

// A link of the menu leads to its page under the newest view, whatever view it was drawn for.
export function carried(href) {
  if (!newest) return href;
  const made = address();
  for (const name of filters().dataset.own.split(" ")) made.searchParams.delete(name);
  return new URL(href, location.href).pathname + made.search;
}

// Townships with some more or some less, in the order of the list.
function townships(codes, isMore) {
  const chosen = new Set((address().searchParams.get("townships") ?? "").split("_"));
  codes.split("_").forEach((code) => (isMore ? chosen.add(code) : chosen.delete(code)));
  const every = [...document.querySelectorAll(".towns label:not(.kind) input")].map((box) => box.dataset.codes);
  return changed("townships", every.filter((code) => chosen.has(code)).join("_"));
}

function years(select) {
  const range = select.closest(".filters").querySelector(".range");
  if (select.dataset.part && !select.value) return void (range.hidden = false);
  if (select.dataset.part) return changed("years", select.value);
  const [first, last] = [...range.querySelectorAll("select")].map((end) => Number(end.value)).sort((a, b) => a - b);
  return changed("years", first === last ? `${first}` : `${first}-${last}`);
}

// A day as it may be typed: 2025-06-30, 2025.6.30, 2025年6月30日 or 20250630; nothing where it is none.
function written(words) {
  const parts = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/.exec(words.trim())?.slice(1).map(Number);
  if (!parts) return "";
  const made = new Date(Date.UTC(parts[0], parts[1] - 1, parts[2]));
  return made.getUTCMonth() + 1 === parts[1] ? made.toISOString().slice(0, 10) : "";
}

function day(field, lead) {
  const [text, calendar] = field.parentElement.children;
  const said = field.closest("label").querySelector("[data-bad]");
  const asked = written(field.value);
  const isGood = asked >= calendar.min && asked <= calendar.max;
  said.textContent = isGood || !field.value ? "" : said.dataset.bad;
  text.value = isGood ? asked : text.getAttribute("value");
  const { plain } = text.dataset;
  if (isGood && asked !== (address().searchParams.get("as_of") ?? plain)) lead(changed("as_of", asked === plain ? "" : asked));
}

// Hides what does not bear the words searched for, and says when that is all.
function sift(search) {
  const words = search.value.trim().toLowerCase();
  const panel = search.parentElement;
  for (const group of panel.querySelectorAll("fieldset")) {
    const found = [...group.querySelectorAll("label")].filter((label) => {
      label.hidden = !label.textContent.toLowerCase().includes(words);
      return !label.hidden;
    });
    group.hidden = !found.length;
  }
  const none = panel.querySelector("[data-none]");
  none.textContent = panel.querySelector("fieldset:not([hidden])") ? "" : none.dataset.none;
}

// What a reader does to a filter; `lead` is told where that leads.
export const deeds = {
  change({ target }, lead) {
    if (!target.closest(".filters")) return;
    if (target.tagName === "SELECT") {
      const made = years(target);
      if (made) lead(made);
    } else if (target.type === "checkbox") lead(townships(target.dataset.codes, target.checked));
    else if (target.closest(".day")) day(target, lead);
  },
  input({ target }) {
    if (target.closest(".towns") && target.type === "search") sift(target);
  },
  keydown(event, lead) {
    const { target, key } = event;
    const panel = target.closest(".towns[open]");
    if (panel && key === "Escape") {
      panel.open = false;
      panel.querySelector("summary").focus();
    } else if (panel && target.type === "search" && key === "Enter") {
      panel.querySelector("fieldset:not([hidden]) label:not([hidden]) input")?.click();
    }
  },
  click(event, lead) {
    const chosen = event.target.closest(".filters :is([data-value],.chips [data-codes])");
    if (!chosen || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const { part, value, codes } = chosen.dataset;
    lead(part ? changed(part, value) : townships(codes, false));
  },
};

// Outside a panel it closes; opened, it is searched at once, but on a phone no keyboard is to lie over it.
for (const name of ["pointerdown", "focusin"]) {
  document.addEventListener(name, ({ target }) => {
    const panel = document.querySelector(".towns[open]");
    if (panel && !panel.contains(target)) panel.open = false;
  });
}
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.(".towns")) return;
    const search = target.querySelector("[type=search]");
    if (target.open && matchMedia("(hover: hover)").matches) search.focus();
    if (target.open) return;
    search.value = "";
    sift(search);
  },
  true,
);

// Gives the sidebar that stands in `root` the form of `html`.
export function renew(root, html) {
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  const focused = root.contains(document.activeElement);
  alterWithin(root, fresh);
  root.querySelectorAll(".towns input").forEach((box) => (box.indeterminate = "some" in box.dataset));
  root.querySelectorAll(".towns [type=search]").forEach(sift);
  if (focused && !root.contains(document.activeElement)) root.querySelector(".towns summary").focus();
}
