"""Whether pictures can be made here, found out before anybody asks for one."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import typst

from dashboard.exports.report import Format
from dashboard.settings import settings
from data_access.errors import ExportProblem
from data_access.text import Text

# Any of these has simplified Chinese letter forms; without one, letters come out as empty boxes and nobody is told.
FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
HEADLESS = "/usr/lib/chromium/chromium-headless-shell"
COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FRESH_SECONDS = 60

NO_BROWSER = Text(
    "服务器上没有能用的绘图浏览器，图表暂时不能做成图片；XLSX 和 CSV 不受影响。"
    "请管理员安装 chromium-headless-shell，或用 EXPORT_BROWSER 指明它的位置。（EXP-01）",
    "The server has no working browser to draw charts with; XLSX and CSV are not affected. "
    "Ask the administrator to install chromium-headless-shell or to name one in EXPORT_BROWSER. (EXP-01)",
)
NO_FONT = Text(
    "服务器上没有中文字体，做出的图片会是空白方框，因此不生成；XLSX 和 CSV 不受影响。"
    "请管理员安装 fonts-noto-cjk。（EXP-02）",
    "The server has no Chinese font, so a picture would show empty boxes and none is made; XLSX and CSV are not "
    "affected. Ask the administrator to install fonts-noto-cjk. (EXP-02)",
)


@dataclass(frozen=True)
class Readiness:
    """What there is to draw with. ``browser`` is the program's path; ``faults`` say what is missing."""

    browser: str | None
    fonts: bool
    faults: tuple[Text, ...] = ()


def ready() -> Readiness:
    """What there is to draw with, looked up at most once a minute."""
    return _ready(int(time.monotonic() // FRESH_SECONDS))


@functools.lru_cache(maxsize=1)
def _ready(_minute: int) -> Readiness:
    found, has_fonts = browser(), _has_fonts()
    faults = (*(() if found else (NO_BROWSER,)), *(() if has_fonts else (NO_FONT,)))
    return Readiness(found, has_fonts, faults)


def forget() -> None:
    """Look again at the next question, after something was installed or set."""
    _ready.cache_clear()
    fonts.cache_clear()


def unavailable(form: Format, *, needs_browser: bool) -> Text | None:
    """Why a file cannot be made now, or None. ``needs_browser``: there are charts in it."""
    if not form.needs_pictures:
        return None
    now = ready()
    if not now.fonts:
        return NO_FONT
    return NO_BROWSER if needs_browser and now.browser is None else None


def browser() -> str | None:
    """What draws charts: the one EXPORT_BROWSER or BROWSER_PATH names and no other, else the first found."""
    named = settings().export_browser or os.environ.get("BROWSER_PATH", "").strip()
    candidates = (named,) if named else (HEADLESS, *(shutil.which(command) for command in COMMANDS))
    return next((path for path in candidates if path and _is_browser(path)), None)


def _is_browser(path: str) -> bool:
    try:
        return _version(path, Path(path).stat().st_mtime) != ""
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


@functools.lru_cache(maxsize=8)
def _version(path: str, _changed: float) -> str:
    """What the program says of itself; only good answers are remembered.

    Raises:
        ValueError: It is no browser.
    """
    said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=False)
    if said.returncode or not re.search(r"chrom|edge", said.stdout, re.IGNORECASE):
        raise ValueError(path)
    return said.stdout.strip()


@functools.cache
def fonts() -> tuple[typst.Fonts, str]:
    """The fonts of this machine, and the Chinese family to write with.

    Raises:
        ExportProblem: EXP-02, there is none; the next call looks again.
    """
    found = typst.Fonts()
    families = set(found.families())
    family = next((name for name in FAMILIES if name in families), None)
    if family is None:
        raise ExportProblem("EXP-02", NO_FONT)
    return found, family


def _has_fonts() -> bool:
    try:
        fonts()
    except ExportProblem:
        return False
    return True
