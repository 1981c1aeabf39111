"""Statements ask for no more than they need, and leaving something out never changes which rows there are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, MetaData, Select, String, Table, and_, create_engine, func, select

from data_access.rows.narrowing import Plain

tables = MetaData()
item = Table(
    "item", tables, Column("id", Integer, primary_key=True), Column("unit_id", Integer), Column("kind", String)
)
unit = Table(
    "unit", tables, Column("id", Integer, primary_key=True), Column("name", String), Column("head_id", Integer)
)
head = Table("head", tables, Column("id", Integer, primary_key=True), Column("name", String))
note = Table("note", tables, Column("id", Integer, primary_key=True), Column("item_id", Integer))

LOOKUPS = (
    select(item.c.id, item.c.kind, unit.c.name.label("unit"), head.c.name.label("head"))
    .select_from(item.outerjoin(unit, unit.c.id == item.c.unit_id).outerjoin(head, head.c.id == unit.c.head_id))
    .where(item.c.id > 0)
)


def narrowed(rows: Select[Any], columns: frozenset[str]) -> Select[Any]:
    return Plain(rows).narrowed(columns)


def wording(columns: set[str], rows: Select[Any] = LOOKUPS) -> str:
    return " ".join(str(narrowed(rows, frozenset(columns))).split())


def test_a_lookup_nobody_looks_at_is_left_out() -> None:
    assert "JOIN" not in wording({"kind"})
    assert "JOIN unit" in wording({"unit"}) and "JOIN head" not in wording({"unit"})


def test_a_lookup_that_another_needs_stays() -> None:
    assert "JOIN unit" in wording({"head"}) and "JOIN head" in wording({"head"})


def test_a_lookup_that_a_condition_or_an_inner_question_needs_stays() -> None:
    assert "JOIN unit" in wording({"kind"}, LOOKUPS.where(unit.c.name == "x"))
    inner = select(note.c.id).where(note.c.item_id == unit.c.id).correlate(unit).exists()
    assert "JOIN unit" in wording({"kind"}, LOOKUPS.where(inner))


def test_a_join_that_may_give_several_rows_or_none_stays() -> None:
    several = select(item.c.kind).select_from(item.outerjoin(note, note.c.item_id == item.c.id))
    required = select(item.c.kind).select_from(item.join(unit, unit.c.id == item.c.unit_id))
    assert "JOIN note" in wording({"kind"}, several)
    assert "JOIN unit" in wording({"kind"}, required)


def test_a_group_by_all_its_keys_is_a_lookup() -> None:
    counted = select(note.c.item_id, note.c.id, func.count().label("notes")).group_by(note.c.item_id, note.c.id)
    notes = counted.subquery("notes")
    by_item = item.outerjoin(notes, and_(notes.c.item_id == item.c.id, notes.c.id == item.c.unit_id))
    rows = select(item.c.kind, notes.c.notes).select_from(by_item)
    assert "JOIN" not in wording({"kind"}, rows) and "JOIN" in wording({"notes"}, rows)
    some = item.outerjoin(notes, and_(notes.c.item_id == item.c.id, notes.c.id > item.c.unit_id))
    assert "JOIN" in wording({"kind"}, select(item.c.kind).select_from(some))


def test_the_rows_are_the_same_and_the_conditions_stay() -> None:
    with create_engine("sqlite://").connect() as connection:
        tables.create_all(connection)
        connection.execute(item.insert(), [{"id": 0, "kind": "a"}, {"id": 1, "kind": "b"}, {"id": 2, "kind": "c"}])
        whole = [row.kind for row in connection.execute(LOOKUPS)]
        assert [row.kind for row in connection.execute(narrowed(LOOKUPS, frozenset({"kind"})))] == whole == ["b", "c"]
        assert len(connection.execute(narrowed(LOOKUPS, frozenset())).all()) == 2
