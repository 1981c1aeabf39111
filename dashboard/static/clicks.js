// What a click on a link does: it leads elsewhere on the board, takes a file, copies, prints or opens a menu.
const beside = (name) => import(new URL(name + new URL(import.meta.url).search, import.meta.url));
const [{ isPhone }, { carried }] = await Promise.all(["drawing.js", "filters.js"].map(beside));

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

// `go` is told the address a click leads to.
export function clicked(event, go) {
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
  const isMenu = link.closest("nav");
  if (isPhone() && isMenu) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  const href = link.getAttribute("href") ?? link.dataset.href;
  go(isMenu ? carried(href) : href);
}
