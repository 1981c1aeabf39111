"""The board's commands: ``python -m dashboard serve``, ``settings``, ``briefing`` and ``needs``."""

from __future__ import annotations

import argparse
import errno
import logging
import socket
import sys
from collections.abc import Sequence

import uvicorn

from dashboard.settings import Settings, SettingsError, settings, settings_table
from data_access.text import Text

READY = Text("人大工作通览已就绪：{url} （按 Ctrl+C 停止）", "Renda Overview is ready at {url} (Ctrl+C stops it)")
REFUSED = {
    errno.EADDRINUSE: Text(
        "端口 {port} 已被其他程序占用；请停止它，或换一个端口：make run PORT=8502。",
        "Port {port} is taken by another program; stop that, or choose another port: make run PORT=8502.",
    ),
    errno.EACCES: Text(
        "没有权限使用端口 {port}；请换一个 1024 以上的端口。",
        "Port {port} needs more rights; choose one above 1024.",
    ),
    errno.EADDRNOTAVAIL: Text(
        "本机没有 HOST 所写的地址 {host}；请改用 127.0.0.1。",
        "This machine has no address {host}, as HOST says; use 127.0.0.1.",
    ),
}


class Server(uvicorn.Server):
    """Says where the board is once it answers."""

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self.url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts listening; says nothing when the application did not start."""
        await super().startup(sockets)
        if self.started:
            _say(READY, url=self.url)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    parser.add_argument(
        "command",
        choices=["serve", "settings", "briefing", "needs"],
        help="serve the board, print README's table, write the briefing as a file (briefing --help), "
        "or print what each exhibit looks at in the database (data_access/needs.csv)",
    )
    given = list(sys.argv[1:] if arguments is None else arguments)
    asked = parser.parse_args(given[:1])
    try:
        if asked.command == "briefing":
            from dashboard.briefing.command import main as write_briefing  # it reads in every metric and page

            return write_briefing(given[1:])
        parser.parse_args(given)
        if asked.command == "settings":
            print(settings_table())
            return 0
        if asked.command == "needs":
            from dashboard.needs import print_needs  # it reads in every page

            print_needs()
            return 0
        return serve(settings())
    except SettingsError as wrong:
        for fault in wrong.faults:
            _say(fault)
        return 2


def serve(chosen: Settings) -> int:
    """Serves until stopped. One process: files offered to a reader live in the memory of the one that made them."""
    logging.basicConfig(level=chosen.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        listening = listening_on(chosen.host, chosen.port)
    except OSError as wrong:
        sentence = REFUSED.get(wrong.errno or 0, Text("无法监听 {host}:{port}。", "Cannot listen on {host}:{port}."))
        _say(sentence, host=chosen.host, port=chosen.port)
        return 1
    # Imported only now: a port in use is said at once, and Streamlit finds its settings beside the app it is given.
    from dashboard.asgi import app, largest_message

    config = uvicorn.Config(
        app,
        log_config=None,
        log_level=chosen.log_level if chosen.log_level != "info" else "warning",
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=largest_message(),
        ws_ping_interval=30,
        ws_ping_timeout=30,
        ws_per_message_deflate=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    server = Server(config, chosen.public_url)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return 0
    return 0 if server.started else 3


def listening_on(host: str, port: int) -> socket.socket:
    """A socket that holds the port, taken before anything slow is imported: a port in use is said at once.

    Raises:
        OSError: The port is taken, or the host is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol must be named: only then does asyncio send small messages at once, 40 ms sooner.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.set_inheritable(True)
    except OSError:
        listening.close()
        raise
    return listening


def _say(sentence: Text, **values: object) -> None:
    print(sentence("zh", **values), sentence("en", **values), sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
