"""How random is it? A grade formed under many seeds: who meets whom how often, in which class.

Pairs that must meet or must not are left out. ``pair_variance`` is the variance of the pairs' share of seeds in one
class, relative to what independent throws of that probability would give (1: as random as can be; a serpentine,
which always puts the same children together, is beyond a thousand).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from junheng.class_formation.engines import find_engine
from junheng.class_formation.form import form_group
from junheng.class_formation.group import Group
from junheng.class_formation.plan import Plan
from junheng.class_formation.scores import mark_sums, scored
from junheng.draws import hmac_digest

if TYPE_CHECKING:
    import numpy as np

    Counts = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Randomness:
    """What many seeds show. ``fair``: how often two free children should meet; ``neighbours``: how often those next
    to each other in the ranking of marks do. ``label_chi2``: class numbers against sizes, per degree of freedom.
    """

    seeds: int
    pairs: int
    fair: float
    pair_variance: float
    always: int
    never: int
    neighbours: float | None
    label_chi2: float


def audit_randomness(
    plan: Plan,
    group: Group,
    *,
    seeds: int,
    base: bytes = b"",
    hash_name: str = "sha256",
    engine: str = "auto",
) -> Randomness:
    """Form ``group`` under ``seeds`` different class seeds, made from ``base``, and count."""
    import numpy as np

    improve, found = find_engine(engine, seeds * len(group.rows)), scored(plan, group)
    n, k = len(group.rows), group.plan.classes
    together = np.zeros((n, n), np.int64)
    labels = np.zeros((n, k), np.int64)
    expected = np.zeros(k)
    for number in range(seeds):
        seed = hmac_digest(hash_name, base, b"audit\0" + str(number).encode("ascii"))
        layout = form_group(plan, found, seed, hash_name, improve)
        classes = np.array(layout.classes)
        together += classes[:, None] == classes
        labels[np.arange(n), classes - 1] += 1
        expected += np.array(layout.sizes) / n
    return _summary(plan, group, together, labels, expected, seeds)


def _summary(
    plan: Plan, group: Group, together: "Counts", labels: "Counts", expected: Any, seeds: int
) -> Randomness:
    first, second = _free_pairs(group)
    counts = together[first, second]
    fair = float(counts.mean()) / seeds
    chance = seeds * fair * (1 - fair)
    n, k = labels.shape
    return Randomness(
        seeds=seeds,
        pairs=len(counts),
        fair=fair,
        pair_variance=float(((counts - counts.mean()) ** 2).mean() / chance) if chance else float("inf"),
        always=int((counts == seeds).sum()),
        never=int((counts == 0).sum()),
        neighbours=_neighbours(plan, group, together, seeds),
        label_chi2=float(((labels - expected) ** 2 / expected).sum() / (n * max(1, k - 1))),
    )


def _free_pairs(group: Group) -> "tuple[Counts, Counts]":
    """Pairs of children (rows) whom no constraint binds or parts."""
    import numpy as np

    n = len(group.rows)
    unit_of = np.zeros(n, np.int64)
    for u, unit in enumerate(group.units):
        unit_of[list(unit.members)] = u
    free = np.triu(unit_of[:, None] != unit_of, 1)
    for u, rivals in enumerate(group.rivals):
        for v in rivals:
            free[np.ix_(group.units[u].members, group.units[v].members)] = False
    first, second = np.nonzero(free)
    return first, second


def _neighbours(plan: Plan, group: Group, together: "Counts", seeds: int) -> float | None:
    """How often children next to each other in the ranking by marks share a class; None without marks."""
    marks = mark_sums(group.rows, plan.score_marks()) if plan.score_marks() else []
    ranked: Sequence[int] = sorted(
        (m for m, mark in enumerate(marks) if mark is not None), key=lambda m: (marks[m] or 0, m)
    )
    if len(ranked) < 2:
        return None
    return float(together[ranked[:-1], ranked[1:]].mean()) / seeds
