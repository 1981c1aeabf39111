"""Whatever is done to a map file: problems or a sentence, never an exception, never a partial write."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.importing import take_back
from data_access.importing.problems import FileProblem
from data_access.maps import KINDS, Asked, bring_in
from tests.data_access.factories import RIVER
from tests.data_access.importing.workbooks import database, everything
from tests.data_access.maps.made_maps import BOTH, GEOGCS, WEST, hill, point, river, shapefile_zip

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([180.0, -180.0, 90.0, 1e308, 5e-324, 110.05, 30.05]),
    st.text(max_size=12),
    st.sampled_from([RIVER, "霁川镇", "GCJ02", "北京54", "Polygon", "Point", "MultiPolygon", "GeometryCollection"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=8,
)
WHOLE = {
    "type": "FeatureCollection",
    "coord_system": "CGCS2000",
    "features": [
        river(),
        hill(),
        point(110.05, 30.05, id="S1", name="站", level="ST", region_code=RIVER, established_on="2020-01-01"),
        point(110.06, 30.05, village_code=RIVER + "001", name="村", region_code=RIVER, population=900),
    ],
}


def places(found: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value of a JSON document."""
    steps = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [before, *(path for step, inner in steps for path in places(inner, (*before, step)))]


PATHS = places(json.loads(json.dumps(WHOLE)))[1:]


def changed(found: Any, path: tuple[Any, ...], value: Any, how: str) -> Any:
    """The document with one value replaced, left out, or there twice."""
    made = json.loads(json.dumps(found))
    inner = made
    for step in path[:-1]:
        try:
            inner = inner[step]
        except (KeyError, IndexError, TypeError):  # gone with an earlier change
            return made
    last = path[-1]
    if isinstance(inner, list) and isinstance(last, int) and last < len(inner):
        inner[last : last + 1] = {"replace": [value], "leave out": [], "twice": [inner[last], inner[last]]}[how]
    elif isinstance(inner, dict) and how == "leave out":
        inner.pop(last, None)
    elif isinstance(inner, dict):
        inner[last] = value
    return made


HOW = st.sampled_from(["replace", "leave out", "twice"])
changes = st.lists(st.tuples(st.sampled_from(PATHS), VALUES, HOW), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    url = database(tmp_path_factory.mktemp("damaged") / "district.db")
    return url, everything(url)


def kept_whole(url: str, before: dict[str, Any], path: Path, kind: str) -> None:
    """Import a file; with an error or a sentence nothing is changed, and without one it can be taken back."""
    try:
        outcome = bring_in(url, Asked(path, kind=kind), who="张三")
    except FileProblem as refused:
        assert refused.say("zh")
        assert everything(url) == before
        return
    assert all(problem.say("zh") and problem.say("en") for problem in outcome.plan.problems)
    if outcome.number:
        assert not outcome.plan.errors
        take_back(url, who="张三")
    assert everything(url) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes, st.sampled_from(KINDS))
def test_a_damaged_geojson_file_is_named_or_refused(
    district: tuple[str, dict[str, Any]], damage: list[tuple[tuple[Any, ...], Any, str]], kind: str
) -> None:
    url, before = district
    made: Any = WHOLE
    for path, value, how in damage:
        made = changed(made, path, value, how)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.geojson"
        file.write_text(json.dumps(made), encoding="utf-8")
        kept_whole(url, before, file, kind)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40), st.integers(0, 2000), st.booleans())
def test_bytes_broken_in_a_geojson_file_do_no_harm(
    district: tuple[str, dict[str, Any]], noise: bytes, at: int, is_cut: bool
) -> None:
    url, before = district
    raw = json.dumps(WHOLE, ensure_ascii=False).encode()
    at %= len(raw)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.geojson"
        file.write_bytes(raw[:at] + noise + (b"" if is_cut else raw[at + len(noise) :]))
        kept_whole(url, before, file, "shapes")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["shp", "shx", "dbf", "cpg", "prj"]), st.binary(min_size=1, max_size=12), st.integers(0, 600))
def test_a_damaged_shapefile_is_named_or_refused(
    district: tuple[str, dict[str, Any]], part: str, noise: bytes, at: int
) -> None:
    url, before = district
    with TemporaryDirectory() as folder:
        sound = shapefile_zip(Path(folder) / "sound.zip", BOTH, more={"cpg": "GBK", "prj": GEOGCS})
        file = Path(folder) / "a.zip"
        with zipfile.ZipFile(sound) as packed, zipfile.ZipFile(file, "w") as broken:
            for member in packed.namelist():
                raw = packed.read(member)
                if member.endswith(part):
                    place = at % (len(raw) + 1)
                    raw = raw[:place] + noise + raw[place + len(noise) :]
                broken.writestr(member, raw)
        kept_whole(url, before, file, "")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=8), st.integers(0, 3000))
def test_a_damaged_archive_is_refused(district: tuple[str, dict[str, Any]], noise: bytes, at: int) -> None:
    url, before = district
    with TemporaryDirectory() as folder:
        file = shapefile_zip(Path(folder) / "a.zip", [(WEST, RIVER, "霁川镇")], more={"cpg": "GBK", "prj": GEOGCS})
        raw = file.read_bytes()
        at %= len(raw)
        file.write_bytes(raw[:at] + noise + raw[at + len(noise) :])
        kept_whole(url, before, file, "")
