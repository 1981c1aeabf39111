"""stacked(): the parts of a whole year by year, each year a bar of 100 %, counts written on the parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard import formats
from dashboard.address import PICKS
from dashboard.exhibits.beside import ems
from dashboard.exhibits.exhibit import Exhibit, Picture, View
from dashboard.exhibits.labels import UNRECORDED, last_years, lines_of, named, on_fill, spread, year_ticks
from dashboard.exhibits.plot import Plot
from dashboard.sources import missing
from dashboard.theme import CATEGORICAL, axis, layout, ordered_colours, tokens, value_axis
from data_access.dimensions import labels
from data_access.measure import Columns, measured
from data_access.metrics.metric import Metric
from data_access.origins import origin
from data_access.text import Text

SUBTITLE = Text(
    "{name}各年构成，条内数字为{unit}数，n 为全年合计",
    "{name}, make-up by year; figures on the bars are {unit}, n the year's total",
)
LEADING = Text("{year} 年{part}占 {share}（n={n}）", "{part}: {share} of {year} (n={n})")
EMPTY = Text("这几年没有{name}，可放宽年份或乡镇再看。", "No {name} in these years; widen years or townships.")
OTHERS = Text("其他", "Others")
YEAR = Text("年份", "Year")
TOTAL = Text("合计", "Total")
RECORDS = "/records"
HEIGHT = 290
TEXT_FROM = 0.06  # a part thinner than this share of its bar has no room for its figure

Finding = Callable[[pd.DataFrame, View], str]
Wording = Callable[[str, str, View], str]
Years = Callable[[View], tuple[int, ...]]


@dataclass(frozen=True)
class Parts:
    """How a whole is divided: by which dimension, in which order and colours, over which years.

    Without ``ordered`` or ``tones`` the largest part comes first and the tail is folded into 其他 after ``most`` parts.
    ``ordered`` classes keep their order, in one colour from strong to pale. ``tones`` gives the parts in order and the
    theme's colour of each. ``missing`` names what has no class, which is hatched; ``wording`` shortens a part's words.
    """

    metric: Metric
    by: str
    path: str
    ordered: bool = False
    most: int = 5
    tones: Mapping[str, str] = field(default_factory=dict)
    missing: Text = UNRECORDED
    wording: Wording | None = None
    years: Years = last_years


@dataclass(frozen=True)
class Slice:
    """One part: its code (None: not recorded; empty: the rest folded together), name, colour, a count a year."""

    code: str | None
    name: str
    colour: str
    counts: tuple[float, ...]


def stacked(
    metric: Metric,
    by: str,
    *,
    key: str,
    name: Text,
    path: str,
    ordered: bool = False,
    most: int = 5,
    tones: Mapping[str, str] | None = None,
    missing: Text = UNRECORDED,
    wording: Wording | None = None,
    years: Years = last_years,
    subtitle: Text | None = None,
    foot: Text | None = None,
    empty: Text | None = None,
    finding: Finding | None = None,
    also: tuple[Metric, ...] = (),
) -> Exhibit:
    """A count's parts by year, over the five years that end with the last one asked for unless ``years`` says others.

    The options are those of ``Parts``. ``finding`` is given one row a year with ``year``, ``n`` and a column of counts
    a code (``"?"`` without a class); ``also`` names further metrics that the drawing explains.
    """
    spec = Parts(metric, by, path, ordered, most, tones or {}, missing, wording, years)

    def query(connection: Connection, view: View) -> dict[str, Any]:
        counts = measured(connection, (metric,), view.context, by=("year", by), years=years(view))
        return {"counts": counts, "labels": labels(connection, by, view.context)}

    def compose(data: dict[str, Any], view: View) -> Picture:
        lang = view.lang
        slices = slices_of(data["counts"], data["labels"], spec, view)
        gaps = _gaps(spec, view)
        table = partial(_table, slices, years(view), gaps, view)
        below = (subtitle or SUBTITLE)(lang, name=metric.name(lang), unit=metric.unit(lang))
        if not slices:
            sentence = (empty or EMPTY)(lang, name=metric.name(lang))
            return Picture(name(lang), below, None, table, empty=sentence, alt=sentence)
        wide = counts_by_year(slices, years(view))
        title = (finding(wide, view) if finding else leading(slices, wide, view)) or name(lang)
        drawn = [figure(slices, wide, gaps, spec, view, narrow=narrow) for narrow in (False, True)]
        body = Plot(drawn[0], HEIGHT, phone=drawn[1], phone_height=HEIGHT)
        return Picture(title, below, body, table, foot=foot(lang) if foot else "", alt=title)

    return Exhibit(key, name, (metric, *also), query, compose)


def slices_of(counts: Columns, known: Any, spec: Parts, view: View) -> list[Slice]:
    """The parts that occur in any of the years, bottom to top; none when nothing was counted."""
    found = _found(counts, spec)
    years = spec.years(view)
    codes = _in_order([code for code in found if code is not None], found, known, spec)
    is_folded = not (spec.ordered or spec.tones) and len(codes) > spec.most
    kept = codes[: spec.most - 1] if is_folded else codes
    made = [
        Slice(code, _name(known, code, spec, view), _colour(code, place, spec, view), _over(found[code], years))
        for place, code in enumerate(kept)
    ]
    tail = [_over(found[code], years) for code in codes[len(kept) :]]
    if tail:
        rest = tuple(float(sum(values)) for values in zip(*tail, strict=True))
        made.append(Slice("", OTHERS(view.lang), CATEGORICAL[view.mode][-1], rest))
    if None in found:
        made.append(Slice(None, spec.missing(view.lang), tokens(view.mode)["hatch"], _over(found[None], years)))
    return made


def _found(counts: Columns, spec: Parts) -> dict[str | None, dict[int, float]]:
    found: dict[str | None, dict[int, float]] = {}
    for year, code, value in lines_of(counts, ("year", spec.by, spec.metric.key)):
        if value:
            is_missing = code is None or code == "" or formats.is_missing(code)
            found.setdefault(None if is_missing else str(code), {})[int(year)] = float(value)
    return found


def _in_order(codes: list[str], found: Any, known: Any, spec: Parts) -> list[str]:
    if spec.ordered or spec.tones:
        order = {code: place for place, code in enumerate(spec.tones or known)}
        return sorted(codes, key=lambda code: (order.get(code, len(order)), code))
    return sorted(codes, key=lambda code: (-sum(found[code].values()), code))


def _colour(code: str, place: int, spec: Parts, view: View) -> str:
    if spec.tones:
        return tokens(view.mode)[spec.tones.get(code, "past")]
    palette = ordered_colours(view.mode) if spec.ordered else CATEGORICAL[view.mode]
    return palette[min(place, len(palette) - 1)]


def _name(known: Any, code: str, spec: Parts, view: View) -> str:
    words = named(known, code, view)
    return spec.wording(code, words, view) if spec.wording else words


def _over(values: Mapping[int, float], years: Sequence[int]) -> tuple[float, ...]:
    return tuple(values.get(year, 0.0) for year in years)


def counts_by_year(slices: Sequence[Slice], years: Sequence[int]) -> pd.DataFrame:
    """One row a year: ``year``, ``n`` and one column a code (missing ones under ``"?"``, folded ones under ``""``)."""
    totals = [sum(part.counts[i] for part in slices) for i in range(len(years))]
    columns: dict[str, Any] = {"year": list(years), "n": totals}
    return pd.DataFrame(columns | {"?" if part.code is None else part.code: part.counts for part in slices})


def leading(slices: Sequence[Slice], wide: pd.DataFrame, view: View) -> str:
    """The largest part of the last year, when there is exactly one and enough was counted."""
    n = float(wide["n"].iloc[-1])
    top = max(slices, key=lambda part: part.counts[-1])
    tied = [part for part in slices if part.counts[-1] == top.counts[-1]]
    if n < view.context.rules.small_n or len(tied) > 1 or not top.code:
        return ""
    share = formats.percent(top.counts[-1] / n, 0)
    return LEADING(view.lang, year=int(wide["year"].iloc[-1]), part=top.name, share=share, n=formats.number(n))


def _gaps(spec: Parts, view: View) -> dict[int, str]:
    """Years that cannot be divided into parts, with the reason: nobody filled them in, or only a total is known."""
    made = {}
    for year in spec.years(view):
        found = origin(view.context, spec.metric, (year,), by=("year", spec.by))
        if found.is_missing:
            made[year] = missing(found, view.lang)
    return made


def figure(
    slices: Sequence[Slice], wide: pd.DataFrame, gaps: Mapping[int, str], spec: Parts, view: View, *, narrow: bool
) -> dict[str, Any]:
    """Bars of 100 %, the parts' names right of the last bar; under a year of ``gaps`` its word instead of an n."""
    years = [int(year) for year in wide["year"]]
    whole = [float(n) for n in wide["n"]]
    size = 11 if narrow else 12
    right = min(max(ems(part.name) for part in slices) * size + 30, 124 if narrow else 196)
    marks = {"tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0%", "25", "50%", "75", "100%"]}
    below = [gaps.get(year, f"n={formats.number(n)}") for year, n in zip(years, whole, strict=True)]
    ticks = year_ticks(view, years, below)
    ticks["tickfont"]["size"] = size
    made = layout(
        view.mode,
        barmode="stack",
        bargap=0.34,
        margin={"l": 4, "r": right, "t": 10, "b": 4},
        annotations=_names(slices, whole, view, size),
        xaxis=axis(view.mode, **ticks, range=[years[0] - 0.55, years[-1] + 0.42]),
        yaxis=value_axis(view.mode, range=[0, 1], **marks, showticklabels=not narrow),
    )
    return {"data": [_trace(part, years, whole, spec, view) for part in slices], "layout": made}


def _trace(part: Slice, years: Sequence[int], whole: Sequence[float], spec: Parts, view: View) -> dict[str, Any]:
    colour, metric = tokens(view.mode), spec.metric
    shares = [count / n if n else 0 for count, n in zip(part.counts, whole, strict=True)]
    ink = colour["ink"] if part.code is None else on_fill(part.colour, view.mode)
    shown = zip(part.counts, shares, strict=True)
    return {
        "type": "bar", "name": part.name, "x": list(years), "y": shares, "marker": _marker(part, view),
        "hoverinfo": "text",
        "hovertext": [_hover(part, i, year, whole[i], metric, view) for i, year in enumerate(years)],
        "text": [formats.number(count, metric.decimals) if share >= TEXT_FROM else "" for count, share in shown],
        "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "constraintext": "none",
        "textfont": {"size": 12, "color": ink},
        "customdata": [target(part.code, year, spec, view) for year in years],
    }  # fmt: skip


def _marker(part: Slice, view: View) -> dict[str, Any]:
    colour = tokens(view.mode)
    if part.code is not None:
        return {"color": part.colour, "line": {"color": colour["card"], "width": 1}}
    hatch = {"shape": "/", "fgcolor": colour["hatch"], "bgcolor": colour["card"], "size": 6, "solidity": 0.16}
    return {"color": colour["card"], "line": {"color": colour["axis"], "width": 1}, "pattern": hatch}


def _hover(part: Slice, index: int, year: int, n: float, metric: Metric, view: View) -> str:
    count = part.counts[index]
    share = f"  {formats.percent(count / n)}" if n >= view.context.rules.small_n else ""
    return f"{year}  {part.name}<br><b>{formats.amount(metric, count, view.lang)}</b>{share}<br>n={formats.number(n)}"


def target(code: str | None, year: int, spec: Parts, view: View) -> str:
    """Where a part leads in its year: the page filtered to it, or its records; all records where it is no filter."""
    picked = {"pick": (spec.by, code)} if code and spec.by in PICKS else {}
    if picked and spec.path != RECORDS:
        return view.link(spec.path, years=(year, year), **picked)
    return view.link(RECORDS, metric=spec.metric.key, years=(year, year), **picked)


def _names(slices: Sequence[Slice], whole: Sequence[float], view: View, size: int) -> list[dict[str, Any]]:
    """The parts' names, as near as may be to the parts of the last bar that has any."""
    last = max(i for i, n in enumerate(whole) if n)
    middles, below = [], 0.0
    for part in slices:
        share = part.counts[last] / whole[last]
        middles.append(below + share / 2)
        below += share
    places = spread(middles, 16 / (HEIGHT - 50), low=0.025, high=0.975)
    fixed: dict[str, Any] = {
        "xref": "paper",
        "x": 1,
        "showarrow": False,
        "xanchor": "left",
        "xshift": 4,
        "yref": "y",
        "yanchor": "middle",
        "align": "left",
    }
    ink = tokens(view.mode)["ink"]
    return [
        {**fixed, "text": f"{_sign(part)} {part.name}", "y": place, "font": {"size": size, "color": ink}}
        for part, place in zip(slices, places, strict=True)
    ]


def _sign(part: Slice) -> str:
    """A square in the part's colour, so that a name moved aside is still known."""
    return f'<span style="color:{part.colour}">{"▨" if part.code is None else "■"}</span>'


def _table(slices: Sequence[Slice], years: Sequence[int], gaps: Mapping[int, str], view: View) -> pd.DataFrame:
    def known(counts: Sequence[float]) -> list[float]:
        return [float("nan") if year in gaps else count for year, count in zip(years, counts, strict=True)]

    columns: dict[str, Any] = {YEAR(view.lang): [str(year) for year in years]}
    columns |= {part.name: known(part.counts) for part in slices}
    columns[TOTAL(view.lang)] = known([sum(part.counts[i] for part in slices) for i in range(len(years))])
    return pd.DataFrame(columns)
