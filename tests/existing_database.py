"""The vendor's database of ``docs/existing_database/``, made from the very files the guide tells to run.

``FIGURES`` is what its rows say of 2025, counted by hand. Of twelve items of the year (the deleted one is none) -007 is
a bill and -010 was withdrawn: ten suggestions. Of these -011 is beyond the district's powers: nine are due. -005 and
-006 have no reply; -006 was assigned in October. -002 came after 5 June, -003 was extended, -012 came on the last day.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import psycopg
import pymysql
from pymysql.constants import CLIENT

from data_access.context import Context, Filters, Scope
from data_access.engine import reading_once
from data_access.measure import measure
from data_access.metrics import METRICS
from data_access.rules import load_rules
from data_access.tables import TABLES
from tests.servers.machines import Server

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "existing_database"
VIEWS = ("region", "term", "org_unit", "deputy", "proposal", "proposal_handler", "proposal_reply", "rule_config")
LACKING = tuple(name for name in TABLES if name not in VIEWS)
RESTING = ("leadership", "supervision", "decisions", "personnel", "stations")  # pages with nothing to show

# Metric: its value, or what is counted and what it is divided by.
FIGURES: dict[str, int | tuple[int, int]] = {
    "P01": 10,
    "P02": 1,
    "P03": 9,
    "P04": (7, 9),
    "P05": (6, 8),  # not -002; -005 is late, -006 not yet
    "P06": 1,
    "P08": (5, 9),  # -001, -004, -009, -012 and, at the second reply, -003
    "P11": (4, 6),  # -001, -003 at last, -004, -012; -009 was not rated
    "P12": (6, 6),
    "P13": (6, 7),
    "P14": 1,
    "P21c": 3,  # two units help with -004, one with -008
    "L15.serving.d": 6,
    "L15.d": 2,
    "L15.t": 7,
    "L14.female": (2, 6),
}


def on_sqlite(path: Path) -> str:
    """The address of the vendor's file with the views in it."""
    with sqlite3.connect(path) as connection:
        for name in ("vendor.sql", "views_sqlite.sql"):
            connection.executescript(written(name))
    connection.close()
    return f"sqlite:///{path}"


def on_server(server: Server) -> str:
    """The address the guide gives the board on a server: the views alone, by the role that only reads."""
    server.create("dbjy")
    run(server, "vendor.sql", f"views_{server.kind}.sql", f"roles_{server.kind}.sql")
    return server.url({"postgresql": "dbjy", "mariadb": "renda_views"}[server.kind], "renda_board", "change-me")


def run(server: Server, *names: str) -> None:
    """Files of the guide, by the owner of the vendor's database."""
    for name in names:
        _RUN[server.kind](server, written(name))


def figures(url: str) -> dict[str, int | tuple[int, int]]:
    """The metrics of ``FIGURES`` for 2025 as a database has them."""
    scope, filters = Scope(("990103",)), Filters((2025, 2025))
    with reading_once(url) as connection:
        context = Context(scope, filters, date(2025, 11, 10), load_rules(connection))
        (row,) = measure(connection, [METRICS[key] for key in FIGURES], context).to_dict("records")
    return {
        key: (int(row[f"{key}.k"]), int(row[f"{key}.n"])) if f"{key}.n" in row else int(row[key]) for key in FIGURES
    }


def written(name: str) -> str:
    """A file of the guide."""
    return (FOLDER / name).read_text(encoding="utf-8")


def _postgresql(server: Server, statements: str) -> None:
    with psycopg.connect(server.url("dbjy"), autocommit=True) as connection:
        connection.execute(statements.encode())


def _mariadb(server: Server, statements: str) -> None:
    address = {"host": "127.0.0.1", "port": server.port, "user": "renda", "password": "renda", "database": "dbjy"}
    connection = pymysql.connect(**address, charset="utf8mb4", autocommit=True, client_flag=CLIENT.MULTI_STATEMENTS)
    with connection, connection.cursor() as cursor:
        cursor.execute(statements)
        while cursor.nextset():
            pass


_RUN = {"postgresql": _postgresql, "mariadb": _mariadb}
