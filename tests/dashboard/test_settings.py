"""Settings: defaults, faults all at once, and the two other places that repeat them."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from sqlalchemy import make_url

from dashboard import theme
from dashboard.settings import ROOT, SETTINGS, Settings, SettingsError, settings_table

CONFIG = tomllib.loads((ROOT / "dashboard/.streamlit/config.toml").read_text(encoding="utf-8"))


def fault(**environment: str) -> str:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(environment)
    return refused.value.say("en")


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_env({}) == Settings(
        database_url=f"sqlite:///{ROOT / 'var/renda.db'}",
        import_database_url="",
        import_code="",
        host="127.0.0.1",
        port=8501,
        public_url="http://127.0.0.1:8501",
        export_browser="",
        cache_seconds=300,
        region="",
        log_level="info",
        basemap_image="",
        basemap_bounds=(),
        basemap_tiles="",
        basemap_approval="",
    )


def test_a_blank_variable_is_one_that_is_not_set() -> None:
    assert Settings.from_env({"PORT": "", "REGION": "  ", "DATABASE_URL": " "}) == Settings.from_env({})


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings.from_env({}).port = 1  # type: ignore[misc]


def test_every_setting_is_a_field_and_every_field_a_setting() -> None:
    assert {setting.field for setting in SETTINGS} == {field.name for field in fields(Settings)}


def test_all_faults_are_reported_together_in_both_languages() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({"PORT": "80a", "CACHE_SECONDS": "-1", "REGION": "东河"})
    assert refused.value.say("en").splitlines() == [
        "PORT cannot be “80a”: it must be a whole number from 1 to 65535.",
        "CACHE_SECONDS cannot be “-1”: it must be a whole number from 0 to 86400.",
        "REGION cannot be “东河”: it must be a region code of 2 to 12 digits.",
    ]
    assert refused.value.say("zh").splitlines()[0] == "环境变量 PORT 的值“80a”不能用：应为1 到 65535 之间的整数。"
    assert len(refused.value.faults) == 3


@pytest.mark.parametrize("port", ["1", "65535"])
def test_a_port_at_its_bounds_is_taken(port: str) -> None:
    assert Settings.from_env({"PORT": port}).port == int(port)


@pytest.mark.parametrize("port", ["0", "65536", "1e3", "８５０１", "-1", "9" * 5000])
def test_a_port_out_of_bounds_is_refused(port: str) -> None:
    assert fault(PORT=port).startswith("PORT cannot be")


def test_a_relative_database_file_lies_in_the_project() -> None:
    assert Settings.from_env({"DATABASE_URL": "sqlite:///data/x.db"}).database_url == f"sqlite:///{ROOT / 'data/x.db'}"


def test_an_absolute_database_file_stays_where_it_is(tmp_path: Path) -> None:
    file = str(tmp_path / "共享 库.db")
    assert make_url(Settings.from_env({"DATABASE_URL": f"sqlite:///{file}"}).database_url).database == file


@pytest.mark.parametrize("address", ["postgresql://a:b%40c@db/renda", "mysql+pymysql://a@db/x", "mariadb://a@db/x?a=b"])
def test_the_address_of_a_server_is_taken_as_it_is(address: str) -> None:
    assert Settings.from_env({"DATABASE_URL": address}).database_url == address


@pytest.mark.parametrize(
    "address", ["renda.db", "oracle://db/x", "sqlite://", "sqlite:///:memory:", "sqlite:///file:x"]
)
def test_an_address_that_is_no_shared_database_is_refused(address: str) -> None:
    assert fault(DATABASE_URL=address).startswith("DATABASE_URL cannot be this address")


def test_a_password_is_neither_printed_nor_reported() -> None:
    assert "hidden" not in repr(Settings.from_env({"DATABASE_URL": "postgresql://a:hidden@db/renda"}))
    assert "hidden" not in fault(DATABASE_URL="nosuch://a:hidden@db/renda")


def test_the_right_to_import_needs_a_code_which_is_never_shown() -> None:
    url = "postgresql://a:hidden@db/renda"
    assert "IMPORT_CODE" in fault(IMPORT_DATABASE_URL=url) and "hidden" not in fault(IMPORT_DATABASE_URL=url)
    short = fault(IMPORT_DATABASE_URL=url, IMPORT_CODE="1234567", PORT="x")
    assert "IMPORT_CODE cannot be this code" in short and "1234567" not in short and "PORT" in short
    made = Settings.from_env({"IMPORT_DATABASE_URL": url, "IMPORT_CODE": "口令口令口令口令"})
    assert "口令" not in repr(made) and "hidden" not in repr(made)
    assert "口令口令" not in settings_table()


def test_the_public_address_follows_host_and_port_when_it_is_not_set() -> None:
    assert Settings.from_env({"PORT": "9000"}).public_url == "http://127.0.0.1:9000"
    assert Settings.from_env({"HOST": "0.0.0.0"}).public_url == "http://127.0.0.1:8501"
    assert Settings.from_env({"HOST": "::1"}).public_url == "http://[::1]:8501"
    assert Settings.from_env({"PUBLIC_URL": "https://board.example/"}).public_url == "https://board.example"


@pytest.mark.parametrize(
    "address",
    ["board.example", "ftp://board.example", "https://board.example/x", "https://a@board.example", "https://["],
)
def test_a_public_address_that_is_not_a_bare_web_address_is_refused(address: str) -> None:
    assert fault(PUBLIC_URL=address).startswith("PUBLIC_URL cannot be")


@pytest.mark.parametrize(("name", "value"), [("HOST", "http://x"), ("LOG_LEVEL", "loud"), ("REGION", "1" * 13)])
def test_other_bad_values_are_refused(name: str, value: str) -> None:
    assert fault(**{name: value}).startswith(f"{name} cannot be")


def test_a_base_map_is_a_picture_with_bounds_or_tiles_never_both(tmp_path: Path) -> None:
    scan, text = tmp_path / "scan.png", tmp_path / "text.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n")
    text.write_text("no picture")
    made = Settings.from_env({"BASEMAP_IMAGE": str(scan), "BASEMAP_BOUNDS": "109.8，29.8,110.3,30.2"})
    assert (made.basemap_image, made.basemap_bounds) == (str(scan), (109.8, 29.8, 110.3, 30.2))
    assert fault(BASEMAP_IMAGE=str(scan)) == "BASEMAP_IMAGE needs BASEMAP_BOUNDS."
    both = fault(BASEMAP_IMAGE=str(scan), BASEMAP_BOUNDS="1,2,3,4", BASEMAP_TILES=str(tmp_path))
    assert both == "Set BASEMAP_IMAGE or BASEMAP_TILES, not both."
    assert "really a PNG or JPEG" in fault(BASEMAP_IMAGE=str(text), BASEMAP_BOUNDS="1,2,3,4")
    assert "at most 4 MB" in fault(BASEMAP_IMAGE=str(tmp_path / "none.png"), BASEMAP_BOUNDS="1,2,3,4")


@pytest.mark.parametrize("bounds", ["110,30,109,31", "1,2,3", "a,b,c,d", "nan,1,2,3", "0,-86,1,1"])
def test_bounds_of_a_base_map_are_four_degrees(bounds: str) -> None:
    assert fault(BASEMAP_BOUNDS=bounds).startswith("BASEMAP_BOUNDS cannot be")


@pytest.mark.parametrize(
    "tiles", ["/no/such/folder", "https://tiles.example/{z}/{x}", "https://a@tiles.example/{z}/{x}/{y}"]
)
def test_tiles_are_a_folder_or_an_address_with_its_places(tiles: str) -> None:
    assert fault(BASEMAP_TILES=tiles).startswith("BASEMAP_TILES cannot be")


def test_the_table_in_the_readme_is_the_table_of_settings() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _, found, rest = readme.partition("<!-- settings -->")
    written = rest.partition("<!-- /settings -->")[0].strip()
    assert found, "README.md needs <!-- settings --> and <!-- /settings --> around its table of settings."
    assert written == settings_table(), (
        "Print the table with `python -m dashboard settings` and paste it into README.md."
    )


def test_streamlit_uses_every_option_of_the_configuration() -> None:
    set_by_server = {"server.address", "server.port", "browser.serverAddress", "browser.serverPort"}
    wanted = {name: value for name, value in _options(CONFIG).items() if name not in set_by_server}
    assert wanted["runner.postScriptGC"] is False
    asked = (
        "import json, sys, dashboard.asgi, streamlit as st;"
        "print(json.dumps({name: st.get_option(name) for name in json.loads(sys.argv[1])}))"
    )
    # In its own process: Streamlit reads its configuration once, and other tests have made it do so.
    said = subprocess.run(
        [sys.executable, "-c", asked, json.dumps(list(wanted))], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(said.stdout) == wanted


@pytest.mark.parametrize(("mode", "tokens"), [("light", theme.LIGHT), ("dark", theme.DARK)])
def test_the_configuration_has_the_colours_of_the_theme(mode: theme.Mode, tokens: dict[str, str]) -> None:
    colours = CONFIG["theme"][mode]
    assert colours["sidebar"]["backgroundColor"] == tokens["side"]
    assert colours["chartCategoricalColors"] == list(theme.CATEGORICAL[mode])
    assert colours["chartSequentialColors"] == list(theme.SEQUENTIAL[mode])
    assert {
        "primaryColor": tokens["red"],
        "backgroundColor": tokens["page"],
        "secondaryBackgroundColor": tokens["card"],
        "textColor": tokens["ink"],
        "linkColor": tokens["blue"],
        "borderColor": tokens["line"],
    }.items() <= colours.items()


def _options(part: dict[str, object], prefix: str = "") -> dict[str, object]:
    """Every option of a nested table under its dotted name."""
    flat: dict[str, object] = {}
    for name, value in part.items():
        flat |= _options(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat
