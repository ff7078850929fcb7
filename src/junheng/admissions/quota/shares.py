"""Exact shares: seats × weight ÷ sum of weights, and shares lifted to a guaranteed minimum."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from junheng.admissions.quota.table import Unit
from junheng.basics import Text, UserError

Shares = tuple[Fraction, ...]


def proportional(seats: Fraction, units: Sequence[Unit], served: Sequence[bool], where: str) -> Shares:
    """q_j = Q · w_j / Σ w over the units served; 0 elsewhere. Raises UserError when seats meet no graduates at all."""
    total = sum(
        (unit.weight for unit, is_served in zip(units, served, strict=True) if is_served), Fraction(0)
    )
    if not total and seats:
        raise UserError(
            Text("它所面向的初中没有毕业生", "the junior schools it serves have no graduates"),
            where=where,
            why=Text(f"{seats} 个指标无从分配", f"{seats} seats cannot be shared out"),
            fix=Text("请核对“区县”“招生区县”和毕业生数", "check the districts and the numbers of graduates"),
        )
    if not total:
        return tuple(Fraction(0) for _ in units)
    return tuple(
        seats * unit.weight / total if is_served else Fraction(0)
        for unit, is_served in zip(units, served, strict=True)
    )


def lifted(shares: Shares, promised: Collection[int], least: int, where: str) -> Shares:
    """``shares`` with every unit of ``promised`` at ``least`` or more and the same sum.

    Those below are set to ``least``; the rest is shared among the others in their old proportion; whoever thereby
    falls below is set too, until nobody is below. The set only grows and does not depend on the order of steps.
    Raises UserError when there are too few seats for the promise.
    """
    total = sum(shares, Fraction(0))
    fixed: set[int] = set()
    while True:
        rest = total - least * len(fixed)
        old = sum((share for place, share in enumerate(shares) if place not in fixed), Fraction(0))
        factor = rest / old if old else Fraction(0)
        if rest < 0:
            raise _too_few(total, least, len(promised), where)
        below = {place for place in promised if place not in fixed and shares[place] * factor < least}
        if not below:
            return tuple(
                Fraction(least) if place in fixed else share * factor for place, share in enumerate(shares)
            )
        fixed |= below


def _too_few(total: Fraction, least: int, promised: int, where: str) -> UserError:
    return UserError(
        Text(
            f"共 {total} 个指标，不够 {promised} 所学校每所至少 {least} 个",
            f"{total} seats are too few for at least {least} at each of {promised} schools",
        ),
        where=where,
        why=Text("保底无法兑现，没有分配", "the promise cannot be kept; nothing was shared out"),
        fix=Text(
            "请把小校并成组（合并组），或只对农村学校保底，或取消保底",
            "pack small schools, promise it to rural schools only, or drop it",
        ),
    )
