"""Settings: what the environment says, read once into one frozen value, all faults reported together.

SETTINGS is the only list of them: reading, the table in README and its test all follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from os import environ
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from data_access.errors import RendaError
from data_access.text import Text

ROOT = Path(__file__).resolve().parents[1]
DATABASES = ("sqlite", "postgresql", "postgres", "mysql", "mariadb")
LOG_LEVELS = ("debug", "info", "warning", "error")
LARGEST_PICTURE = 4 * 2**20  # bytes; every exported map carries it
SECRET = ("DATABASE_URL", "IMPORT_DATABASE_URL", "IMPORT_CODE")
SHORTEST_CODE = 8
NO_CODE = Text(
    f"设置了 IMPORT_DATABASE_URL，也必须设置 IMPORT_CODE（导入口令，至少 {SHORTEST_CODE} 个字符）。",
    f"With IMPORT_DATABASE_URL set, IMPORT_CODE (the code of the import page, at least {SHORTEST_CODE} characters) "
    "must be set too.",
)


class SettingsError(RendaError):
    """One or more settings cannot be used; ``faults`` holds a sentence for each."""

    def __init__(self, faults: tuple[Text, ...]) -> None:
        self.faults = faults
        super().__init__(Text("\n".join(fault.zh for fault in faults), "\n".join(fault.en for fault in faults)))


class UnusableError(ValueError):
    """A parser's refusal: what the value must be, as the end of a sentence."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.must_be = Text(zh, en)


@dataclass(frozen=True)
class Setting:
    """One environment variable: ``parse`` turns its text into the value, or raises UnusableError."""

    name: str
    default: str
    parse: Callable[[str], object]
    help: Text

    @property
    def field(self) -> str:
        """Its name in Settings."""
        return self.name.lower()


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. Addresses of databases may hold a password; they and the code are never
    printed."""

    database_url: str = field(repr=False)
    import_database_url: str = field(repr=False)
    import_code: str = field(repr=False)
    host: str
    port: int
    public_url: str
    export_browser: str
    cache_seconds: int
    region: str
    log_level: str
    basemap_image: str
    basemap_bounds: tuple[float, ...]
    basemap_tiles: str
    basemap_approval: str

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Settings:
        """The settings of an environment; a variable that is missing or blank takes its default.

        Raises:
            SettingsError: At least one value cannot be used; every fault is in it, in the order of SETTINGS.
        """
        values: dict[str, object] = {}
        faults = []
        for setting in SETTINGS:
            text = environment.get(setting.name, "").strip() or setting.default
            try:
                values[setting.field] = setting.parse(text)
            except UnusableError as refusal:
                faults.append(_fault(setting, text, refusal))
        faults += _unfit(values)
        if faults:
            raise SettingsError(tuple(faults))
        values["public_url"] = values["public_url"] or f"http://{_reachable(str(values['host']))}:{values['port']}"
        return cls(**values)  # type: ignore[arg-type]  # the parsers give the types of the fields


@cache
def settings() -> Settings:
    """The settings of this process. Tests that change the environment call ``settings.cache_clear()``."""
    return Settings.from_env(environ)


def settings_table() -> str:
    """The table README holds between ``<!-- settings -->`` and ``<!-- /settings -->``: one row a setting."""
    rows = [f"| `{s.name}` | {f'`{s.default}`' if s.default else '—'} | {s.help.zh} | {s.help.en} |" for s in SETTINGS]
    return "\n".join(("| 环境变量 Variable | 默认 Default | 含义 | Meaning |", "| --- | --- | --- | --- |", *rows))


def _fault(setting: Setting, text: str, refusal: UnusableError) -> Text:
    # What is secret, or may hold a password, is named without its value.
    shown = "" if setting.name in SECRET else f"“{text[:60]}”"
    hidden = "this code" if setting.name == "IMPORT_CODE" else "this address"
    return Text(
        f"环境变量 {setting.name} 的值{shown}不能用：应为{refusal.must_be.zh}。",
        f"{setting.name} cannot be {shown or hidden}: it must be {refusal.must_be.en}.",
    )


def _unfit(values: Mapping[str, object]) -> list[Text]:
    """Settings that do not go together; those that cannot be used by themselves are not among the values."""
    if values.get("import_database_url") and values.get("import_code") == "":
        return [NO_CODE, *_unfit({**values, "import_database_url": ""})]
    image, bounds, tiles = (values.get(f"basemap_{name}") for name in ("image", "bounds", "tiles"))
    if image and tiles:
        return [Text("BASEMAP_IMAGE 和 BASEMAP_TILES 只能设一个。", "Set BASEMAP_IMAGE or BASEMAP_TILES, not both.")]
    if image and bounds == ():
        return [Text("设了 BASEMAP_IMAGE 就要设 BASEMAP_BOUNDS。", "BASEMAP_IMAGE needs BASEMAP_BOUNDS.")]
    return []


def _reachable(host: str) -> str:
    """The name a browser on this machine uses: an address for listening everywhere is none to visit."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    return f"[{shown}]" if ":" in shown and not shown.startswith("[") else shown


def _database(text: str) -> str:
    try:
        url = make_url(text)
    except ArgumentError as wrong:
        raise UnusableError(
            "数据库地址，如 sqlite:///var/renda.db", "a database address such as sqlite:///var/renda.db"
        ) from wrong
    if url.get_backend_name() not in DATABASES:
        raise UnusableError("SQLite、PostgreSQL 或 MariaDB 的地址", "the address of SQLite, PostgreSQL or MariaDB")
    return _sqlite(url) if url.get_backend_name() == "sqlite" else text


def _sqlite(url: URL) -> str:
    """A relative file lies under the project's folder, wherever the board is started from."""
    if not url.database or url.database == ":memory:":
        raise UnusableError("一个 SQLite 文件，不能是内存数据库", "an SQLite file, not a database in memory")
    if url.database.startswith("file:"):
        raise UnusableError("SQLite 文件的路径，不带 file:", "the path of an SQLite file, without file:")
    return url.set(database=str(ROOT / url.database)).render_as_string(hide_password=False)


def _import_database(text: str) -> str:
    """Empty where nothing can be imported from the board."""
    return _database(text) if text else ""


def _import_code(text: str) -> str:
    if text and len(text) < SHORTEST_CODE:
        raise UnusableError(f"至少 {SHORTEST_CODE} 个字符", f"at least {SHORTEST_CODE} characters long")
    return text


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and low <= int(text[:12]) <= high):
            raise UnusableError(f"{low} 到 {high} 之间的整数", f"a whole number from {low} to {high}")
        return int(text)

    return parse


def _host(text: str) -> str:
    if any(sign in text for sign in "/ @"):
        raise UnusableError("一个网络地址，如 127.0.0.1", "a network address such as 127.0.0.1")
    return text


def _public_url(text: str) -> str:
    """Kept without a closing slash; empty when the board is visited where it listens."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise UnusableError(
            "不带路径的网址，如 https://board.example", "a web address without a path, such as https://board.example"
        )
    return text.rstrip("/")


def _region(text: str) -> str:
    if text and not (text.isascii() and text.isdecimal() and 2 <= len(text) <= 12):
        raise UnusableError("2 至 12 位数字的区划代码", "a region code of 2 to 12 digits")
    return text


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise UnusableError(f"{'、'.join(LOG_LEVELS)} 之一", f"one of {', '.join(LOG_LEVELS)}")
    return text.lower()


def _picture(text: str) -> str:
    """A PNG or JPEG small enough to be written into every exported map."""
    if not text:
        return ""
    path = ROOT / text
    marks = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
    mark = marks.get(path.suffix.lower())
    if mark is None or not path.is_file() or path.stat().st_size > LARGEST_PICTURE:
        raise UnusableError("一个不超过4MB的 PNG 或 JPEG 文件", "a PNG or JPEG file of at most 4 MB")
    with path.open("rb") as file:
        if file.read(len(mark)) != mark:
            raise UnusableError("真正的 PNG 或 JPEG 图片", "really a PNG or JPEG picture")
    return str(path)


def _bounds(text: str) -> tuple[float, ...]:
    if not text:
        return ()
    try:
        west, south, east, north = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        west = south = east = north = 0.0
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        raise UnusableError(
            "西、南、东、北四个经纬度，如 109.8,29.8,110.3,30.2",
            "west, south, east, north such as 109.8,29.8,110.3,30.2",
        )
    return (west, south, east, north)


def _tiles(text: str) -> str:
    """A folder of tiles, or the address of the office's own server with places for z, x and y."""
    if not text:
        return ""
    if text.startswith(("http://", "https://")):
        parts = urlsplit(text)
        if not parts.hostname or parts.username or not all(f"{{{part}}}" in text for part in "zxy"):
            raise UnusableError(
                "含 {z}、{x}、{y} 的本单位瓦片地址", "an address of the office's own server with {z}, {x} and {y}"
            )
        return text
    if not (ROOT / text).is_dir():
        raise UnusableError("存放 z/x/y.png 的目录，或本单位瓦片地址", "a folder of z/x/y.png, or the address of tiles")
    return str(ROOT / text)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "sqlite:///var/renda.db",
        _database,
        Text(
            "共享数据库的地址（SQLite、PostgreSQL 或 MariaDB），只读打开；相对路径从项目目录算起",
            "Address of the shared database (SQLite, PostgreSQL or MariaDB), opened read-only; "
            "a relative path starts at the project's folder",
        ),
    ),
    Setting(
        "IMPORT_DATABASE_URL",
        "",
        _import_database,
        Text(
            "同一数据库的可写地址，供“数据导入”页使用；不设则页面只读，用命令行导入",
            "Address of the same database with the right to write, for the page Data import; "
            "when not set, imports are made by command line",
        ),
    ),
    Setting(
        "IMPORT_CODE",
        "",
        _import_code,
        Text(
            "“数据导入”页的口令，至少 8 个字符；设了上一项就必须设",
            "The code of the page Data import, at least 8 characters; must be set with the setting above",
        ),
    ),
    Setting(
        "HOST",
        "127.0.0.1",
        _host,
        Text("监听地址；只有反向代理之后才改", "Address to listen on; change it only behind a reverse proxy"),
    ),
    Setting("PORT", "8501", _whole(1, 65535), Text("监听端口", "Port to listen on")),
    Setting(
        "PUBLIC_URL",
        "",
        _public_url,
        Text(
            "读者访问的网址，写进导出文件里的链接；不设则为 HOST 和 PORT",
            "Web address readers use, written into the links of exported files; HOST and PORT when not set",
        ),
    ),
    Setting(
        "EXPORT_BROWSER",
        "",
        str,
        Text(
            "画图用的浏览器程序的路径；不设则自动寻找 chromium-headless-shell 或 chromium",
            "Path of the browser that draws pictures; chromium-headless-shell or chromium is looked for when not set",
        ),
    ),
    Setting(
        "CACHE_SECONDS",
        "300",
        _whole(0, 86400),
        Text("查询结果保留的秒数，0 为不保留", "Seconds that answers of the database are kept; 0 keeps none"),
    ),
    Setting(
        "REGION",
        "",
        _region,
        Text(
            "只看某个区划代码开头的数据；不设则为 rule_config 中的本级",
            "Show only regions whose code begins so; the district of rule_config when not set",
        ),
    ),
    Setting(
        "LOG_LEVEL",
        "info",
        _log_level,
        Text("日志的详细程度：debug、info、warning、error", "How much is logged: debug, info, warning or error"),
    ),
    Setting(
        "BASEMAP_IMAGE",
        "",
        _picture,
        Text(
            "底图：一张扫描图（PNG、JPEG，不超过4MB）；不设则无底图",
            "Base map: one scanned picture of at most 4 MB; none when not set",
        ),
    ),
    Setting(
        "BASEMAP_BOUNDS",
        "",
        _bounds,
        Text(
            "扫描图的西、南、东、北（CGCS2000 经纬度）",
            "West, south, east and north of the picture, in CGCS2000 degrees",
        ),
    ),
    Setting(
        "BASEMAP_TILES",
        "",
        _tiles,
        Text(
            "底图瓦片：本机目录（z/x/y.png）或本单位瓦片地址（含 {z}、{x}、{y}），CGCS2000；只用于可移动的地图",
            "Tiles: a folder (z/x/y.png) or the office's own server ({z}, {x}, {y}), CGCS2000; movable map only",
        ),
    ),
    Setting(
        "BASEMAP_APPROVAL",
        "",
        str,
        Text("底图的审图号，印在地图下", "Approval number of the base map, printed below maps"),
    ),
)
