"""A database is compared with the description, and what does not fit is named, counted and exemplified."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from data_access.__main__ import main
from data_access.check import Finding, check
from data_access.tables import TABLES
from data_access.tables.sanity import SANITY
from tests.data_access.factories import DISTRICT, RIVER, add, empty_database

AS_OF = date(2026, 6, 30)


@pytest.fixture
def database() -> Iterator[Connection]:
    connection = empty_database()
    add(connection, "region", region_code=DISTRICT, name="云澜区", level="COUNTY")
    add(connection, "region", region_code=RIVER, name="霁川镇", level="TOWNSHIP", kind="TOWN")
    yield connection
    connection.close()
    connection.engine.dispose()


def _proposal(connection: Connection, key: str, **values: object) -> str:
    usual = {"submitted_on": date(2026, 1, 13), "assigned_on": date(2026, 2, 10), "handling_year": 2026}
    deputy = add(
        connection, "deputy", id=f"D-{key}", name="某某", start_on=date(2021, 12, 28), gender="F", level="COUNTY"
    )
    made = add(connection, "proposal", id=key, lead_deputy_id=deputy, **(usual | values))
    unit = add(connection, "org_unit", id=f"U-{key}", name="区住建局", system="GOV", kind="HDL", region_code=DISTRICT)
    add(connection, "proposal_handler", id=f"H-{key}", proposal_id=made, org_unit_id=unit, role="SOLE")
    return made


def _reply(connection: Connection, proposal: str, **values: object) -> str:
    usual = {"round_no": 1, "replied_on": date(2026, 4, 1), "org_unit_id": f"U-{proposal}"}
    return add(
        connection,
        "proposal_reply",
        id=f"R-{proposal}-{values.get('round_no', 1)}",
        proposal_id=proposal,
        **(usual | values),
    )


def _found(connection: Connection) -> dict[str, Finding]:
    return {finding.rule: finding for finding in check(connection, as_of=AS_OF)}


def test_a_sound_database_has_nothing_to_say(database: Connection) -> None:
    _reply(database, _proposal(database, "P1"), rated_on=date(2026, 4, 9), result_rating=3)
    assert check(database, as_of=AS_OF) == ()


def test_an_empty_database_fits() -> None:
    connection = empty_database()
    assert check(connection, as_of=AS_OF) == ()
    connection.close()
    connection.engine.dispose()


def test_a_reply_before_assignment_is_counted_and_named(database: Connection) -> None:
    for key in ("P1", "P2", "P3", "P4", "P5"):
        _reply(database, _proposal(database, key), replied_on=date(2026, 2, 9 if key != "P5" else 10))
    found = _found(database)
    assert found["reply_before_assignment"].count == 4
    assert found["reply_before_assignment"].samples == ("R-P1-1", "R-P2-1", "R-P3-1")
    assert found.keys() == {"reply_before_assignment"}
    assert (
        found["reply_before_assignment"].say("zh")
        == "【错误】答复评价（proposal_reply）答复日期早于交办日期：4条，例如 R-P1-1、R-P2-1、R-P3-1"
    )


def test_a_day_ahead_is_an_error_but_a_promise_ahead_is_not(database: Connection) -> None:
    proposal = _proposal(database, "P1")
    _reply(database, proposal, replied_on=date(2026, 7, 1), promised_on=date(2027, 12, 31), result_class="B")
    found = _found(database)
    assert found.keys() == {"ahead"}
    assert "replied_on" in found["ahead"].say("zh") and "2026-06-30" in found["ahead"].say("zh")


def test_today_is_not_ahead(database: Connection) -> None:
    _reply(database, _proposal(database, "P1"), replied_on=AS_OF)
    assert check(database, as_of=AS_OF) == ()


@pytest.mark.parametrize(
    ("rule", "is_error", "values"),
    [
        ("rated_before_reply", True, {"rated_on": date(2026, 3, 31)}),
        ("promise_without_b", True, {"promised_on": date(2026, 12, 31), "result_class": "A"}),
        ("promise_without_b", True, {"promised_on": date(2026, 12, 31)}),
        ("unknown_replier", True, {"org_unit_id": None}),
        ("second_round_unasked", False, {"round_no": 2}),
    ],
)
def test_replies_are_held_to_their_rules(
    database: Connection, rule: str, is_error: bool, values: dict[str, object]
) -> None:
    _reply(database, _proposal(database, "P1"), **values)
    found = _found(database)
    assert found.keys() == {rule}
    assert (found[rule].count, found[rule].is_error) == (1, is_error)


def test_a_second_round_after_dissatisfaction_is_right(database: Connection) -> None:
    proposal = _proposal(database, "P1")
    _reply(database, proposal, rated_on=date(2026, 4, 9), result_rating=1)
    _reply(database, proposal, round_no=2, replied_on=date(2026, 5, 5))
    assert check(database, as_of=AS_OF) == ()


@pytest.mark.parametrize(
    ("roles", "clear"),
    [
        (("LEAD", "CO"), True),
        (("SPLIT", "SPLIT"), True),
        (("LEAD", "LEAD"), False),
        (("CO",), False),
        (("SPLIT",), False),
    ],
)
def test_one_lead_or_several_separate_units_handle_an_item(
    database: Connection, roles: tuple[str, ...], clear: bool
) -> None:
    proposal = _proposal(database, "P1")
    database.execute(TABLES["proposal_handler"].delete())
    for number, role in enumerate(roles):
        add(database, "proposal_handler", id=f"H{number}", proposal_id=proposal, org_unit_id="U-P1", role=role)
    assert ("handlers_unclear" not in _found(database)) is clear


def test_a_unit_that_sent_an_item_back_does_not_handle_it(database: Connection) -> None:
    proposal = _proposal(database, "P1")
    back = {"assigned_on": date(2026, 2, 10), "returned_on": date(2026, 2, 14)}
    add(database, "proposal_handler", id="H0", proposal_id=proposal, org_unit_id="U-P1", role="SOLE", **back)
    assert check(database, as_of=AS_OF) == ()


def test_a_bill_needs_ten_signers(database: Connection) -> None:
    _proposal(database, "P1", kind="BILL", cosigner_count=9)
    assert check(database, as_of=AS_OF) == ()
    _proposal(database, "P2", kind="BILL", cosigner_count=8)
    assert _found(database)["too_few_signers"].samples == ("P2",)


def test_more_deputies_than_seats_are_noticed(database: Connection) -> None:
    add(database, "term", id="T", region_code=DISTRICT, term_no=5, level="COUNTY", start_on=date(2021, 12, 28), quota=1)
    for key in ("D1", "D2"):
        add(database, "deputy", id=key, name="某某", level="COUNTY", term_no=5, gender="M", start_on=date(2021, 12, 28))
    assert _found(database).keys() == {"serving_over_quota"}


def test_a_missing_table_is_a_finding_and_the_rest_is_still_checked(database: Connection) -> None:
    _reply(database, _proposal(database, "P1"), rated_on=date(2026, 3, 31))
    database.execute(text("DROP TABLE proposal_handler"))
    findings = check(database, as_of=AS_OF)
    assert [(finding.table, finding.rule) for finding in findings] == [
        ("proposal_handler", "no_table"),
        ("proposal_reply", "rated_before_reply"),
    ]
    assert findings[0].say("zh") == "【错误】承办（proposal_handler）缺少数据表"


def test_a_missing_column_is_a_finding_and_the_rest_is_still_checked(database: Connection) -> None:
    _reply(database, _proposal(database, "P1"), replied_on=date(2026, 2, 9))
    database.execute(text("ALTER TABLE proposal_reply DROP COLUMN contacted_on"))
    found = _found(database)
    assert found.keys() == {"no_column", "reply_before_assignment"}
    assert "沟通日期" in found["no_column"].say("zh")


def _foreign(statements: str) -> list[Finding]:
    """Findings in a database that someone else made, without our constraints."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        for statement in statements.split(";"):
            connection.execute(text(statement))
        found = [finding for finding in check(connection, as_of=AS_OF) if finding.rule != "no_table"]
    engine.dispose()
    return found


_STATION = (
    "CREATE TABLE station (id TEXT, name TEXT, level TEXT, region_code TEXT, village TEXT, address TEXT, lon {kind}, "
    "lat REAL, src_system TEXT, src_lon REAL, src_lat REAL, "
    "established_on TEXT, closed_on TEXT, host TEXT, head TEXT, served_villages INTEGER, source_doc TEXT, "
    "note TEXT, updated_at TEXT)"
)
_ROW = (
    ";INSERT INTO station (id, name, level, region_code, established_on) VALUES ('1', '站', {level}, '990102', '{day}')"
)


def test_unknown_codes_of_a_foreign_database_are_counted_by_code() -> None:
    made = (
        _STATION.format(kind="REAL")
        + _ROW.format(level="'总站'", day="2021-01-04")
        + _ROW.format(level="'总站'", day="2021-01-04").replace("'1'", "'2'")
        + _ROW.format(level="'ST'", day="2021-01-04").replace("'1'", "'3'")
    )
    (found,) = _foreign(made)
    assert (found.rule, found.count) == ("unknown_code", 2)
    assert "“总站”" in found.say("zh")


def test_days_a_spreadsheet_mangled_are_named() -> None:
    made = _STATION.format(kind="REAL") + _ROW.format(level="'ST'", day="2021/1/4")
    assert [finding.rule for finding in _foreign(made)] == ["not_a_day"]


def test_a_column_of_the_wrong_type_is_named() -> None:
    (found,) = _foreign(_STATION.format(kind="TEXT"))
    assert found.rule == "wrong_type"
    assert "经度" in found.say("zh") and "文本" in found.say("zh") and "数值" in found.say("zh")


def test_an_empty_required_value_is_named() -> None:
    (found,) = _foreign(_STATION.format(kind="REAL") + _ROW.format(level="NULL", day="2021-01-04"))
    assert (found.rule, found.count) == ("empty", 1)


def test_a_reference_to_nothing_is_named(database: Connection) -> None:
    add(database, "station", id="S1", name="站", region_code="990102888", level="ST", established_on=date(2021, 1, 4))
    found = _found(database)
    assert found.keys() == {"no_parent"}
    assert "行政区划" in found["no_parent"].say("zh")


def test_every_rule_has_a_name_of_its_own_and_belongs_to_a_table() -> None:
    keys = [rule.key for rule in SANITY]
    assert len(keys) == len(set(keys))
    assert all(rule.table in TABLES and rule.words.zh and rule.words.en for rule in SANITY)


# The command line


def test_create_makes_what_is_missing_and_keeps_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path}/new/renda.db"
    assert main(["create", "--database-url", url]) == 0
    assert main(["create", "--database-url", url]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert f"建表 {len(TABLES)} 张" in first and "建表 0 张" in second
    assert main(["check", "--database-url", url]) == 0


def test_sample_fills_once_and_again_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "renda.db"
    asked = ["sample", "--database-url", f"sqlite:///{path}", "--until", "2021-07-01"]
    assert main(asked) == 0
    before = path.read_bytes()
    assert main(asked) == 1
    assert path.read_bytes() == before
    assert "--replace" in capsys.readouterr().err
    assert main([*asked, "--replace", "--seed", "7"]) == 0
    assert path.read_bytes() != before
    assert [file.name for file in tmp_path.iterdir()] == ["renda.db"]


def test_an_interrupted_sample_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sample_data.fill", broken)
    with pytest.raises(KeyboardInterrupt):
        main(["sample", "--database-url", f"sqlite:///{tmp_path}/renda.db"])
    assert list(tmp_path.iterdir()) == []


def test_check_ends_with_1_when_something_does_not_fit(sample_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--database-url", sample_url, "--until", "2026-11-20"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith(("【错误】", "【提醒】")) for line in lines) == 3
    assert (
        "  决议决定（resolution）共 61 行：2021 年 17，2022 年 4，2023 年 10，2024 年 16，2025 年 4，2026 年 10"
        in lines
    )
    assert lines[-1] == f"共核对 {len(TABLES)} 张数据表：错误 2 项，提醒 1 项。数据截至 2026-11-20。"


def test_a_warning_alone_does_not_fail_the_check(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/renda.db"
    main(["create", "--database-url", url])
    with sqlite3.connect(tmp_path / "renda.db") as connection:
        connection.execute("INSERT INTO region (region_code, name, level) VALUES ('990102', '云澜区', 'COUNTY')")
        connection.execute(
            "INSERT INTO appointment (id, person, person_key, action, organ_class, post, region_code, decided_on, oath,"
            " oath_on)"
            " VALUES ('A1', '某某', 'K1', 'APPT', 'CRT', '审判员', '990102', '2025-03-26', 'OWN', '2025-03-25')"
        )
    connection.close()
    assert main(["check", "--database-url", url, "--until", "2026-06-30"]) == 0


def test_faults_are_sentences_without_traces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--database-url", f"sqlite:///{tmp_path}/none.db"]) == 3
    assert main(["check", "--database-url", "nonsense"]) == 3
    assert main(["sample", "--database-url", f"sqlite:///{tmp_path}/x.db", "--until", "2020-01-01"]) == 1
    said = capsys.readouterr().err
    assert said.count("DATABASE_URL") == 2 and "2021-07-01" in said and "Traceback" not in said


def test_a_wrong_day_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", "--until", "30.6.2026"])
    assert ended.value.code == 2
    assert "不是日期" in capsys.readouterr().err


def test_the_address_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/env.db")
    assert main(["create"]) == 0
    assert (tmp_path / "env.db").exists()


def test_an_empty_setting_means_the_sample_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", " ")
    monkeypatch.chdir(tmp_path)
    assert main(["create"]) == 0
    assert (tmp_path / "var" / "renda.db").exists()


def test_a_gap_is_priced_in_exhibits_and_metrics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path}/renda.db"
    main(["create", "--database-url", url])
    with sqlite3.connect(tmp_path / "renda.db") as connection:
        connection.execute("DROP TABLE appointment")
        connection.execute("ALTER TABLE station DROP COLUMN note")
    connection.close()
    capsys.readouterr()
    assert main(["check", "--database-url", url, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], told["warnings"]) == (1, 1)
    assert [(finding["table"], finding["rule"], finding["level"]) for finding in told["findings"]] == [
        ("station", "no_column", "warning"),
        ("appointment", "no_table", "error"),
    ]
    assert told["costs"]["station.note"] == {"exhibits": [], "metrics": []}
    assert "overview.headline" in told["costs"]["appointment"]["exhibits"]
    assert {"A01", "A08"} <= set(told["costs"]["appointment"]["metrics"])
    assert "appointment" not in told["rows"] and told["rows"]["station"] == {"all": 0, "years": {}}
    assert main(["check", "--database-url", url, "--partial"]) == 0
    assert "【提醒】任免事项（appointment）缺少数据表\n    影响的图表：" in capsys.readouterr().out


def test_a_view_counts_as_the_table_whose_name_it_has_and_is_asked_for_what_tables_refuse() -> None:
    found = _foreign(
        _STATION.replace("station", "raw").format(kind="REAL")
        + (_ROW.format(level="'ST'", day="2021-01-04") * 2).replace("station", "raw")
        + ";CREATE VIEW station AS SELECT *, -1 AS more FROM raw"
    )
    assert [(finding.rule, finding.count) for finding in found if finding.rule != "no_column"] == [("twice", 2)]


def test_a_view_that_fails_is_no_table() -> None:
    found = _foreign("CREATE TABLE raw (id TEXT);CREATE VIEW station AS SELECT id FROM raw;DROP TABLE raw")
    assert found == []
