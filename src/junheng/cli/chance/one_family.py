"""The chances of one family's list, simulated in portions so that a bar can move, added up exactly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from junheng.basics import Text, UserError
from junheng.cli.admit.asked import Asked
from junheng.cli.trial import TrialRoll

if TYPE_CHECKING:
    from junheng.admissions import Chances, Market, Share

_PORTION = 100  # draws between two moves of the bar
_OWN = "~ own list"  # sorts after every hex id, and is none itself


@dataclass(frozen=True)
class Family:
    """Who asks: a child on the forms (``id_number``), or a new list with one class for each wish."""

    id_number: str = ""
    wishes: Sequence[str] = ()
    classes: Sequence[int] = ()


@dataclass(frozen=True)
class Simulation:
    """How to simulate: number of draws, confidence of the intervals, a name to repeat it by, the others drawn anew."""

    draws: int
    confidence: float
    seed: bytes
    expected: bool
    engine: str


def family_market(asked: Asked, roll: TrialRoll, family: Family) -> tuple["Market", int]:
    """The market with the family in it, and its unit. Raises UserError for an unknown child or school."""
    from junheng.admissions import market_from

    if family.id_number:
        number = "".join(family.id_number.split()).upper()
        pid = next((pid for pid, who in roll.names.items() if who.get("id_number") == number), None)
        if pid is None:
            raise UserError(
                Text("报名表中没有这个证件号码", "no form has this document number"),
                where="--child",
                fix=Text("请核对；新的志愿单用 --wish", "check it; for a new list use --wish"),
            )
        market = market_from(asked.problem, roll.rows)
        return market, int(market.row_unit[list(market.pids).index(pid)])
    own = {
        "pid": _OWN,
        "unit": _OWN,
        "choices": list(family.wishes),
        "classes": list(family.classes),
        "flags": {},
    }
    market = market_from(asked.problem, [*roll.rows, own])
    return market, int(market.row_unit[len(roll.rows)])


def family_chances(
    market: "Market", unit: int, simulation: Simulation, advance: Callable[[int], None]
) -> "Chances":
    """The chances of ``unit``; ``advance`` is told of every portion of draws done."""
    from junheng.admissions import chances_of

    parts = []
    for number, start in enumerate(range(0, simulation.draws, _PORTION)):
        draws = min(_PORTION, simulation.draws - start)
        parts.append(
            chances_of(
                market, unit, draws=draws, confidence=simulation.confidence, seed=simulation.seed + b"/%d" % number,
                expected=simulation.expected, engine=simulation.engine,  # type: ignore[arg-type]  # the room checks it
            )
        )  # fmt: skip
        advance(draws)
    return _added(parts)


def _added(parts: "Sequence[Chances]") -> "Chances":
    first = parts[0]
    confidence = first.confidence

    def added(shares: "Sequence[Share]") -> "Share":
        return share_of(sum(s.times for s in shares), sum(s.draws for s in shares), confidence)

    choices = tuple(
        replace(
            choice,
            here=added([part.choices[i].here for part in parts]),
            by_here=added([part.choices[i].by_here for part in parts]),
        )
        for i, choice in enumerate(first.choices)
    )
    leftover, unplaced = added([p.leftover for p in parts]), added([p.unplaced for p in parts])
    return replace(first, choices=choices, leftover=leftover, unplaced=unplaced)


def share_of(times: int, draws: int, confidence: float) -> "Share":
    """A share with its exact interval."""
    from junheng.admissions import Share, clopper_pearson

    return Share(times, draws, *clopper_pearson(times, draws, confidence))
