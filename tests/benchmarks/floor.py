"""The floor: a static HTML file with the same cards and figures, which it sets anew; charts, drawn by the same scripts
without a server, are redrawn in place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from dashboard import cards, deck_gl, fetch, theme
from dashboard.component import SCRIPTS, STATIC
from dashboard.exhibits.exhibit import View, exhibits_of


def content(key: str, view: View) -> dict[str, object]:
    """A page's rows as the board would send them: HTML and figures."""
    page = fetch.page(key)
    rows, figures = [], []
    for index, row in enumerate(page.rows):
        drawn = [
            cards.card(page, exhibit, fetch.picture(key, exhibit, view), view, span)
            for exhibit, span in zip(exhibits_of(row), page.spans(index), strict=True)
        ]
        rows.append(f'<div class="grid">{"".join(card.html for card in drawn)}</div>')
        figures += [figure for card in drawn for figure in card.figures]
    return {"html": "".join(rows), "figures": figures, "lang": "zh"}


def write(folder: Path, key: str, before: View, after: View) -> Path:
    """The file ``<key>.html`` with two views in it; ``change()`` in the page goes from one to the other."""
    for name in (*SCRIPTS, "board.css", "plotly-cartesian.min.js"):
        shutil.copy(STATIC / name, folder / name)
    shutil.copy(deck_gl.FILE, folder / deck_gl.NAME)
    written = json.dumps([content(key, before), content(key, after)], ensure_ascii=False).replace("</", "<\\/")
    file = folder / f"{key}.html"
    file.write_text(
        f"""<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>floor</title>
<link rel="stylesheet" href="board.css">
<style>:root{{{theme.variables("light")}}}body{{margin:0;background:var(--page)}}
main{{padding:26px 32px 28px 272px}}</style>
<main class="stMain"><div class="rows"></div></main><script type="module">
import "./board.js";
import {{ draw }} from "./drawing.js";
const views = {written};
const root = document.querySelector(".rows");
const plots = () => {{
  const all = [...root.querySelectorAll(".plot")].map((box) => [box.closest("[data-card]").dataset.card, box]);
  return new Map(all.map(([card, box], i) => [card + all.slice(0, i).filter(([other]) => other === card).length, box]));
}};
function set(view) {{
  const drawn = plots();
  root.innerHTML = root.html = view.html;
  for (const [place, empty] of plots()) {{
    const box = drawn.get(place);
    if (!box) continue;
    box.style.cssText = empty.style.cssText;
    empty.replaceWith(box);
  }}
  draw(root, view, view);
}}
window.change = () => set(views.reverse()[0]);
set(views[0]);
</script></html>""",
        encoding="utf-8",
    )
    return file
