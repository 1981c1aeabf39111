// Draws rows of cards: HTML as it comes, plotly.js charts in its `.plot` places; reports clicks on links as "go".
// Charts are kept between updates and redrawn in place; those out of sight wait until they are scrolled to.
const here = (name) => new URL(name, import.meta.url).href;
let library;
const plotly = () =>
  (library ??= new Promise((done, fail) => {
    const tag = Object.assign(document.createElement("script"), { src: here("plotly-cartesian.min.js?v=4.1.1") });
    tag.onload = () => done(window.Plotly);
    tag.onerror = fail;
    document.head.append(tag);
  }));

// One object for the life of the page: plotly takes a new config object for a new chart.
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, responsive: false, plotlyServerURL: "" };
const isPhone = () => window.matchMedia("(max-width: 700px)").matches;

const seen = new IntersectionObserver(
  (entries) => entries.forEach((entry) => entry.isIntersecting && entry.target.draw?.()),
  { rootMargin: "300px" },
);
const sized = new ResizeObserver((entries) =>
  entries.forEach(({ target, contentRect }) => {
    if (!target.drawn || Math.abs(target.drawnWidth - contentRect.width) < 2) return;
    target.later = true;
    target.draw?.();
  }),
);

function place(box, figure, go) {
  box.later = true;
  box.figure = figure;
  box.go = go;
  box.draw = async () => {
    if (!box.later) return;
    box.later = false;
    const Plotly = await plotly();
    const shown = (isPhone() && box.figure.phone) || box.figure;
    box.drawnWidth = box.clientWidth;
    const layout = { ...shown.layout, width: box.clientWidth, height: box.clientHeight };
    await Plotly.react(box, shown.data, layout, CONFIG);
    if (!box.drawn) {
      box.on("plotly_click", ({ points: [point] }) => {
        const target = [].concat(point.customdata ?? [])[0];
        if (typeof target === "string" && target.startsWith("/")) box.go(target);
      });
      sized.observe(box);
    }
    box.drawn = true;
    box.dataset.painted = performance.now();
  };
  seen.unobserve(box);
  seen.observe(box);
}

// What was drawn stays where it is when the same card comes again: only its figure changes.
function fill(root, html, figures, go) {
  const old = {};
  root.querySelectorAll(".plot").forEach((box) => (old[box.closest("[data-card]").dataset.card + box.dataset.i] = box));
  const made = document.createElement("div");
  made.innerHTML = html;
  const boxes = [...made.querySelectorAll(".plot")].map((empty, index) => {
    const card = empty.closest("[data-card]");
    empty.dataset.i = [...card.querySelectorAll(".plot")].indexOf(empty);
    const kept = old[card.dataset.card + empty.dataset.i];
    if (!kept) return empty;
    kept.style.cssText = empty.style.cssText;
    empty.replaceWith(kept);
    delete old[card.dataset.card + empty.dataset.i];
    return kept;
  });
  Object.values(old).forEach(drop);
  root.replaceChildren(...made.childNodes);
  boxes.forEach((box, index) => place(box, figures[index], go));
}

function drop(box) {
  seen.unobserve(box);
  sized.unobserve(box);
  if (box.drawn) window.Plotly?.purge(box);
}

async function copy(link, done) {
  const address = link.dataset.words ?? new URL(link.getAttribute("href"), location.href).href;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    // Plain http on a closed network has no clipboard interface: select the address and use the old command.
    const field = Object.assign(document.createElement("textarea"), { value: address });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  const words = link.textContent;
  link.textContent = done;
  setTimeout(() => (link.textContent = words), 1600);
}

// What of a file is read or drawn, in the link's own words; nothing where the server does not say.
async function howFar(link, token, signal) {
  const answer = await fetch(new URL(`/export/progress/${token}`, link.href), { signal }).catch(() => null);
  if (answer?.status !== 200) return null;
  const { stage, done, of } = await answer.json();
  return of ? ` · ${link.dataset[stage].replace("{n}", done).replace("{m}", of)}` : "";
}

// Fetches a file that takes a while, and says so until it is there; what the server says instead is shown too.
async function take(link) {
  if (link.dataset.busy) return;
  link.dataset.busy = "1";
  const box = link.parentElement;
  const said = box.querySelector(".wait") ?? box.appendChild(document.createElement("p"));
  said.className = "wait";
  said.setAttribute("role", "status");
  const began = Date.now();
  const token = Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 8)).join("");
  const ended = new AbortController();
  let step = "";
  const tell = () =>
    (said.textContent = link.dataset.wait.replace("{s}", Math.round((Date.now() - began) / 1000)) + step);
  tell();
  const clock = setInterval(async () => {
    tell();
    step = (await howFar(link, token, ended.signal)) ?? step;
    if (!ended.signal.aborted) tell();
  }, 500);
  try {
    const answer = await fetch(link.href, { headers: { "X-Progress": token } });
    if (!answer.ok) {
      const words = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main p");
      throw new Error(words?.textContent ?? `${answer.status}`);
    }
    const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition"))[1];
    const href = URL.createObjectURL(await answer.blob());
    Object.assign(document.createElement("a"), { href, download: decodeURIComponent(name) }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    said.textContent = link.dataset.done;
  } catch (problem) {
    said.textContent = problem.message;
  } finally {
    clearInterval(clock);
    ended.abort();
    delete link.dataset.busy;
  }
}

function clicked(event, go) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  document.querySelectorAll("details[open].dl").forEach((menu) => menu.contains(event.target) || (menu.open = false));
  const dots = event.target.closest(".dots");
  if (dots) return void dots.parentElement.classList.toggle("open");
  const link = event.target.closest("a[href], tr[data-href]");
  if (link?.dataset.wait) {
    event.preventDefault();
    return void take(link);
  }
  if (!link || link.target === "_blank") return;
  event.preventDefault();
  if (link.dataset.copy) return void copy(link, link.dataset.copy);
  if ("print" in link.dataset) return void window.print();
  // On a phone the menu lies over the page it leads to.
  if (isPhone() && link.closest("nav")) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  go(link.getAttribute("href") ?? link.dataset.href);
}

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

// Cards come as gzipped JSON, a tenth of their size.
async function unpacked(data) {
  if (!(data instanceof Uint8Array)) return data;
  const gunzip = new DecompressionStream("gzip");
  const input = gunzip.writable.getWriter();
  input.write(data); // by hand: a Blob's stream asks another process of the browser for the bytes first
  input.close();
  return new Response(gunzip.readable).json();
}

export async function render(api) {
  const root = api.parentElement.querySelector(".rows");
  root.api = api;
  root.sent = api.data;
  const { html, figures, lang, follow } = await unpacked(api.data);
  if (root.sent !== api.data) return; // a newer view came while this one was unpacked
  document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
  if (lang !== "en") document.querySelectorAll("[aria-label],[title],[placeholder],[data-testid=stSkipToContent]").forEach(putRight);
  const go = (target) => {
    const path = new URL(target, location.href).pathname;
    leaving = path !== location.pathname && !(path === "/overview" && location.pathname === "/");
    root.api.setTriggerValue("go", target);
  };
  if (!root.ready) {
    root.ready = true;
    root.addEventListener("click", (event) => clicked(event, go));
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = new FormData(event.target).get("q") ?? "";
      go(`${event.target.getAttribute("action")}&q=${encodeURIComponent(words)}`);
    });
  }
  if (root.last !== html) fill(root, html, figures, go);
  else root.querySelectorAll(".plot").forEach((box, index) => place(box, figures[index], go));
  root.last = html;
  if (follow && root.followed !== follow[0]) {
    root.followed = follow[0];
    go(follow[1]);
  }
}

export function leave(api) {
  api.parentElement.querySelectorAll(".plot").forEach(drop);
}

// Streamlit speaks English to screen readers and in hover tips; while the board is Chinese its words are put right.
const CHINESE = [
  [/^Remove (.+)$/, "移除 $1"],
  [/^Clear all$/, "全部清除"],
  [/^Open$/, "展开"],
  [/^Close$/, "收起"],
  [/^Selected values$/, "已选"],
  [/^Choose an option$/, "请选择"],
  [/^Choose date$/, "选择日期"],
  [/^Show password$/, "显示口令"],
  [/^Hide password$/, "隐藏口令"],
  [/^Add files?$/, "添加文件"],
  [/^file upload$/, "选择文件"],
  [/^Sidebar$/, "筛选与目录"],
  [/^Collapse sidebar$/, "收起侧栏"],
  [/^Expand sidebar$/, "展开侧栏"],
  [/^Skip to main content$/, "跳到正文"],
  [/^year, (.+)$/, "$1：年"],
  [/^month, (.+)$/, "$1：月"],
  [/^day, (.+)$/, "$1：日"],
  [/^(?:Error: )?File must be (\d+)\S* ?MB or smaller\.?$/i, "文件不能超过 $1 MB"],
  [/^AxiosError: Request failed with status code 413$/, "文件太大，没有上传"],
  [/^AxiosError.*$/, "没有上传成功，请再试一次"],
];
const SAID = ":is([data-testid^=stTooltip],[data-testid^=stFileChip])";
const WORDED = `[aria-label],[title],[placeholder],${SAID},${SAID} *`;
const NAMED = ["aria-label", "title", "placeholder"];
const chinese = (words) => {
  const found = CHINESE.find(([english]) => english.test(words));
  return found && words.replace(...found);
};
function putRight(element) {
  for (const name of NAMED) {
    const words = element.getAttribute(name);
    const better = words && chinese(words);
    if (better) element.setAttribute(name, better);
  }
  if (!element.children.length && /^(stTooltip|stFileChip|stSkip)/.test(element.closest("[data-testid]")?.dataset.testid)) {
    const better = chinese(element.textContent.trim());
    if (better) element.firstChild.nodeValue = better;
  }
}
new MutationObserver((changes) => {
  if (!document.documentElement.lang.startsWith("zh")) return;
  for (const { target, type, addedNodes } of changes) {
    if (type !== "childList") putRight(target.nodeType === 1 ? target : target.parentElement ?? document.body);
    for (const node of addedNodes) {
      if (node.nodeType !== 1) continue;
      putRight(node);
      node.querySelectorAll(WORDED).forEach(putRight);
    }
  }
}).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: NAMED });
