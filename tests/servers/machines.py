"""Throw-away PostgreSQL and MariaDB servers from Debian's packages, on free ports of 127.0.0.1.

``shared`` gives one server to every worker of a test run. It is looked after by a process of its own, which waits for
a lock that each worker holds: the system lets go of it even for a worker that was killed, so no server is left behind.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("postgresql", "mariadb")
PACKAGES = {"postgresql": "postgresql", "mariadb": "mariadb-server-core"}
START_SECONDS = 90
SEARCHED = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes that must be free in memory, far more than the servers need

# What makes a server fast that may lose everything when the machine stops.
POSTGRESQL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
MARIADB = (
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=16M",
    "--innodb-flush-log-at-trx-commit=0",
    "--skip-innodb-doublewrite",
    "--innodb-flush-method=nosync",
    "--skip-log-bin",
    # What Debian sets; the tables must not depend on it.
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_general_ci",
)


def program(kind: str) -> str | None:
    """The server's program, or None where its package is not installed."""
    if kind == "mariadb":
        return shutil.which("mariadbd", path=SEARCHED)
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return str(newest[-1]) if newest else shutil.which("postgres", path=SEARCHED)


class Server:
    """One server with its own folder and port; its superuser is ``renda``, with any password."""

    def __init__(self, kind: str, folder: Path, port: int) -> None:
        self.kind, self.folder, self.port = kind, folder, port
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: str, user: str = "renda", password: str = "renda") -> str:
        """The address of one of its databases."""
        made = URL.create(self.kind, user, password, "127.0.0.1", self.port, database)
        return made.render_as_string(hide_password=False)

    def run(self, *statements: str, database: str = "") -> None:
        """Statements of the superuser, each by itself."""
        name = database or {"postgresql": "postgres", "mariadb": "mysql"}[self.kind]
        driver = {"postgresql": "postgresql+psycopg", "mariadb": "mariadb+pymysql"}[self.kind]
        address = self.url(name).replace(self.kind, driver, 1)
        engine = create_engine(address, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 5})
        try:
            with engine.connect() as connection:
                for statement in statements:
                    connection.execute(text(statement))
        finally:
            engine.dispose()

    def create(self, database: str) -> str:
        """A new empty database; gives its address."""
        self.run(f"CREATE DATABASE {database}")
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self.run(f"DROP DATABASE {database}" + (" WITH (FORCE)" if self.kind == "postgresql" else ""))

    def prepare(self) -> None:
        """Make the folder's contents: an empty server that trusts whoever asks from this machine."""
        if self.kind == "postgresql":
            # Sorted as people do, so that whoever relies on the database's own order is found out.
            order = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh")
            initdb = Path(str(program(self.kind))).with_name("initdb")
            self._finish(str(initdb), "-D", str(self.data), "-U", "renda", "--auth=trust", "--no-sync", *order)
            return
        made = ("--auth-root-authentication-method=normal", "--skip-test-db", f"--datadir={self.data}")
        self._finish(str(shutil.which("mariadb-install-db", path=SEARCHED)), "--no-defaults", *made, *self._user)
        first = self.folder / "first.sql"
        first.write_text(
            "CREATE USER renda@'127.0.0.1' IDENTIFIED BY 'renda';\n"
            "GRANT ALL ON *.* TO renda@'127.0.0.1' WITH GRANT OPTION;\n"
        )

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self._command(), stdout=log, stderr=log, **self._as_user())
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.run("SELECT 1")
                return
            except SQLAlchemyError:
                time.sleep(0.1)
        self.stop(signal.SIGKILL)
        raise RuntimeError(f"{self.kind} did not start:\n{(self.folder / 'log').read_text(errors='replace')[-3000:]}")

    def stop(self, how: signal.Signals | None = None) -> None:
        """End it, with everybody's connections: at once with SIGKILL, otherwise as an administrator would."""
        if self.process is not None:
            self.process.send_signal(how or (signal.SIGINT if self.kind == "postgresql" else signal.SIGTERM))
            self.process.wait(timeout=60)
            self.process = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def _user(self) -> tuple[str, ...]:
        return ("--user=root",) if self.kind == "mariadb" and os.geteuid() == 0 else ()

    def _command(self) -> list[str]:
        name = str(program(self.kind))
        if self.kind == "postgresql":
            settings = [part for name, value in POSTGRESQL.items() for part in ("-c", f"{name}={value}")]
            return [name, "-D", str(self.data), "-p", str(self.port), *settings]
        own = [f"--datadir={self.data}", f"--port={self.port}", f"--socket={self.folder / 'socket'}"]
        first = [f"--init-file={self.folder / 'first.sql'}"] if not (self.folder / "log").stat().st_size else []
        return [name, "--no-defaults", *own, *first, *self._user, *MARIADB]

    def _as_user(self) -> dict[str, str]:
        # PostgreSQL refuses to be run by root.
        return {"user": "postgres", "group": "postgres"} if self.kind == "postgresql" and os.geteuid() == 0 else {}

    def _finish(self, *command: str) -> None:
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **self._as_user())
        if done.returncode:
            raise RuntimeError(f"{command[0]}:\n{done.stdout}\n{done.stderr}")


@contextmanager
def own(kind: str) -> Iterator[Server]:
    """A server for the block alone."""
    # Not below pytest's folder, which only its owner may enter and whose name is too long for a socket.
    # In memory where there is room: MariaDB waits for the disk at every table it makes, whatever it is told.
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix=f"renda-{kind}-", dir=MEMORY if has_room else None))
    try:
        if kind == "postgresql" and os.geteuid() == 0:
            who = pwd.getpwnam("postgres")
            os.chown(folder, who.pw_uid, who.pw_gid)
        server = Server(kind, folder, free_port())
        server.prepare()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def shared(kind: str, folder: Path) -> Iterator[Server]:
    """The server of this test run: the first who asks starts it, and it ends when nobody holds it any more."""
    users, ready = folder / f"{kind}.users", folder / f"{kind}.ready"
    keeper = None
    with users.open("w") as held:
        with (folder / f"{kind}.starting").open("w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            fcntl.flock(held, fcntl.LOCK_SH)
            if not ready.exists():
                keeper = _keeper(kind, folder, ready)
            where, port = ready.read_text().split("\n")
        yield Server(kind, Path(where), int(port))
    if keeper is not None:
        keeper.wait()


def free_port() -> int:
    """A port of this machine that nobody uses at the moment."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _keeper(kind: str, folder: Path, ready: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.servers.machines", kind, str(folder)]
    with (folder / f"{kind}.log").open("w") as log:
        # In a session of its own: what ends a whole test run at once must leave it to tidy up.
        keeper = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    until = time.monotonic() + START_SECONDS
    while not ready.exists():
        if keeper.poll() is not None or time.monotonic() > until:
            raise RuntimeError((folder / f"{kind}.log").read_text())
        time.sleep(0.05)
    return keeper


def _look_after(kind: str, folder: Path) -> None:
    """Start a server, say where it is, and end it when the last user has let go."""
    # An interrupted test run must not take the server from under workers that still clean up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ready = folder / f"{kind}.ready"
    with own(kind) as server, (folder / f"{kind}.users").open("w") as held:
        unfinished = ready.with_suffix(".new")
        unfinished.write_text(f"{server.folder}\n{server.port}")
        unfinished.rename(ready)
        fcntl.flock(held, fcntl.LOCK_EX)
        ready.unlink()


if __name__ == "__main__":
    _look_after(sys.argv[1], Path(sys.argv[2]))
