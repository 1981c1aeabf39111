// The movable map in a card: deck.gl, as pydeck describes and brings it. Where the browser cannot show it, or the reader
// would rather, the same map stands there as a drawing.
const { isPhone } = await import(new URL(`drawing.js${new URL(import.meta.url).search}`, import.meta.url));

let library;
const load = (script) =>
  (library ??= new Promise((done, fail) => {
    const tag = Object.assign(document.createElement("script"), { src: new URL(script, import.meta.url).href });
    tag.onload = done;
    tag.onerror = () => {
      library = null; // the next map asks again
      fail(new Error(`${tag.src} did not come`));
    };
    document.head.append(tag);
  }));

let able;
function isAble() {
  if (able === undefined) {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("webgl2");
    able = Boolean(context);
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return able && !isPhone();
}

let wanted; // what the reader asked for: "deck" or "drawing"

// Draws a map as it is wanted; done when it is to be seen. Without the library or a context for it, the drawing is there.
export async function drawMap(box, figure) {
  let shows = wanted ?? (isAble() ? "deck" : "drawing");
  if (shows === "deck") {
    await move(box, figure).catch((problem) => {
      console.warn(problem);
      shows = "drawing";
    });
  }
  if (shows === "drawing" && (box.dataset.shows !== shows || box.drawing !== figure.drawing)) {
    leaveMap(box);
    box.innerHTML = `<div class="map">${figure.drawing}</div>`;
    box.drawing = figure.drawing;
  }
  box.dataset.shows = shows;
}

// The reader's place on the map stays while the map shows the same district.
async function move(box, { deck, tip, script }) {
  await load(script);
  const home = JSON.stringify(deck.initialViewState);
  if (box.map) {
    const { initialViewState, ...rest } = deck;
    window.updateDeck(home === box.home ? rest : { ...deck }, box.map);
  } else {
    const container = Object.assign(document.createElement("div"), { className: "gl" });
    box.replaceChildren(container);
    box.drawing = null;
    // A copy: asked the same twice, pydeck gives the layers of the map before, which are gone.
    box.map = window.createDeck({ container, jsonInput: { ...deck }, tooltip: tip });
  }
  box.home = home;
  const onClick = ({ object }) => {
    const target = object?.properties?.href ?? object?.href;
    if (target) box.dispatchEvent(new CustomEvent("lead", { bubbles: true, detail: target }));
  };
  const getCursor = ({ isDragging, isHovering }) => (isDragging ? "grabbing" : isHovering ? "pointer" : "grab");
  await new Promise((onAfterRender) => box.map.setProps({ onClick, getCursor, onAfterRender }));
}

export function leaveMap(box) {
  box.map?.finalize();
  box.map = null;
}

// What the buttons below the map do. deck.gl lays a map anew only for another view than it was told last: going back to
// where it began is another by less than a metre.
const CHANGES = {
  in: ({ longitude, latitude, zoom }) => ({ longitude, latitude, zoom: zoom + 1 }),
  out: ({ longitude, latitude, zoom }) => ({ longitude, latitude, zoom: zoom - 1 }),
  reset: (_, home) => ({ ...home, zoom: home.zoom + Math.random() * 1e-6 }),
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button[data-map]");
  const box = button?.closest(".body")?.querySelector(".deck");
  if (!box) return;
  const change = CHANGES[button.dataset.map];
  if (change) {
    box.map.setProps({ initialViewState: change(box.map.getViewports()[0], JSON.parse(box.home)) });
    return;
  }
  wanted = button.dataset.map;
  box.later = true;
  box.draw();
});
