"""The command that serves: what it says when it cannot, and that small messages leave at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from dashboard.__main__ import listening_on, main
from dashboard.settings import ROOT, settings_table


def serve(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard", "serve"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_port_in_use_is_a_sentence_and_not_a_stack() -> None:
    with listening_on("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        ended = serve(PORT=str(port))
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        f"端口 {port} 已被其他程序占用；请停止它，或换一个端口：make run PORT=8502。",
        f"Port {port} is taken by another program; stop that, or choose another port: make run PORT=8502.",
    ]


def test_an_address_of_another_machine_is_a_sentence() -> None:
    ended = serve(HOST="192.0.2.1")
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[1] == "This machine has no address 192.0.2.1, as HOST says; use 127.0.0.1."


def test_every_bad_setting_is_named_before_anything_starts() -> None:
    ended = serve(PORT="x", CACHE_SECONDS="y")
    assert ended.returncode == 2
    assert [row for row in ended.stderr.splitlines() if row.isascii() or "cannot" in row] == [
        "PORT cannot be “x”: it must be a whole number from 1 to 65535.",
        "CACHE_SECONDS cannot be “y”: it must be a whole number from 0 to 86400.",
    ]


def test_small_messages_are_sent_without_waiting_for_more() -> None:
    """asyncio turns the delay off only on sockets that name their protocol."""
    with listening_on("127.0.0.1", 0) as made:
        assert made.proto == socket.IPPROTO_TCP


def test_the_settings_command_prints_the_table_of_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    assert capsys.readouterr().out.strip() == settings_table()
