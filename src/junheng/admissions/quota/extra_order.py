"""Who comes first for the seats left over: remainders, rounding, ties, and at last the lot.

All methods give every unit the floor of its exact share and differ only in the order in which one more seat is handed
out: largest remainder by the remainder; lot by lot alone; rounding first to those whose remainder reaches one half,
the correction deciding within the side on which seats lack or are too many. So no method leaves floor and ceiling.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from junheng.admissions.quota.lot import Drawable, Lot
from junheng.admissions.quota.reasons import table_title
from junheng.admissions.quota.rules import Correction, TieBreak, Totals
from junheng.admissions.quota.table import Resolved, Why
from junheng.basics import Text

_HALF = Fraction(1, 2)
Key = tuple[Fraction | int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One unit or cell that may get one more seat: its place, its remainder (0 < remainder < 1), who it is."""

    place: int
    remainder: Fraction
    basis: int
    is_rural: bool
    thing: Drawable


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of a claim. ``rank`` counts from 1 in the order the claims were heard."""

    rank: int
    is_up: bool
    why: Why


def claim_keys(
    claims: Sequence[Claim],
    totals: Totals,
    correction: Correction | None,
    ties: Sequence[TieBreak],
    spare: int,
) -> list[Key]:
    """The sorting key of each claim, equal where only the lot is left. ``spare``: extra seats to hand out."""
    if totals == "lot":
        return [() for _ in claims]
    if totals == "largest_remainder":
        return [(-claim.remainder, *_tie_key(claim, ties)) for claim in claims]
    over = sum(claim.remainder >= _HALF for claim in claims) - spare
    return [_rounding_key(claim, correction, ties, over) for claim in claims]


def _tie_key(claim: Claim, ties: Sequence[TieBreak]) -> Key:
    parts: dict[TieBreak, int] = {"rural": -int(claim.is_rural), "graduates": -claim.basis}
    return tuple(parts[tie] for tie in ties)


def _rounding_key(claim: Claim, correction: Correction | None, ties: Sequence[TieBreak], over: int) -> Key:
    """Rounded up before rounded down; within the side to be corrected, by the correction.

    ``over`` > 0: too many were rounded up, so the order within them says who keeps the seat.
    """
    is_up = claim.remainder >= _HALF
    side = 0 if is_up else 1
    if over == 0 or is_up != (over > 0):
        return (side,)
    if correction == "remainder":
        return (side, -claim.remainder, *_tie_key(claim, ties))
    if correction == "most_graduates":  # the largest school gives one up, or takes one
        return (side, claim.basis if is_up else -claim.basis)
    return (side,)


def hear_claims(
    claims: Sequence[Claim],
    keys: Sequence[Key],
    take: Callable[[int], bool],
    rewind: Callable[[], Callable[[], None]],
    lot: Lot,
    where: str,
) -> tuple[dict[int, Decision], list[Resolved]]:
    """Ask ``take`` of each claim in the order of ``keys``; place → decision, and the lots that were needed.

    Equal keys need no lot when all of them get the seat or none does, whichever goes first. Only where the last seat
    falls among equals is the lot asked (``rewind`` notes the state and returns what restores it). Raises UserError
    when it is needed and there is none.
    """
    order = sorted(range(len(claims)), key=lambda index: keys[index])
    found: dict[int, Decision] = {}
    resolved: list[Resolved] = []
    for _, equals in groupby(order, key=lambda index: keys[index]):
        group, by_lot = list(equals), False
        restore = rewind()
        ups = [take(claims[index].place) for index in group]
        if any(ups) and not all(ups):
            restore()
            by_lot = True
            group = _drawn(claims, group, lot, where)
            resolved.append(Resolved(where, tuple(claims[index].thing.label for index in group)))
            ups = [take(claims[index].place) for index in group]
        for index, is_up in zip(group, ups, strict=True):
            found[claims[index].place] = Decision(len(found) + 1, is_up, _why(is_up, by_lot))
    return _blocked(found), resolved


def _drawn(claims: Sequence[Claim], group: Sequence[int], lot: Lot, where: str) -> list[int]:
    why = Text(
        "它们的先后按规则相同，而名额不够每个都加",
        "the rules rank them equal and there are not enough seats for all",
    )
    order = lot.order([claims[index].thing for index in group], why, table_title(where))
    return [group[place] for place in order]


def _why(is_up: bool, by_lot: bool) -> Why:
    if is_up:
        return "extra_by_lot" if by_lot else "extra"
    return "passed_by_lot" if by_lot else "passed"


def _blocked(found: dict[int, Decision]) -> dict[int, Decision]:
    """Those passed over although someone behind them got a seat: the sums of the table left no room for them."""
    last = max((decision.rank for decision in found.values() if decision.is_up), default=0)
    return {
        place: Decision(decision.rank, False, "blocked")
        if not decision.is_up and decision.rank < last
        else decision
        for place, decision in found.items()
    }
