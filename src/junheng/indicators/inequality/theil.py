"""Theil's T: the entropy index that splits without remainder into between groups and within them.

T = Σ (wᵢ/W)(xᵢ/μ) ln(xᵢ/μ). With groups g of weight share p and mean μ_g: between = Σ p(μ_g/μ) ln(μ_g/μ),
within = Σ p(μ_g/μ) T_g, and T = between + within (Theil 1967; Shorrocks 1980). A zero value adds zero, the limit
of x ln x, exactly: nothing is nudged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from junheng.basics import Text, UserError
from junheng.indicators.inequality.distribution import Array, Numbers, checked, mean_of


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group: its mean, its share of the weight, its own index, and what it adds to between and within."""

    group: str
    mean: float
    weight_share: float
    theil: float | None
    between: float
    within: float


@dataclass(frozen=True, slots=True)
class TheilParts:
    """``total`` = ``between`` + ``within``; groups in order of their names."""

    total: float
    between: float
    within: float
    groups: tuple[GroupShare, ...]


def theil(values: Numbers, weights: Numbers | None = None) -> float | None:
    """0 where all have the same, ln n at most for n equal weights; None where the mean is 0.

    Raises UserError as ``distribution.checked``.
    """
    found, weight = checked(values, weights)
    mean = mean_of(found, weight)
    return _index(found, weight, mean) if mean else None


def theil_by_group(
    values: Numbers, groups: Sequence[str], weights: Numbers | None = None
) -> TheilParts | None:
    """Theil's T split by ``groups`` (one name per value: urban–town–rural, education groups …).

    None where the mean is 0. Raises UserError as ``theil``, and where ``groups`` does not match ``values``.
    """
    found, weight = checked(values, weights)
    names = np.asarray(groups, dtype=object)
    if names.shape != found.shape or any(name is None for name in groups):
        raise UserError(
            Text("每个数值都应有组别", "every value needs a group"),
            fix=Text("请先剔除没有组别的学校", "leave schools without a group out"),
        )
    mean = mean_of(found, weight)
    if mean == 0:
        return None
    parts = tuple(
        _group(name, found[names == name], weight[names == name], weight.sum(), mean)
        for name in sorted(set(groups))
    )
    between, within = sum(part.between for part in parts), sum(part.within for part in parts)
    return TheilParts(between + within, between, within, parts)


def _group(name: str, values: Array, weights: Array, total_weight: float, overall: float) -> GroupShare:
    mean, share = mean_of(values, weights), float(weights.sum() / total_weight)
    if mean == 0:
        return GroupShare(name, 0.0, share, None, 0.0, 0.0)
    own, relative = _index(values, weights, mean), mean / overall
    return GroupShare(
        name, mean, share, own, share * relative * float(np.log(relative)), share * relative * own
    )


def _index(values: Array, weights: Array, mean: float) -> float:
    relative = values / mean
    logs = np.log(np.where(relative > 0, relative, 1.0))
    return float(np.dot(weights, relative * logs) / weights.sum())
