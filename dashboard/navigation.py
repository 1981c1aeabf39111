"""The table of pages: file, title, group; groups stand in the order of the speech."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.text import Text

LEADERSHIP = Text("党的领导", "Party leadership")
DUTIES = Text("履职", "Duties")
DEPUTIES = Text("代表", "Deputies")
OWN_WORK = Text("自身建设", "Capacity building")
BRIEFINGS = Text("简报与核数", "Briefing and checks")
REFERENCE = Text("", "")


@dataclass(frozen=True)
class Entry:
    """One page. ``reads`` names address parts of its own; pages that are not ``listed`` are reached by links only.

    ``needs`` names a setting: without it the menu does not show the page, which then only says how to get it.
    """

    key: str
    title: Text
    group: Text | None = None
    reads: tuple[str, ...] = ()
    listed: bool = True
    needs: str = ""

    @property
    def path(self) -> str:
        """Where the page answers."""
        return f"/{self.key}"

    @property
    def file(self) -> str:
        """Its file, seen from ``dashboard/app.py``."""
        return f"../pages/{self.key}.py"


ENTRIES = (
    Entry("overview", Text("总览", "Overview")),
    Entry("leadership", Text("党委领导与重点工作", "Leadership and key work"), LEADERSHIP),
    Entry("proposals", Text("议案建议", "Bills and suggestions"), DUTIES),
    Entry("supervision", Text("监督", "Supervision"), DUTIES),
    Entry("decisions", Text("决议决定与会议", "Decisions and meetings"), DUTIES),
    Entry("personnel", Text("人事任免", "Personnel"), DUTIES),
    Entry("stations", Text("联络站点", "Liaison stations"), DEPUTIES, reads=("layer", "km", "sites")),
    Entry("deputies", Text("代表履职", "Deputies"), DEPUTIES),
    Entry("capacity", Text("队伍与保障", "Capacity"), OWN_WORK),
    Entry("briefing", Text("五年来简报", "Briefing"), BRIEFINGS, reads=("basket",)),
    Entry("speech_check", Text("讲稿核数", "Speech check"), BRIEFINGS),
    Entry("definitions", Text("指标口径", "Definitions"), REFERENCE, reads=("metrics", "q")),
    Entry("data_quality", Text("数据质量", "Data quality"), REFERENCE, reads=("q", "from")),
    Entry("import", Text("数据导入", "Data import"), REFERENCE, needs="import_database_url"),
    Entry("records", Text("记录", "Records"), reads=("metric", "list", "q", "from"), listed=False),
    Entry("record", Text("一件始末", "One record"), reads=("of", "id"), listed=False),
)
# Parts of an address that are some page's own, as against those that make the view.
OWN_PARTS = tuple(sorted({name for made in ENTRIES for name in made.reads}))


def entry(path: str) -> Entry | None:
    """The page that answers at ``path``; the root is the overview."""
    name = path.strip("/") or "overview"
    return next((made for made in ENTRIES if made.key == name), None)
