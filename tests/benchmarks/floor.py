"""The floor: a static HTML file with the same cards and figures, drawn by the same chart library without a server."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pydeck

from dashboard import cards, fetch, theme
from dashboard.component import SCRIPTS, STATIC
from dashboard.exhibits.drawn_map import DrawnMap
from dashboard.exhibits.exhibit import View, exhibits_of
from dashboard.map_layers import HEIGHT, deck

DECK = Path(pydeck.__file__).parent / "nbextension" / "static" / "index.js"  # deck.gl as pydeck brings it
MAP = """<section class="card c12"><div class="ch"><h2></h2></div>
<div class="deck"></div><div class="legend"></div></section>"""


def content(key: str, view: View) -> dict[str, object]:
    """A page's rows as the board would send them: HTML and figures; the live map as deck.gl takes it."""
    page = fetch.page(key)
    rows, figures, live = [], [], {}
    for index, row in enumerate(page.rows):
        drawn = []
        for exhibit, span in zip(exhibits_of(row), page.spans(index), strict=True):
            picture = fetch.picture(key, exhibit, view)
            if exhibit.live and isinstance(picture.body, DrawnMap):
                live = {
                    "title": picture.title,
                    "legend": picture.body.legend,
                    "spec": json.loads(deck(picture.body, view)),
                }
            else:
                drawn.append(cards.card(page, exhibit, picture, view, span))
        rows.append(f'<div class="grid">{"".join(card.html for card in drawn)}</div>')
        figures += [figure for card in drawn for figure in card.figures]
    return {"html": "".join(rows), "figures": figures, "lang": "zh", "live": live}


def write(folder: Path, key: str, before: View, after: View) -> Path:
    """The file ``<key>.html`` with two views in it; ``change()`` in the page goes from the first to the second."""
    for name in (*SCRIPTS, "board.css", "plotly-cartesian.min.js"):
        shutil.copy(STATIC / name, folder / name)
    views = [content(key, before), content(key, after)]
    has_map = any(view["live"] for view in views)
    if has_map:
        shutil.copy(DECK, folder / "deck.js")
    written = json.dumps(views, ensure_ascii=False).replace("</", "<\\/")
    file = folder / f"{key}.html"
    file.write_text(
        f"""<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>floor</title>
<link rel="stylesheet" href="board.css">
<style>:root{{{theme.variables("light")}}}body{{margin:0;background:var(--page)}}
main{{padding:26px 32px 28px 272px}}.deck{{position:relative;height:{HEIGHT}px}}</style>
<main class="stMain">{MAP if has_map else ""}<div class="rows"></div></main>
{'<script src="deck.js"></script>' if has_map else ""}<script type="module">
import {{ render }} from "./board.js";
const views = {written};
let map;
function show({{ title, legend, spec }}) {{
  const box = document.querySelector(".deck");
  box.closest("section").querySelector("h2").textContent = title;
  box.nextElementSibling.innerHTML = legend;
  if (map) updateDeck(spec, map);
  else map = createDeck({{ container: box, jsonInput: spec }});
  requestAnimationFrame(() => (box.dataset.painted = performance.now()));
}}
async function draw(data) {{
  await render({{ parentElement: document.querySelector("main"), data, setTriggerValue() {{}} }});
  if (data.live.spec) show(data.live);
}}
draw(views[0]);
window.change = () => draw(views[1]);
</script></html>""",
        encoding="utf-8",
    )
    return file
