"""What a reader chooses on the stations page beyond the filters: levels that count, radius, meaning of the colours.

Radius and levels take the place of the local rules in the view, so that every figure on the page and in its files
counts in the same way; the address carries what differs from the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from dashboard.exhibits.exhibit import View
from data_access.context import Rules
from data_access.text import Lang, Text

PATH = "/stations"
ORDER = ("ST", "RM", "PT")
LEVELS: dict[str, Text] = {
    "ST": Text("联络站", "stations"),
    "RM": Text("联络室", "rooms"),
    "PT": Text("联络点", "points"),
}
LEVEL_SETS: dict[str, Text] = {
    "ST": Text("站", "Stations"),
    "ST_RM": Text("站＋室", "Stations, rooms"),
    "ST_RM_PT": Text("站＋室＋点", "All three"),
}
LAYERS: dict[str, Text] = {
    "coverage": Text("村（社区）覆盖率", "Village coverage"),
    "people": Text("站均服务人口", "People per station"),
    "events": Text("每万人进站活动", "Receptions per 10,000"),
}
RADII_KM = (2.0, 3.0, 5.0)
COVERAGE = "coverage"
MARKED = ' aria-current="true"'
OR = Text("或", " or ")
LAYER = Text("颜色表示", "Colour shows")
SITES = Text("计入站点", "Sites counted")
RADIUS = Text("半径（直线）", "Radius, straight")
KM = Text("{km} 公里", "{km} km")


@dataclass(frozen=True)
class StationsView(View):
    """A view whose rules hold the chosen radius and levels; ``rules`` are those of the district."""

    layer: str = COVERAGE
    rules: Rules = field(default_factory=Rules)

    @property
    def key(self) -> str:
        """As that of a view, with the layer; radius and levels are in the context."""
        return f"{super().key}|{self.layer}"

    def link(self, path: str, **changes: Any) -> str:
        """As that of a view; addresses of this page and its files keep the choice, less what the rules say anyway."""
        if path == PATH or path.startswith(f"/export{PATH}"):
            plain = _parts(COVERAGE, self.rules)
            asked = _parts(self.layer, self.context.rules) | changes
            changes = {name: value for name, value in asked.items() if plain.get(name) != value}
        return super().link(path, **changes)


def choose(view: View, parts: Mapping[str, str]) -> StationsView:
    """The view with what the address chooses; values that are none of those offered are dropped."""
    rules = view.rules if isinstance(view, StationsView) else view.context.rules
    made = replace(
        rules,
        coverage_km=_radius(parts.get("km", ""), rules),
        coverage_levels=tuple(parts["sites"].split("_")) if parts.get("sites") in LEVEL_SETS else rules.coverage_levels,
    )
    return StationsView(
        context=replace(view.context, rules=made),
        lang=view.lang,
        mode=view.mode,
        data_on=view.data_on,
        layer=parts["layer"] if parts.get("layer") in LAYERS else COVERAGE,
        rules=rules,
    )


def layer(view: View) -> str:
    """What the colours of the map say."""
    return view.layer if isinstance(view, StationsView) else COVERAGE


def radii(rules: Rules) -> tuple[float, ...]:
    """The radii offered: the common ones and that of the local rules."""
    return tuple(sorted({*RADII_KM, rules.coverage_km}))


def level_set(levels: tuple[str, ...]) -> str:
    """The address part of levels: ``ST_RM``."""
    return "_".join(level for level in ORDER if level in levels)


def kilometres(km: float) -> str:
    """``3`` or ``2.5``."""
    return f"{km:g}"


def controls(view: View) -> str:
    """What the colours say, which sites count, how far they reach: every choice as a link, as HTML."""
    lang, rules = view.lang, view.context.rules
    own = view.rules if isinstance(view, StationsView) else rules
    asked = _parts(layer(view), rules)
    offered: tuple[tuple[str, Text, Mapping[str, str]], ...] = (
        ("layer", LAYER, {key: words(lang) for key, words in LAYERS.items()}),
        ("sites", SITES, {key: words(lang) for key, words in LEVEL_SETS.items()}),
        ("km", RADIUS, {(km := kilometres(radius)): KM(lang, km=km) for radius in radii(own)}),
    )
    groups = []
    for part, label, words in offered:
        links = "".join(
            f'<a href="{escape(view.link(PATH, **{part: key}))}"{MARKED if asked[part] == key else ""}>{name}</a>'
            for key, name in words.items()
        )
        groups.append(f'<div role="group" aria-label="{label(lang)}"><span>{label(lang)}</span>{links}</div>')
    return f'<div class="choices">{"".join(groups)}</div>'


def level_words(levels: tuple[str, ...], lang: Lang) -> str:
    """The levels that count, in words: 联络站或联络室."""
    return OR(lang).join(LEVELS[level](lang) for level in ORDER if level in levels)


def _parts(layer: str, rules: Rules) -> dict[str, str]:
    return {"layer": layer, "km": kilometres(rules.coverage_km), "sites": level_set(rules.coverage_levels)}


def _radius(text: str, rules: Rules) -> float:
    return next((km for km in radii(rules) if kilometres(km) == text), rules.coverage_km)
