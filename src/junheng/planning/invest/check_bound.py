"""The bound a plan's prices prove, found again from them alone: no solver, exact numbers only.

Every school pays the least it can at the prices, over who complies and which indicator only reaches its floor.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product
from math import ceil

from junheng.planning.invest.check_county import Part, Place
from junheng.planning.invest.check_divided import INFINITE
from junheng.planning.invest.check_needs import GRAIN, Choice, Question, personal_needs, shared_needs


def lower_bound(question: Question) -> Fraction:
    """No plan has a lower objective (complying stages count -1). Raises ValueError where the prices bound nothing."""
    total = sum(_place_least(question, place) for place in question.county.places.values())
    return question.prices.due + Fraction(total, GRAIN)


def _place_least(question: Question, place: Place) -> int:
    """The least over every choice of the school's stages together: what they share is bought once."""
    parts = [part for part in place.parts if part.is_judged]
    if not parts:
        return 0
    needed = [personal_needs(question, part) for part in parts] + shared_needs(question, place, parts)
    earned = ceil((question.prices.per_stage + question.prices.per_weak * place.is_weak) * GRAIN)
    best = INFINITE
    for choices in product(*(_choices(question, part) for part in parts)):
        by_stage = dict(zip((part.stage for part in parts), choices, strict=True))
        cost = sum(one.least(by_stage) for one in needed)
        best = min(best, cost - earned * sum(choice is not None for choice in choices))
    if best >= INFINITE // 2:
        raise ValueError(f"{place.id} cannot comply at all")
    return best


def _choices(question: Question, part: Part) -> Sequence[Choice]:
    county = question.county
    if part.key in question.barred:
        return [None]
    spare = max(0, len(county.indicators) - county.needed)
    ways: list[Choice] = [frozenset(names) for names in combinations(county.indicators, spare)]
    return ways if question.must else [None, *ways]
