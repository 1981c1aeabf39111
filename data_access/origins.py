"""origin(): what a figure is made of: rows, totals that exist only on paper, or nothing anybody filled in.

The rules, for one metric, the years asked for and a place:

- a year with rows of the metric's tables is taken from rows; a township without rows in such a year, for which a total
  is printed, is taken from paper; never both for the same place and year;
- a year without rows is the printed total of exactly that place and year, or else it is missing;
- counts, sums and the two parts of shares add up over years and townships; shares are made anew from the sums.
  Distinct persons, medians and what stood on a day do not add up: of several years they are what rows know, or the
  total printed for exactly that span or term;
- clicked filters, dimensions other than year and township, and parts of a year cannot be had from paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from data_access.context import Context, Scope
from data_access.metrics.metric import Kind, Metric, Window
from data_access.reads import lacks, read_by
from data_access.reported import Codes, Reported, Total, Years, reported, years_of, years_of_terms
from data_access.rows import ROWS
from data_access.rows.evidence import ALWAYS, DATED, PARTS, REGISTERS, first_days, kept_years, printed_totals
from data_access.structure import absent, known_columns

WHOLE = {"year", "township"}  # printed totals are known by these at most
TOWNSHIP = 9  # digits of a township's code
ADDING = (Kind.COUNT, Kind.SUM, Kind.SHARE)
# What falls due in a year stems from earlier ones too: after the first year with rows there is always an answer.
CARRIED_OVER = ("promises", "supervision_followups", "resolution_reports")
ELECTIONS = "election"  # their results hold for every year of the term, not only for its last


@dataclass(frozen=True)
class Origin:
    """What one figure is made of.

    ``rows`` are years taken from rows, ``paper`` the printed totals, ``lacking`` years of which nothing is known (or
    nothing that could be added). ``undivided`` are the lacking years that have a printed total, which cannot be divided
    as asked. ``is_missing``: there is no figure at all.
    """

    rows: Years = ()
    paper: tuple[Total, ...] = ()
    lacking: Years = ()
    undivided: Years = ()

    @property
    def is_missing(self) -> bool:
        """Whether nobody filled in anything the figure could be made of."""
        return not self.rows and not self.paper

    @property
    def is_whole(self) -> bool:
        """Whether it is made of rows alone, and of all years asked for."""
        return not self.paper and not self.lacking

    @property
    def is_reported(self) -> bool:
        """Whether it stands on printed totals alone."""
        return bool(self.paper) and not self.rows

    @property
    def paper_years(self) -> Years:
        """The years that printed totals stand for, ascending."""
        return tuple(sorted({year for total in self.paper for year in total.years}))

    @property
    def documents(self) -> tuple[str, ...]:
        """The reports the totals are printed in, each once."""
        return tuple(dict.fromkeys(total.source_doc for total in self.paper))

    @property
    def value(self) -> float:
        """The sum of the printed totals."""
        return sum(total.value for total in self.paper)

    @property
    def base(self) -> float:
        """The sum of their denominators, which only shares have."""
        return sum(total.denominator or 0 for total in self.paper)


def load(connection: Connection, scope: Scope) -> Reported:
    """The printed totals a reader of this scope may see, which years the tables have rows of in the district, and what
    of the description the database lacks."""
    gaps = absent(known_columns(connection))
    district = sorted({prefix[:6] for prefix in scope.prefixes})
    # A table without the column that dates its rows is like one that is not there.
    whole = [name for name in DATED if not read_by(_only(kept_years(district, [name]))) & gaps]
    statement = kept_years(district, whole)
    kept = [] if statement is None else [(n, int(y), c) for n, y, c in connection.execute(statement)]
    totals, terms = printed_totals(scope.prefixes), first_days(district)
    if read_by(totals) & gaps:
        return reported(kept, (), gaps)
    starts = {} if read_by(terms) & gaps else {number: day for number, day in connection.execute(terms)}
    years = years_of_terms(starts)
    lines = connection.execute(totals)
    return reported(kept, (total for line in lines if (total := _total(line, years)) is not None), gaps)


def _only(statement: Any) -> Any:
    assert statement is not None, "A table of DATED has a date."
    return statement


def _total(line: Any, terms: dict[int, Years]) -> Total | None:
    years, is_term = years_of(str(line.period), terms)
    if not years:
        return None
    value, base = _plain(line.value), None if line.denominator is None else _plain(line.denominator)
    return Total(line.metric_id, line.region_code, years, value, base, line.source_doc, bool(line.is_estimate), is_term)


def _plain(number: Any) -> float:
    """Whole numbers as such: the column holds broken ones too."""
    return int(number) if number == int(number) else float(number)


def origin(
    context: Context,
    metric: Metric,
    years: Iterable[int] | None = None,
    *,
    township: str | None = None,
    by: Sequence[str] = (),
    same_dates: bool = False,
) -> Origin:
    """What a metric's figure is made of: over ``years`` (those asked for) together, of a township or all asked for.

    ``by`` and ``same_dates`` as in ``measure``; give a single year, or a township, for one group of its answer.
    """
    asked = tuple(years if years is not None else context.years)
    if not context.reported.is_loaded or metric.window is Window.CHANGE:
        return Origin(rows=asked)
    return _answer(context.of_any_years, metric, asked, township, same_dates or not WHOLE.issuperset(by))


@lru_cache(maxsize=8192)
def _answer(context: Context, metric: Metric, years: Years, township: str | None, is_part: bool) -> Origin:
    """Every view asks of the same metrics and years, and each of its exhibits, once for each figure and again for the
    words under it."""
    return _Question(context, metric, years, township, is_part).answer()


@dataclass(frozen=True)
class _Question:
    """``is_part``: of parts of years, or by dimensions other than year and township; no totals of those are printed."""

    context: Context
    metric: Metric
    years: Years
    township: str | None
    is_part: bool

    def answer(self) -> Origin:
        years = self._years
        cells = {year: self._cell(year) for year in years}
        if len(years) > 1 and (self._source.window is Window.STOCK or self.metric.kind not in ADDING):
            cells = {year: cell if cell.is_whole else Origin(lacking=(year,)) for year, cell in cells.items()}
        made = _joined(cells.values())
        span = self._printed(self.years) if made.lacking else ()
        if span:
            return Origin(paper=span)
        return replace(made, undivided=self._undivided(made.lacking)) if made.lacking else made

    def _undivided(self, years: Years) -> Years:
        """The years of which a total is printed that answers for everything, and so not for what was asked."""
        if self._is_fillable:
            return ()
        plain = self.context.with_filters(picks=())
        return tuple(year for year in years if _answer(plain, self.metric, (year,), self.township, False).paper)

    @property
    def _years(self) -> Years:
        """The years that decide: of what stands on a day or has come together since the term began, the last alone."""
        since = self.context.rules.since_cadre
        if self.metric.window is Window.SINCE and since is not None:
            return tuple(range(since.year, self.years[-1] + 1))
        return self.years[-1:] if self.metric.window in (Window.STOCK, Window.TERM) else self.years

    @property
    def _source(self) -> Any:
        return ROWS[self.metric.rows]

    @property
    def _places(self) -> tuple[str, ...]:
        if self.township is not None:
            return (self.township,)
        return self.context.filters.townships or self.context.scope.prefixes

    def _cell(self, year: int) -> Origin:
        """One year, or the day at its end."""
        if not self._has_rows(year):
            printed = self._printed((year,)) or self._printed_term(year)
            return Origin(paper=printed) if printed else Origin(lacking=(year,))
        apart = tuple(total for place in self._places for total in self._apart(place, year))
        is_rows = not (len(self._places) == 1 and [total.region for total in apart] == list(self._places))
        return Origin(rows=(year,) if is_rows else (), paper=apart)

    def _has_rows(self, year: int) -> bool:
        """Whether the metric's tables have rows of that year anywhere in the scope, and all the columns it needs."""
        if lacks(self.metric, self.context.reported.absent):
            return False
        return all(self._codes(table, place, year) for place, table in enumerate(self.metric.tables))

    def _codes(self, table: str, place: int, year: int) -> Codes:
        table = PARTS.get(table, table)
        if table in ALWAYS:
            return frozenset(self.context.scope.prefixes)
        goes_on = self._source.window is Window.STOCK or self._source.name in CARRIED_OVER
        since = table in REGISTERS or self.metric.window is Window.TERM or (goes_on and place == 0)
        return self.context.reported.codes(table, year, since=since)

    def _is_apart(self, code: str, year: int) -> bool:
        """Whether the rows of that year leave a place out: none is kept there, nor for an area that holds it."""
        return any(
            not any(kept.startswith(code) or code.startswith(kept) for kept in self._codes(table, place, year))
            for place, table in enumerate(self.metric.tables)
        )

    def _apart(self, place: str, year: int) -> tuple[Total, ...]:
        """Printed totals of a place, or of regions inside it, that the rows of a year leave out."""
        if not place or self.metric.key not in self.context.reported.metrics or not self._is_fillable:
            return ()
        own = self.context.reported.total(self.metric.key, place, (year,))
        inside = (own,) if own else self.context.reported.below(self.metric.key, place, (year,))
        wanted = tuple(total for total in inside if self._is_usable(total) and self._is_apart(total.region, year))
        return wanted if self.metric.kind in ADDING or self._places == tuple(t.region for t in wanted) else ()

    def _printed(self, years: Years) -> tuple[Total, ...]:
        """The totals printed for exactly these years, one for each place; none unless there is one for every place."""
        found = [self.context.reported.total(self.metric.key, place, years) for place in self._places]
        return self._usable(found)

    def _printed_term(self, year: int) -> tuple[Total, ...]:
        """The total printed for a whole term: of what adds up since the term began, in its last year only."""
        if self.metric.window is not Window.TERM:
            return ()
        totals = self.context.reported.totals.values()
        ends = {
            t.years for t in totals if t.is_term and (t.years if self._is_of_elections else t.years[-1:]).count(year)
        }
        return next((found for years in sorted(ends) if (found := self._printed(years))), ())

    @property
    def _is_of_elections(self) -> bool:
        return self.metric.tables[:1] == (ELECTIONS,)

    def _usable(self, found: Sequence[Total | None]) -> tuple[Total, ...]:
        known = tuple(total for total in found if total is not None and self._is_usable(total))
        is_single = len(self._places) == 1 or self.metric.kind in ADDING
        return known if self._is_fillable and is_single and known and len(known) == len(found) else ()

    def _is_usable(self, total: Total) -> bool:
        return self.metric.kind is not Kind.SHARE or total.denominator is not None

    @property
    def _is_fillable(self) -> bool:
        """Whether a printed total can answer: of all there is, by year and township at most, over whole years."""
        is_picked = any(name in self._source.dimensions for name, _ in self.context.filters.picks)
        return not (self.is_part or is_picked)


def _joined(cells: Iterable[Origin]) -> Origin:
    made = Origin()
    for cell in cells:
        made = Origin(made.rows + cell.rows, made.paper + cell.paper, made.lacking + cell.lacking)
    return made


Group = tuple[Any, ...]
Answer = dict[Group, dict[str, Any]]


def add_townships(
    answer: Answer, metrics: Sequence[Metric], context: Context, by: tuple[str, ...], years: Years
) -> None:
    """Groups for the townships that only a printed total knows, where figures are asked for by township."""
    if "township" not in by or set(by) - WHOLE:
        return
    asked, periods = {metric.key for metric in metrics}, {years, *((year,) for year in years)}
    chosen = context.filters.townships
    for key, code, when in context.reported.totals:
        if key in asked and when in periods and len(code) == TOWNSHIP and (not chosen or code in chosen):
            answer.setdefault(tuple(code if name == "township" else years[-1] for name in by), {})


def fill(
    answer: Answer,
    groups: Sequence[Group],
    metrics: Sequence[Metric],
    context: Context,
    by: tuple[str, ...],
    years: Years,
    same_dates: bool,
) -> Sequence[Group]:
    """Put printed totals, or NaN, into an answer wherever rows cannot know; the groups that have a figure or lack one.

    ``answer`` holds ``<key>``, or ``<key>.k`` and ``<key>.n``, by group. A year without rows has no groups of other
    dimensions: theirs are left out.
    """
    if not context.reported.is_loaded:
        return groups
    is_split, kept = bool(set(by) - WHOLE), []
    year, place = (by.index(name) if name in by else None for name in ("year", "township"))
    known: dict[Group, tuple[list[tuple[Metric, Origin]], bool]] = {}
    for group in groups:
        when = years if year is None else (group[year],)
        town = None if place is None else group[place] or ""
        if (when, town) not in known:
            found = [(m, origin(context, m, when, township=town, by=by, same_dates=same_dates)) for m in metrics]
            partly = [(metric, each) for metric, each in found if not each.is_whole]
            known[when, town] = partly, all(each.is_missing for _, each in found)
        partly, is_missing = known[when, town]
        for metric, each in partly:
            _put(answer.setdefault(group, {}), metric, each)
        if not is_split or not is_missing:
            kept.append(group)
    _note(metrics, context, by, years, same_dates)
    return kept


def _put(values: dict[str, Any], metric: Metric, found: Origin) -> None:
    is_share = metric.kind is Kind.SHARE
    value, base = (f"{metric.key}.k" if is_share else metric.key), f"{metric.key}.n"
    if found.is_missing:
        values |= {value: float("nan")} | ({base: float("nan")} if metric.kind in (Kind.SHARE, Kind.QUANTILE) else {})
    elif found.paper:
        counted = values if found.rows else {}
        values[value] = (counted.get(value) or 0) + found.value
        if metric.kind in (Kind.SHARE, Kind.QUANTILE):
            values[base] = (counted.get(base) or 0) + found.base


@dataclass(frozen=True)
class Use:
    """A metric that was measured in one context over some years, and how: enough to ask where it came from."""

    metric: Metric
    context: Context
    years: Years
    by: tuple[str, ...]
    same_dates: bool

    def origins(self) -> dict[int, Origin]:
        """Where each year's figure came from."""
        return {
            year: origin(self.context, self.metric, (year,), by=self.by, same_dates=self.same_dates)
            for year in self.years
        }

    def whole(self) -> Origin:
        """Where the figure of all years together came from."""
        return origin(self.context, self.metric, self.years, by=self.by, same_dates=self.same_dates)


_USES: ContextVar[list[Use] | None] = ContextVar("uses", default=None)


@contextmanager
def gathering() -> Iterator[list[Use]]:
    """Everything that is measured inside the block, so that a drawing can say what its figures are made of."""
    uses: list[Use] = []
    token = _USES.set(uses)
    try:
        yield uses
    finally:
        _USES.reset(token)


def _note(metrics: Sequence[Metric], context: Context, by: tuple[str, ...], years: Years, same_dates: bool) -> None:
    uses = _USES.get()
    if uses is not None:
        uses += [Use(metric, context, years, by, same_dates) for metric in metrics]
