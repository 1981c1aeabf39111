"""The figures a draft is held against: each asked for once, many in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import Connection

from dashboard import formats
from dashboard.speech_check.lexicon import Row, metric_key, terms
from dashboard.speech_check.periods import Span
from dashboard.speech_check.quantities import PERCENT, Quantity
from data_access.context import Context
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.metrics.metric import Metric
from data_access.text import Text

COUNTED = Text("{name}（计入数）", "{name}, counted")
BASE = Text("{name}（分母）", "{name}, base")


@dataclass(frozen=True)
class Asked:
    """One column of ``measure()`` over a span in some townships (none: the whole district)."""

    column: str
    span: Span
    codes: tuple[str, ...]


class Values:
    """Answers, one question for each span and set of townships."""

    def __init__(self, found: Mapping[Asked, Decimal | None]) -> None:
        self._found = found

    @classmethod
    def of(cls, connection: Connection, context: Context, asked: Iterable[Asked]) -> Values:
        """Ask for everything at once: one ``measure()`` for each span and set of townships."""
        wanted: dict[tuple[Span, tuple[str, ...]], set[str]] = {}
        for one in asked:
            wanted.setdefault((one.span, one.codes), set()).add(one.column)
        found: dict[Asked, Decimal | None] = {}
        for (span, codes), columns in wanted.items():
            keys = sorted({key for column in columns if (key := metric_key(column))})
            line = measure(connection, [METRICS[key] for key in keys], under(context, span, codes)).iloc[0]
            for column in columns:
                if column in line:
                    value = line[column]
                    found[Asked(column, span, codes)] = None if formats.is_missing(value) else _exact(value)
        return cls(found)

    def of_figure(self, figure: str, span: Span, codes: tuple[str, ...]) -> Decimal | None:
        """A sum or difference of columns; missing when one of them is."""
        total = Decimal(0)
        for sign, column in terms(figure):
            value = self._found.get(Asked(column, span, codes))
            if value is None:
                return None
            total += sign * value
        return total


def under(context: Context, span: Span, codes: tuple[str, ...]) -> Context:
    """The context of one number: its own years, day and townships, without what was clicked."""
    return replace(context.with_filters(years=span.years, townships=codes, picks=()), as_of=span.as_of)


def _exact(value: object) -> Decimal:
    # A share is divided in floating point; sixteen digits of it are enough to round to any a draft writes.
    return round(Decimal(str(float(str(value)))), 12)


def columns_of(figure: str) -> tuple[str, ...]:
    """The columns of ``measure()`` a figure is made of; those whose metric the board lacks are left out."""
    return tuple(
        column
        for _, name in terms(figure)
        if metric_key(name)
        for column in ((name, f"{name}.k", f"{name}.n") if name == "P13" else (name,))
    )


def first_metric(figure: str) -> Metric | None:
    """The metric whose records stand behind a figure; None where the board lacks one of its parts."""
    keys = [metric_key(name) for _, name in terms(figure)]
    return METRICS[keys[0]] if keys and keys[0] and all(keys) else None


def figure_name(of: Row | str, *, with_key: bool = False) -> Text:
    """What a figure is called: its metric's name, or the clerk's word for a part of it."""
    figure = of if isinstance(of, str) else of.figure
    metric = first_metric(figure)
    if metric is None:
        return Text(figure, figure)
    name = metric.name
    if figure != metric.key:
        parts = [(" − " if sign < 0 else " + ", _column_name(column)) for sign, column in terms(figure)]
        chinese, english = ("".join(sign + part[i] for sign, part in parts).removeprefix(" + ") for i in (0, 1))
        name = Text(chinese if isinstance(of, str) else of.words[0], english)
    return Text(f"{name.zh}（{figure}）", f"{name.en} ({figure})") if with_key else name


def _column_name(column: str) -> Text:
    key = metric_key(column)
    assert key is not None
    name = METRICS[key].name
    if column == key:
        return name
    ending = BASE if column.endswith(".n") else COUNTED
    return Text(ending("zh", name=name.zh), ending("en", name=name.en))


def is_share(figure: str) -> bool:
    """Whether a figure is a share of 1, or a difference of such."""
    metric = first_metric(figure)
    return metric is not None and metric.is_share and terms(figure)[0][1] == metric.key


def written(figure: str, value: Decimal, quantity: Quantity | None = None) -> Text:
    """A value with its unit, shares as percentages of 100; for ``quantity``, in its measure word and to its digits."""
    metric = first_metric(figure)
    assert metric is not None
    decimals = 0 if value == value.to_integral_value() else max(1, metric.decimals)
    unit = Text("", "") if metric.is_share else Text(metric.unit.zh, f" {metric.unit.en}")
    if quantity is not None and quantity.unit in (PERCENT, "百分点"):
        decimals = max(1, -int(quantity.step.normalize().as_tuple().exponent))
        unit = Text("%", "%") if quantity.unit == PERCENT else Text("个百分点", " pp")
    elif is_share(figure):
        decimals, unit = 1, Text("%", "%")
    elif quantity is not None and quantity.unit:
        unit = Text(quantity.unit, unit.en)
    words = formats.number(value, decimals)
    return Text(f"{words}{unit.zh}", f"{words}{unit.en}")
