"""Coverage worked out by hand on a street of villages, then against plain loops on random districts.

The street runs east along the equator-side of a flat square: one degree there is about 111 km, so villages are placed
by metres and turned into degrees with the frame itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.coverage import Coverage, Frame, coverage, frame_around, ladder
from tests.data_access import oracle_coverage as oracle

FRAME = Frame(110.0, 33.0)
WEST, EAST = "990102101", "990102102"


def place(x: float, y: float = 0.0) -> tuple[float, float]:
    lon, lat = FRAME.degrees(np.array([[x, y]]))[0]
    return float(lon), float(lat)


def village(code: str, x: float | None, people: float | None, region: str = WEST, y: float = 0.0) -> dict[str, Any]:
    lon, lat = place(x, y) if x is not None else (None, None)
    return {
        "village_code": code,
        "name": f"村{code}",
        "region_code": region,
        "population": people,
        "lon": lon,
        "lat": lat,
    }


def site(key: str, x: float | None, level: str = "ST", region: str = WEST) -> dict[str, Any]:
    lon, lat = place(x) if x is not None else (None, None)
    return {"id": key, "name": f"站{key}", "level": level, "region_code": region, "lon": lon, "lat": lat}


VILLAGES = pd.DataFrame(
    [
        village("1", -10_000, 100),
        village("2", -7_000, 200),
        village("3", 0, 300),
        village("4", 6_999, 400, EAST),
        village("5", 10_000, None, EAST),
        village("6", None, 600, EAST),
    ]
)
SITES = pd.DataFrame([site("A", -10_000), site("B", 10_000, "RM", EAST), site("C", None, "PT")])


def reach(radius_km: float = 3.0, *levels: str, **more: Any) -> Coverage:
    return coverage(VILLAGES, SITES, levels=levels or ("ST",), radius_km=radius_km, **more)


def test_a_village_exactly_on_the_radius_is_covered_and_one_a_hand_beyond_is_not() -> None:
    frame = frame_around(VILLAGES)
    gap = float(np.diff(frame.metres(VILLAGES[["lon", "lat"]].to_numpy(dtype=float)[:2])[:, 0])[0])
    assert list(reach(gap / 1000).villages["is_covered"]) == [True, True, False, False, False]
    assert list(reach((gap - 0.1) / 1000).villages["is_covered"]) == [True, False, False, False, False]


def test_shares_count_located_villages_and_known_people_and_name_what_is_missing() -> None:
    found = reach(3.5)
    assert (found.villages_covered, found.village_count, found.villages_unlocated) == (2, 5, 1)
    assert (found.people_covered, found.people, found.villages_uncounted) == (300, 1000, 1)
    assert found.village_share == pytest.approx(2 / 5)
    assert found.people_share == pytest.approx(0.3)


def test_sites_without_coordinates_are_counted_not_dropped() -> None:
    found = reach(3.0, "ST", "RM", "PT")
    assert (found.sites, found.sites_unlocated) == (2, 1)


def test_the_level_asked_for_decides_who_is_covered() -> None:
    assert reach(3.5).villages_covered == 2
    assert reach(3.5, "ST", "RM").villages_covered == 4


def test_uncovered_villages_come_farthest_first() -> None:
    assert list(reach(3.5).uncovered["village_code"]) == ["5", "4", "3"]
    assert reach(3.5).uncovered["distance_m"].iloc[0] == pytest.approx(20_000, rel=1e-6)


def test_the_next_site_goes_where_it_newly_covers_most_people() -> None:
    found = reach(3.5)
    assert found.next_site is not None
    # Villages 4 and 5 each reach both of them: 400 people known; village 3 reaches only its own 300.
    assert (found.next_site.village_code, found.next_site.people, found.next_site.villages) == ("4", 400, 2)


def test_of_two_places_with_as_many_people_the_one_reaching_more_villages_wins() -> None:
    homes = pd.DataFrame([village("1", 0, 100), village("2", 9_000, 100), village("3", 9_500, None)])
    found = coverage(homes, SITES.iloc[:0], levels=("ST",), radius_km=1.0)
    assert found.next_site is not None
    assert (found.next_site.village_code, found.next_site.villages) == ("2", 2)


def test_with_everyone_covered_there_is_no_next_site() -> None:
    assert reach(30.0).next_site is None


def test_the_nearest_site_may_stand_in_another_township() -> None:
    found = reach(3.0)
    assert list(found.across["village_code"]) == ["4", "5"]
    assert set(found.across["site_region"]) == {WEST}


def test_a_township_filter_narrows_villages_but_not_the_sites_that_serve_them() -> None:
    found = reach(30.0, townships=(EAST,))
    assert (found.village_count, found.villages_covered, found.villages_unlocated) == (2, 2, 1)


def test_without_sites_nobody_is_covered_and_distances_are_missing() -> None:
    found = coverage(VILLAGES, SITES.iloc[:0], levels=("ST",), radius_km=3.0)
    assert found.villages_covered == 0
    assert found.villages["distance_m"].isna().all()
    assert found.uncovered["village_code"].iloc[0] == "4"


def test_without_villages_shares_are_missing_not_zero() -> None:
    found = coverage(VILLAGES.iloc[:0], SITES, levels=("ST",), radius_km=3.0)
    assert (found.village_share, found.people_share, found.next_site) == (None, None, None)


def test_area_is_clipped_to_the_district() -> None:
    half = FRAME.round_earth(shapely.box(0, -5_000, 5_000, 5_000))
    one = pd.DataFrame([site("A", 0.0)])
    found = coverage(VILLAGES, one, levels=("ST",), radius_km=1.0, district=half)
    assert found.area_km2 == pytest.approx(50, rel=1e-3)
    assert found.area_reached_km2 == pytest.approx(np.pi / 2, rel=1e-3)
    assert found.area_share == pytest.approx(np.pi / 100, rel=2e-3)
    assert found.shape.within(half.buffer(1e-9))


def test_discs_that_overlap_count_their_area_once() -> None:
    land = FRAME.round_earth(shapely.box(-5_000, -5_000, 5_000, 5_000))
    twice = pd.DataFrame([site("A", 0.0), site("B", 1_000.0)])
    found = coverage(VILLAGES, twice, levels=("ST",), radius_km=1.0, district=land)
    # Two discs of radius r, centres r apart, share (2π/3 − √3/2)·r².
    assert found.area_reached_km2 == pytest.approx(2 * np.pi - (2 * np.pi / 3 - 3**0.5 / 2), rel=1e-3)


def test_the_frame_agrees_with_known_lengths_of_a_degree() -> None:
    # WGS-84 tables: at 33° a degree of longitude is 93,455 m and one of latitude 110,905 m.
    east, north = FRAME.metres(np.array([[111.0, 34.0]]))[0]
    assert (east, north) == (pytest.approx(93_455, abs=3), pytest.approx(110_905, abs=3))


def test_metres_go_back_to_the_same_degrees() -> None:
    points = np.array([[110.2, 33.1], [109.7, 32.8]])
    assert np.allclose(FRAME.degrees(FRAME.metres(points)), points, atol=1e-12)


def test_the_ladder_gives_every_choice_of_level_and_radius() -> None:
    steps = ladder(VILLAGES, SITES, level_sets=[("ST",), ("ST", "RM")], radii_km=[3.5, 30.0])
    assert list(steps["levels"]) == ["ST", "ST", "ST+RM", "ST+RM"]
    assert list(steps["village_share"]) == pytest.approx([0.4, 1.0, 0.8, 1.0])
    assert steps["area_share"].isna().all()


def scattered(seed: int, villages: int, sites: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A random district with every tenth place unlocated or uncounted."""
    random = np.random.default_rng(seed)
    spread = random.uniform(-20_000, 20_000, (villages + sites, 2))
    gone = random.random(villages + sites) < 0.1
    homes = [
        village(
            f"{n:03}", None if gone[n] else spread[n, 0], None if random.random() < 0.1 else n * 10.0, y=spread[n, 1]
        )
        for n in range(villages)
    ]
    homes[0].update(zip(("lon", "lat"), place(0.0), strict=True))
    places = []
    for n in range(villages, villages + sites):
        one = site(f"S{n:03}", None if gone[n] else spread[n, 0], ("ST", "RM", "PT")[n % 3])
        places.append(one)
    return pd.DataFrame(homes), pd.DataFrame(places)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), radius=st.floats(0.5, 15))
def test_coverage_agrees_with_plain_loops(seed: int, radius: float) -> None:
    villages, sites = scattered(seed, 25, 6)
    found = coverage(villages, sites, levels=("ST", "RM"), radius_km=radius)
    expected = oracle.covered(villages, sites, ("ST", "RM"), radius)
    assert set(found.villages.loc[found.villages["is_covered"], "village_code"]) == expected
    gain = found.next_site.people if found.next_site else 0
    assert gain == oracle.best_gain(villages, expected, radius)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), radius=st.floats(0.5, 15), more=st.floats(0, 5))
def test_a_bigger_radius_never_covers_fewer(seed: int, radius: float, more: float) -> None:
    villages, sites = scattered(seed, 20, 5)
    near = coverage(villages, sites, levels=("ST",), radius_km=radius).villages["is_covered"]
    far = coverage(villages, sites, levels=("ST",), radius_km=radius + more).villages["is_covered"]
    assert not (near & ~far).any()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), keep=st.integers(0, 5))
def test_one_more_site_never_uncovers_a_village(seed: int, keep: int) -> None:
    villages, sites = scattered(seed, 20, 6)
    levels = ("ST", "RM", "PT")
    fewer = coverage(villages, sites.iloc[:keep], levels=levels, radius_km=6.0).villages["is_covered"]
    more = coverage(villages, sites.iloc[: keep + 1], levels=levels, radius_km=6.0).villages["is_covered"]
    assert not (fewer & ~more).any()
