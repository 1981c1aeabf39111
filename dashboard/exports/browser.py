"""The browser that draws charts: kaleido's, shut off from every network and given a folder of its own."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import Any

PREFIX = "renda-pictures-"
SHUT = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--no-pings",
    "--disable-default-apps",
)
# Scripts of the page itself run; pictures come from the figure alone, and nothing else is fetched.
POLICY = (
    "default-src 'none'; script-src file: 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; worker-src blob:"
)


def kaleido_browser(path: str, folder: Path) -> Any:
    """A browser not yet opened, with one tab and no time limits of its own; ``folder`` holds everything it writes."""
    import kaleido
    from choreographer.browsers import Chromium

    # It warns of every browser that ends, also of those the worker ends on purpose; the worker reports the others.
    logging.getLogger("choreographer").setLevel(logging.ERROR)

    class Shut(Chromium):
        """Chromium without a network."""

        def get_cli(self) -> Sequence[str]:
            return [*super().get_cli(), *SHUT]

        def get_env(self) -> MutableMapping[str, str]:
            return {**super().get_env(), "TMPDIR": str(folder)}

    return kaleido.Kaleido(
        n=1, timeout=None, page_generator=_page(folder), path=path, browser_cls=Shut, tmp_dir=str(folder)
    )


def _page(folder: Path) -> str:
    """The page that draws, without the formula library that kaleido would fetch from a public host."""
    from kaleido import PageGenerator

    file = folder / "draw.html"
    page = PageGenerator(mathjax=False).generate_index()
    guarded = page.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">', 1)
    file.write_text(guarded, encoding="utf-8")
    return str(file)


def own_folder() -> Path:
    """A new private folder; those of processes that ended without clearing theirs are removed first."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not _is_running(left.name.removeprefix(PREFIX).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
