"""Liaison sites row by row: for the map, for coverage, and one site's whole history."""

from __future__ import annotations

from collections.abc import Iterator

from pandas import DataFrame
from sqlalchemy import Connection, RowMapping

from data_access.asking import once
from data_access.context import Context
from data_access.lists.listing import Event, Listing, events_table, records, table
from data_access.measure import periods_for
from data_access.metrics import METRICS
from data_access.rows import ROWS
from data_access.rows import history as facts
from data_access.tables import codes
from data_access.text import Text

_SITE = (
    *("id", "name", "level", "township", "township_name", "village", "lon", "lat", "established_on", "served_villages"),
    *("deputies", "events", "people_met", "opinions", "resolved", "last_on", "stage"),
)
_TOWNSHIP = (
    *("township", "name", "township_kind", "population", "population_year", "village_count"),
    *("stations", "rooms", "points", "served_villages", "gap"),
)


def sites(connection: Connection, context: Context) -> DataFrame:
    """Every site in use on the last day in the townships asked for, with its activity in the period.

    Returns: Columns ``id``, ``name``, ``level``, ``region_code`` (its township), ``township_name``, ``village``,
    ``lon``, ``lat`` (missing where not located), ``established_on``, ``served_villages``, ``deputies``, ``events``,
    ``people_met``, ``opinions``, ``resolved``, ``last_on``, ``stage``; by township and id.
    """
    return _read(connection, "L01.ST", context, _SITE).rename(columns={"township": "region_code"})


def sites_in_scope(connection: Connection, context: Context) -> DataFrame:
    """As ``sites`` whatever townships or marks are chosen: a site across the border serves a village too."""
    return sites(connection, context.with_filters(townships=(), picks=()))


def townships(connection: Connection, context: Context) -> DataFrame:
    """The townships asked for with what stands in them on the last day.

    Returns: Columns ``region_code``, ``name``, ``township_kind``, ``population``, ``population_year``,
    ``village_count``, ``stations``, ``rooms``, ``points``, ``served_villages``, ``gap`` (``NONE``, ``NO_STATION`` with
    rooms or points only, ``NOTHING``); by code.
    """
    return _read(connection, "L02", context, _TOWNSHIP).rename(columns={"township": "region_code"})


def _read(connection: Connection, key: str, context: Context, names: tuple[str, ...]) -> DataFrame:
    metric = METRICS[key]
    source = ROWS[metric.rows]

    def ask() -> DataFrame:
        over = periods_for(connection, metric, context, by_year=False)
        return table(connection, source, names, context, over, order=("township", "id"))

    return once((key, context), ask)  # without a chosen township all of them ask alike


def idle(connection: Connection, context: Context, *, search: str = "", limit: int = 50, offset: int = 0) -> Listing:
    """Every site in use, those with fewest receptions in the period first."""
    return records(connection, METRICS["LF.exists"], context, search=search, limit=limit, offset=offset)


def history(connection: Connection, record: str, context: Context) -> DataFrame:
    """One site: opened, what happened there year by year, closed; as known on the as-of day.

    Returns:
        Columns ``date``, ``event`` (Text), ``who``, ``detail`` (Text), ``is_future``; a year stands at its last
        reception. No rows for a site unknown or out of scope.
    """
    found = connection.execute(facts.site(context, record)).mappings().first()
    if found is None:
        return events_table([])
    years = connection.execute(facts.site_years(context, record)).mappings().all()
    steps = [*_standing(found), *(_year(line) for line in years)]
    return events_table([step for step in steps if step.on <= context.as_of])


def _standing(site: RowMapping) -> Iterator[Event]:
    where = f"{site['township_name'] or ''}{site['village'] or ''}"
    level = codes.STATION_LEVEL
    detail = Text(
        f"{level.label(site['level'], 'zh')}，现编入代表{site['deputies']}人",
        f"{level.label(site['level'], 'en')}, {site['deputies']} deputies assigned today",
    )
    yield Event(site["established_on"], Text("建成启用", "Opened"), where, detail)
    if site["closed_on"] is not None:
        yield Event(site["closed_on"], Text("撤销", "Closed"), where)


def _year(line: RowMapping) -> Event:
    detail = Text(
        f"进站活动{line['events']}场，接待群众{line['people_met']}人次，收集意见{line['opinions']}条、"
        f"办结{line['resolved']}条，转代表建议{line['to_proposal']}件",
        f"{line['events']} receptions, {line['people_met']} people received, {line['opinions']} opinions, "
        f"{line['resolved']} resolved, {line['to_proposal']} made suggestions",
    )
    return Event(line["last_on"], Text(f"{line['year']}年活动", f"Activity in {line['year']}"), detail=detail)
