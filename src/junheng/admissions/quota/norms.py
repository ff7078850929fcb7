"""What item G14 asks: the share of the plan and the tilt to rural schools; three-valued.

The share asked for is the standard's (`quality-2017`, with the overlay of the region), never a number written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from junheng.admissions.quota.allocate import Allocation, SeatRow
from junheng.admissions.quota.exact_text import shown
from junheng.basics import Text

if TYPE_CHECKING:  # judgement brings the engines along; a draw in the hall must not wait for them
    from junheng.judgement import Verdict
    from junheng.standards import Citation

STANDARD, ITEM, LIMIT = "quality-2017", "G14", "quota_rate"


@dataclass(frozen=True, slots=True)
class RateFact:
    """Quota seats against the plan: of one senior school, or (``senior`` empty) of all together.

    ``rate`` = seats ÷ plan, exact; None where a plan is absent, and then the verdict is cannot tell.
    """

    senior: str
    name: str
    plan: int | None
    seats: int
    rate: Fraction | None
    verdict: "Verdict"
    reason: Text


@dataclass(frozen=True, slots=True)
class TiltFact:
    """Seats per graduate of rural junior schools and of the others, exact; None where it cannot be formed."""

    rural: Fraction | None
    others: Fraction | None
    verdict: "Verdict"
    reason: Text


@dataclass(frozen=True, slots=True)
class Norm:
    """The share the standard asks for on a day in a region, and the words it rests on."""

    least: Fraction
    citation: "Citation"


@dataclass(frozen=True, slots=True)
class Checks:
    """The facts of item G14 and their verdicts."""

    norm: Norm
    overall: RateFact
    seniors: tuple[RateFact, ...]
    tilt: TiltFact


@cache
def norm_of(year: int, region: str) -> Norm:
    """The share of item G14 in force on 1 September of ``year`` in ``region`` (empty: the nation)."""
    from junheng.standards import resolve

    standard = resolve(STANDARD, on=date(year, 9, 1), region=region)
    item = next(item for item in standard.items if item.id == ITEM)
    return Norm(Fraction(str(item.limits[LIMIT].value)), item.citation_of(f"limits.{LIMIT}.value"))


def check_norms(allocation: Allocation) -> Checks:
    """Item G14 on an allocation: each senior school, all together, and the tilt."""
    norm = norm_of(allocation.given.year, allocation.rules.region)
    seats: dict[str, int] = {}
    for row in allocation.seats:
        seats[row.senior] = seats.get(row.senior, 0) + row.seats
    facts = tuple(
        _rate(senior.id, senior.name, senior.plan, seats.get(senior.id, 0), norm)
        for senior in allocation.given.seniors
    )
    plans = [fact.plan for fact in facts]
    whole = None if None in plans else sum(plan for plan in plans if plan is not None)
    overall = _rate("", "合计 all", whole, sum(fact.seats for fact in facts), norm)
    return Checks(norm, overall, facts, _tilt(allocation))


def _rate(senior: str, name: str, plan: int | None, seats: int, norm: Norm) -> RateFact:
    from junheng.judgement import Verdict

    if not plan:
        reason = Text("没有招生计划数，比例无法计算", "no plan: the share cannot be formed")
        return RateFact(senior, name, plan, seats, None, Verdict.CANNOT_TELL, reason)
    rate = Fraction(seats, plan)
    least = norm.least
    verdict = Verdict.MET if rate >= least else Verdict.NOT_MET
    sign = "≥" if rate >= least else "<"
    equals = "=" if (rate * 10**6).denominator == 1 else "≈"
    words = f"{seats}/{plan} {equals} {float(rate):.4%} {sign} {shown(least * 100)}%"
    return RateFact(senior, name, plan, seats, rate, verdict, Text(words, words))


def _tilt(allocation: Allocation) -> TiltFact:
    """Rural seats per graduate must exceed the others'. Cannot tell where a fact is blank or there is no rural one."""
    from junheng.judgement import Verdict

    juniors = allocation.given.juniors
    if any(junior.is_rural is None for junior in juniors):
        return _unknown("有学校没有填是否农村初中", "whether a school is rural is blank")
    if any(junior.graduates is None for junior in juniors):
        return _unknown("有学校没有填毕业生数", "a number of graduates is blank")
    if any(row.kind == "pack" and row.is_rural is None for row in allocation.seats):
        return _unknown("合并组内城乡混合，名额不分到校", "an open pack mixes rural and other schools")
    graduates = {
        rural: sum(junior.graduates or 0 for junior in juniors if junior.is_rural is rural)
        for rural in (True, False)
    }
    if not graduates[True] or not graduates[False]:
        return _unknown(
            "农村与其他初中须都有毕业生才能比较", "there must be graduates on both sides to compare"
        )
    rural, others = (Fraction(_seats(allocation.seats, side), graduates[side]) for side in (True, False))
    verdict = Verdict.MET if rural > others else Verdict.NOT_MET
    sign = ">" if rural > others else "≤"
    first, second = f"{float(rural):.4f}", f"{float(others):.4f}"
    reason = Text(
        f"每名毕业生的指标：农村 {first} {sign} 其他 {second}",
        f"seats per graduate: rural {first} {sign} others {second}",
    )
    return TiltFact(rural, others, verdict, reason)


def _seats(rows: Sequence[SeatRow], rural: bool) -> int:
    return sum(row.seats for row in rows if row.is_rural is rural)


def _unknown(zh: str, en: str) -> TiltFact:
    from junheng.judgement import Verdict

    return TiltFact(None, None, Verdict.CANNOT_TELL, Text(zh, en))
