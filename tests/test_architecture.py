"""What holds for the house as a whole and no single test would notice."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("dashboard", "pages", "data_access", "sample_data")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
MADE = {".git", ".venv", "var", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".import_linter_cache"}
OWN_TEXT = sorted(
    path
    for pattern in ("*.py", "*.toml", "*.md", "*.js", "*.css", "*.typ", "Makefile", ".ci/run")
    for path in ROOT.rglob(pattern)
    if not path.name.endswith(".min.js") and not MADE & set(path.relative_to(ROOT).parts)
)
LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-test.txt")
NAMESPACES = ("www.w3.org", "schemas.openxmlformats.org")  # names of formats, never visited
HERE = r"127\.0\.0\.1|localhost|\[?::1|0\.0\.0\.0"


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(pattern: str, paths: list[Path]) -> Iterator[str]:
    """Where a pattern stands, as file:line, in every file but this one."""
    sought = re.compile(pattern)
    for path in paths:
        if path != Path(__file__):
            yield from (
                f"{name(path)}:{n} {row}" for n, row in enumerate(text(path).splitlines(), 1) if sought.search(row)
            )


def test_no_module_of_the_dashboard_bears_the_name_of_a_standard_module() -> None:
    """Streamlit puts the folder of app.py first on the path, where such a module would hide the standard one."""
    assert not {path.stem for path in (ROOT / "dashboard").iterdir()} & (sys.stdlib_module_names - {"__main__"})


def test_a_page_fits_on_two_screens_and_a_module_in_the_head() -> None:
    # A revision of the tables is a record of the past, as long as they are.
    read = [path for path in MODULES if path.parent.name != "versions"]
    limits = {path: 80 if path.parent == ROOT / "pages" else 400 for path in read}
    assert [f"{name(p)}: {len(text(p).splitlines())}" for p in read if len(text(p).splitlines()) >= limits[p]] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name(path) for path in MODULES if text(path) and not ast.get_docstring(tree(path))] == []


def test_only_the_page_catches_everything() -> None:
    """A broad except anywhere else would turn a failure into an empty chart."""
    broad = {None, "Exception", "BaseException"}
    found = [
        f"{name(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and broad & set(_caught(node))
        if path != ROOT / "dashboard/page.py"
    ]
    assert found == []


def test_no_query_asks_for_today() -> None:
    """The as-of day comes with the context, or the same address would show another figure tomorrow."""
    rooms = [path for path in MODULES if path.parent.name in ("rows", "metrics", "lists") or path.stem == "measure"]
    assert list(lines(r"\.today\(|\.now\(|\butcnow\(|current_date|func\.now", rooms)) == []


def test_no_map_asks_for_a_background() -> None:
    """Any value of that argument, even none, makes pydeck fetch a map from the internet."""
    assert list(lines(r"map_style\s*=", MODULES)) == []


def test_nothing_names_another_host() -> None:
    allowed = rf"{HERE}|\{{|[\w.@-]+\.example\b|{'|'.join(map(re.escape, NAMESPACES))}"
    assert list(lines(rf"https?://(?!{allowed})[^/\s\"']*\w\.\w", OWN_TEXT)) == []


def test_nothing_names_a_path_of_one_machine() -> None:
    assert list(lines(r"(?<![\w.*{}/])/(?:work|tmp|root|home|Users)/\w", OWN_TEXT)) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_and_hashes_every_package_and_names_no_index(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z])", text(lock).partition("\n#    make lock\n")[2])
    assert len(entries) > 40
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+.*\n? +--hash=sha256:", entry)] == []
    assert "://" not in text(lock)


def test_streamlit_is_pinned_to_the_version_whose_hidden_options_were_checked() -> None:
    assert re.search(r"^streamlit==1\.67\.\d+ ", text(LOCKS[0]), re.MULTILINE)


def test_both_locks_hold_the_same_version_of_what_the_board_runs_on() -> None:
    board, tests = ({row for row in text(lock).splitlines() if re.match(r"\w", row)} for lock in LOCKS)
    assert board <= tests


def _caught(handler: ast.ExceptHandler) -> list[str | None]:
    """The names of the exceptions a handler takes; None for a bare ``except:``."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return [kind.id if isinstance(kind, ast.Name) else None if kind is None else ast.unparse(kind) for kind in kinds]
