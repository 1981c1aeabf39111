"""The description of the database: complete in words, strict in values, portable in types."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Table, create_engine, insert, text
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from data_access.tables import KEPT_BY_US, TABLES, codes, metadata
from data_access.tables.codes import CODES, RATING, Codes
from data_access.text import Text

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())


@pytest.fixture
def database() -> Any:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys=ON"))
        metadata.create_all(connection)
        connection.execute(
            insert(TABLES["region"]),
            {"region_code": "990102101", "name": "霁川镇", "level": "TOWNSHIP", "kind": "TOWN"},
        )
        yield connection
    engine.dispose()


def _station(**changes: Any) -> dict[str, Any]:
    row = {"id": "1", "name": "站", "level": "ST", "region_code": "990102101", "established_on": date(2021, 1, 4)}
    return row | {"lon": 110.0, "lat": 30.0} | changes


def test_the_description_holds_every_table_of_the_logical_model() -> None:
    assert set(TABLES) | {table.name for table in KEPT_BY_US} == set(metadata.tables)
    assert set(TABLES) == {
        "region", "region_shape", "village", "term", "meeting", "resolution", "org_unit", "deputy", "proposal",
        "proposal_cosigner", "proposal_handler", "proposal_reply", "supervision_item", "normative_doc", "appraisal",
        "appointment", "station", "deputy_activity", "party_support", "leader_task", "cadre_change", "election",
        "budget_item", "rule_config", "reported_figure",
    }  # fmt: skip


def test_tables_are_listed_parents_first() -> None:
    order = list(TABLES)
    for table in TABLES.values():
        for key in table.foreign_keys:
            parent = key.column.table.name
            assert parent == table.name or order.index(parent) < order.index(table.name), (
                f"{table.name} before {parent}"
            )


@EVERY_TABLE
def test_every_column_says_what_it_is_in_both_languages(table: Table) -> None:
    said = [table.info["title"]]
    for column in table.columns:
        said += [column.info["header"], column.info["meaning"]]
        said += [column.info["rule"]] if column.info["rule"] else []
    assert all(isinstance(words, Text) and words.zh.strip() and words.en.strip() for words in said)


@EVERY_TABLE
def test_headers_are_different_within_a_table(table: Table) -> None:
    for place in (0, 1):
        headers = [column.info["header"][place] for column in table.columns]
        assert len(headers) == len(set(headers))


@EVERY_TABLE
def test_every_record_says_where_it_belongs_and_where_it_comes_from(table: Table) -> None:
    assert {"region_code", "source_doc", "note", "updated_at"} <= set(table.columns.keys())
    assert not table.c.region_code.nullable


@EVERY_TABLE
@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect(), mysql.dialect()], ids=lambda d: d.name)
def test_tables_can_be_written_for_every_database(table: Table, dialect: Any) -> None:
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))


def test_shapes_do_not_end_at_64_kilobytes_on_mariadb() -> None:
    assert "geojson LONGTEXT COLLATE utf8mb4_bin NOT NULL" in str(
        CreateTable(TABLES["region_shape"]).compile(dialect=mysql.dialect())
    )


@EVERY_TABLE
def test_names_fit_the_shortest_limit(table: Table) -> None:
    # PostgreSQL cuts names after 63 bytes, MariaDB refuses them after 64.
    named = [*table.indexes, *table.constraints, table, *table.columns]
    assert all(len(str(thing.name)) <= 63 for thing in named)
    indexes = [index.name for index in table.indexes]
    assert len(indexes) == len(set(indexes))


@EVERY_TABLE
def test_no_index_is_on_a_year_alone(table: Table) -> None:
    # A planner prefers such an index even when every row matches it.
    indexed = [tuple(index.columns.keys()) for index in table.indexes]
    assert not any(len(names) == 1 and names[0].endswith("year") for names in indexed)


def test_reading_one_regions_activities_needs_only_the_index() -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        plan = connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT kind, count(DISTINCT deputy_id), sum(people_met) FROM deputy_activity "
                "WHERE region_code >= '990102' AND region_code < '990103' AND held_on >= '2025-01-01' GROUP BY kind"
            )
        ).all()
    engine.dispose()
    assert "COVERING INDEX ix_deputy_activity_cover (region_code>" in str(plan)


def test_an_unknown_code_is_refused(database: Connection) -> None:
    with pytest.raises(IntegrityError, match="ck_station_level"):
        database.execute(insert(TABLES["station"]), _station(level="HQ"))


def test_a_region_that_does_not_exist_is_refused(database: Connection) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        database.execute(insert(TABLES["station"]), _station(region_code="990102999"))


def test_half_a_coordinate_is_refused(database: Connection) -> None:
    with pytest.raises(IntegrityError, match="ck_station_place"):
        database.execute(insert(TABLES["station"]), _station(lat=None))


def test_a_point_without_coordinates_is_kept(database: Connection) -> None:
    database.execute(insert(TABLES["station"]), _station(lon=None, lat=None))
    assert database.execute(TABLES["station"].select()).one().lon is None


def test_an_activity_names_a_deputy_or_a_headcount(database: Connection) -> None:
    row = {"id": "1", "kind": "STN", "held_on": date(2025, 3, 3), "region_code": "990102101"}
    with pytest.raises(IntegrityError, match="ck_deputy_activity_who"):
        database.execute(insert(TABLES["deputy_activity"]), row)


def _coded() -> list[Column[Any]]:
    return [column for table in TABLES.values() for column in table.columns if column.info["codes"]]


@pytest.mark.parametrize("column", _coded(), ids=str)
def test_codes_fit_their_column(column: Column[Any]) -> None:
    length = getattr(column.type, "length", None)
    assert all(length is None or len(code) <= length for code in column.info["codes"])


@pytest.mark.parametrize("enumeration", CODES.values(), ids=CODES.keys())
def test_every_code_has_words_of_its_own(enumeration: Codes) -> None:
    for lang in ("zh", "en"):
        words = [enumeration.label(code, lang) for code in enumeration]
        assert len(set(words)) == len(words) and all(words)


def test_an_unknown_code_stays_visible_and_a_missing_one_says_so() -> None:
    assert codes.CATEGORY.label("XYZ") == "XYZ"
    assert codes.CATEGORY.label(None) == "未填报"
    assert codes.CATEGORY.label("FIN", "en") == "Finance and economy"


def test_a_rating_is_never_zero() -> None:
    assert [int(code) for code in RATING] == [3, 2, 1]
    assert all(int(above) > int(below) for above, below in pairwise(RATING))


def test_a_suggestion_is_never_called_by_the_word_of_another_body() -> None:
    said = [str(column.info) for table in TABLES.values() for column in table.columns]
    said += [words.zh for enumeration in CODES.values() for words in enumeration.words.values()]
    assert not any("提案" in words for words in said)


def test_claims_are_booleans() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert not column.name.startswith("is_") or isinstance(column.type, Boolean)
