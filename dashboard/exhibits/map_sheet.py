"""What a map shows, whoever draws it: areas with words and classes, marks at places, a line of reach, a legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Area:
    """One township: its shape in degrees, the words on it and its class.

    ``step`` is 0 to 3 from low to high, None where there is no figure; ``warning`` such as 未建站 is drawn as hatch,
    amber outline and the word; ``muted`` areas are outside what was asked for.
    """

    code: str
    name: str
    shape: BaseGeometry
    lon: float
    lat: float
    step: int | None = None
    value: str = ""
    warning: str = ""
    muted: bool = False
    hover: str = ""
    href: str = ""


@dataclass(frozen=True)
class Mark:
    """A site (``level``) or a village (``people``) at its place in degrees."""

    lon: float
    lat: float
    hover: str
    href: str = ""
    level: str = ""
    people: float = 0.0


@dataclass(frozen=True)
class Key:
    """One entry of the legend: a class of areas (``step``), a kind of mark, the gap, the line of reach."""

    words: str
    kind: Literal["step", "site", "gap", "village", "reach", "muted"]
    step: int = 0
    level: str = ""


@dataclass(frozen=True)
class Ground:
    """Somebody's map below the townships: a picture (its address, its file, west, south, east, north in degrees), or
    tiles by the address of their style, which only the movable map can show."""

    approval_no: str = ""
    picture: str = ""
    file: str = ""
    bounds: tuple[float, ...] = ()
    style: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a map shows: townships, sites, villages out of reach, the line of reach, the legend, and the map below."""

    areas: tuple[Area, ...]
    sites: tuple[Mark, ...] = ()
    villages: tuple[Mark, ...] = ()
    reach: BaseGeometry | None = None
    keys: tuple[Key, ...] = ()
    ground: Ground | None = None


@dataclass(frozen=True)
class Label:
    """The words on an area and their middle in degrees, moved off the marks."""

    lon: float
    lat: float
    lines: tuple[str, ...]
