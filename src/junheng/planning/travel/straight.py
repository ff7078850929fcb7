"""Ways without roads: great circle between two lists of places, by KD-trees on the sphere."""

import numpy as np
import numpy.typing as npt

from junheng.planning.travel.pairs import EARTH_KM

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Found = tuple[Whole, Whole, Floats]  # rows of the one, rows of the other, metres


def metres_between(one: Floats, other: Floats) -> Floats:
    """Great circle in metres between points of the unit sphere, row by row."""
    chord = np.linalg.norm(one - other, axis=-1)
    found: Floats = 2000 * EARTH_KM * np.arcsin(np.minimum(1, chord / 2))
    return found


def within(one: Floats, other: Floats, metres: float) -> Found:
    """All pairs of points of the unit sphere whose great circle is at most ``metres``."""
    from scipy.spatial import cKDTree

    none = np.empty(0, np.int64)
    if not len(one) or not len(other) or metres < 0:
        return none, none, np.empty(0)
    chord = 2 * np.sin(min(metres / 1000 / EARTH_KM / 2, np.pi / 2))
    pairs = cKDTree(one).sparse_distance_matrix(
        cKDTree(other), chord * (1 + 1e-9) + 1e-12, output_type="ndarray"
    )
    far = 2000 * EARTH_KM * np.arcsin(np.minimum(1, pairs["v"] / 2))
    return pairs["i"].astype(np.int64), pairs["j"].astype(np.int64), far
