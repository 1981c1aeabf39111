"""A wrong address of a server is one sentence that names the setting and the part at fault, never a secret."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from sqlalchemy import text

from data_access.__main__ import main
from data_access.engine import reading_once
from data_access.errors import DatabaseMissing
from tests.servers.machines import KINDS, Server, free_port, own, program

PASSWORD = "密码@一/二%三"


@pytest.fixture(scope="module", params=KINDS)
def strict(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that asks ``clerk`` for the password; the superuser needs none."""
    kind = str(request.param)
    if program(kind) is None:
        pytest.skip(f"{kind} is not installed.")
    with own(kind) as server:
        server.create("renda")
        if kind == "postgresql":
            rules = server.data / "pg_hba.conf"
            rules.write_text("host all clerk 127.0.0.1/32 scram-sha-256\n" + rules.read_text())
            server.run(f"CREATE ROLE clerk LOGIN PASSWORD '{PASSWORD}'", "SELECT pg_reload_conf()")
        else:
            server.run(f"CREATE USER clerk@'%' IDENTIFIED BY '{PASSWORD}'", "GRANT SELECT ON renda.* TO clerk@'%'")
        yield server


@pytest.mark.parametrize("written", [quote(PASSWORD, safe=""), "密码%40一%2F二%25三"])
def test_a_password_may_hold_chinese_characters_and_signs(strict: Server, written: str) -> None:
    with reading_once(f"{strict.kind}://clerk:{written}@127.0.0.1:{strict.port}/renda") as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


@pytest.mark.parametrize(
    ("user", "host", "database", "zh", "en"),
    [
        (
            "clerk:不对的口令",
            "127.0.0.1:{port}",
            "renda",
            "不接受设置 DATABASE_URL 中的用户名或口令",
            "does not accept",
        ),
        (
            "nobody:不对的口令",
            "127.0.0.1:{port}",
            "renda",
            "不接受设置 DATABASE_URL 中的用户名或口令",
            "does not accept",
        ),
        ("renda:renda", "127.0.0.1:{port}", "nosuch", "检查设置 DATABASE_URL 中的库名", "Check the database name"),
        ("renda:renda", "nosuch.invalid", "renda", "检查设置 DATABASE_URL 中的主机名", "Check the host name"),
        ("renda:renda", "127.0.0.1:{free}", "renda", "确认数据库服务已启动", "the server is running"),
        ("clerk:不对@的口令", "127.0.0.1:{port}", "renda", "@，要写成 %40", "must be written %40"),
    ],
    ids=["password", "user", "database", "host", "port", "at sign"],
)
def test_the_part_at_fault_is_named(
    strict: Server, user: str, host: str, database: str, zh: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"{strict.kind}://{user}@{host.format(port=strict.port, free=free_port())}/{database}"
    with pytest.raises(DatabaseMissing) as missing, reading_once(url):
        pass
    assert zh in missing.value.say("zh") and en in missing.value.say("en")
    for lang in ("zh", "en"):
        said = missing.value.say(lang)
        assert "DATABASE_URL" in said and "口令@" not in said and "不对" not in said and "clerk" not in said
    assert main(["check", "--database-url", url]) == 3
    assert capsys.readouterr().err == missing.value.say("zh") + "\n"
