"""Where a name stands on its area: inside it and off the marks, as near to the middle as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

# Steps away from the middle that are tried, in pixels.
ACROSS = (0, -8, 8, -16, 16, -24, 24, -34, 34)
ALONG = (0, -6, 6, -12, 12, -18, 18, -26, 26)
_STEPS = np.array([(dx, dy) for dy in ALONG for dx in ACROSS], dtype=float)
# Corners, middles of the sides, and the middle of the words, in widths and heights from that middle.
_SPOTS = np.array([(u, v) for u in (-0.5, 0.0, 0.5) for v in (-0.5, 0.0, 0.5)])
FAINT = 5.0  # px; smaller marks do little harm under a name
FAINT_HARM, OUTSIDE_HARM = 0.25, 3.0


@dataclass(frozen=True)
class Box:
    """Words around a middle, in pixels."""

    x: float
    y: float
    width: float
    height: float


# Another year leaves most names, and the marks around them, as they were.
@lru_cache(maxsize=512)
def place(shape: BaseGeometry, box: Box, marks: tuple[tuple[float, float, float], ...]) -> tuple[Box, float]:
    """Where the words go, and how much they cover there: marks touched, and the part of them outside the shape.

    ``marks`` are (x, y, radius). Fewest marks come first, then staying inside, then being near the middle asked for.
    """
    tries = np.array([box.x, box.y]) + _STEPS
    harm = _touched(tries, box, marks) + OUTSIDE_HARM * _outside(tries, box, shape)
    away = np.abs(_STEPS / (24, 18)).sum(axis=1)
    best = int((3 * harm + away).argmin())
    return Box(float(tries[best, 0]), float(tries[best, 1]), box.width, box.height), float(harm[best])


def _touched(tries: np.ndarray, box: Box, marks: Sequence[tuple[float, float, float]]) -> np.ndarray:
    """How many marks the words touch at each try, faint ones in part."""
    if not len(marks):
        return np.zeros(len(tries))
    found = np.asarray(marks, dtype=float)
    half = np.array([box.width, box.height]) / 2
    # Marks that no try comes near are most of a district's.
    low, high = tries.min(axis=0) - half, tries.max(axis=0) + half
    near = (found[:, :2] > low - found[:, 2:]) & (found[:, :2] < high + found[:, 2:])
    found = found[near.all(axis=1)]
    gaps = np.abs(tries[:, None, :] - found[None, :, :2])
    touched = (gaps < half + found[None, :, 2:]).all(axis=2)
    return np.asarray(touched @ np.where(found[:, 2] > FAINT, 1.0, FAINT_HARM))


def _outside(tries: np.ndarray, box: Box, shape: BaseGeometry) -> np.ndarray:
    """What part of nine spots of the words lies outside the shape at each try, 0 to 1."""
    shapely.prepare(shape)
    spots = tries[:, None, :] + _SPOTS[None, :, :] * (box.width, box.height)
    return np.asarray(1 - shapely.contains_xy(shape, spots[..., 0], spots[..., 1]).mean(axis=1))
