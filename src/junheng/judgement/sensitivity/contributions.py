"""Which school moves a coefficient of variation most: its share of the pupil-weighted variance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Contribution:
    """One school-stage's share (0 to 1) of the weighted variance, and on which side of the mean it stands."""

    school_id: str
    share: float
    above_mean: bool


def contributions(
    school_ids: Sequence[str], numerators: Sequence[float], denominators: Sequence[float]
) -> tuple[Contribution, ...]:
    """Shares P_i(x_i - m)² / ΣP_j(x_j - m)², the largest first (equal ones by id); empty without variance."""
    x, p = np.asarray(numerators, float), np.asarray(denominators, float)
    if not len(x) or p.sum() == 0:
        return ()
    away = x / p - x.sum() / p.sum()
    spread = p * away * away
    total = float(spread.sum())
    if total == 0:
        return ()
    found = [
        Contribution(school_id, float(part) / total, bool(side > 0))
        for school_id, part, side in zip(school_ids, spread, away, strict=True)
    ]
    return tuple(sorted(found, key=lambda c: (-c.share, c.school_id)))
