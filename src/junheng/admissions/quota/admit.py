"""Admission within the quota: by score inside each junior school, each pupil once.

``score_first``: pupils in order of score, each takes the best wish that is open to him (the parallel rule).
``wish_first``: all first wishes are settled before any second one. Equal scores are parted by the declared marks and
then by lot; the lot is asked only where it matters. Unfilled seats return to the area's open admission.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import Literal

from junheng.admissions.quota.allocate import Allocation
from junheng.admissions.quota.eligibility import Screened, screen
from junheng.admissions.quota.lot import Drawable, Lot
from junheng.admissions.quota.rules import AdmissionRule
from junheng.basics import Text, UserError

Outcome = Literal["admitted", "not_eligible", "below_line", "no_wish", "no_seat"]
Key = tuple[Fraction, ...]
_WHY = Text("成绩和同分比较都相同，名额不够", "score and marks that part ties are equal, and seats are short")


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one pupil. ``wish`` is the 1-based place of the wish fulfilled, 0 if none."""

    pupil: str
    junior: str
    outcome: Outcome
    senior: str
    wish: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Returned:
    """Seats of a senior school that stayed empty at the junior schools of one area."""

    senior: str
    area: str
    seats: int


@dataclass(frozen=True, slots=True)
class Admission:
    """All pupils, the seats filled by (senior school, receiver), the lowest score admitted there, and the rest."""

    placed: tuple[Placed, ...]
    filled: Mapping[tuple[str, str], int]
    lowest: Mapping[tuple[str, str], Fraction]
    returned: tuple[Returned, ...]


@dataclass
class _Receiver:
    """One junior school (or open pack): seats left by senior school, its pupils still waiting with open wishes."""

    id: str
    left: dict[str, int]
    waiting: list[Screened] = field(default_factory=list)


def admit(allocation: Allocation, rule: AdmissionRule) -> Admission:
    """Fill the seats of ``allocation`` with its pupils.

    Raises UserError where a line the rule needs is absent, and where equals need a lot that was not given.
    """
    receivers = _receivers(allocation)
    screened = screen(allocation, rule)
    homes = _homes(allocation)
    for found in screened:
        if found.outcome is None:
            receivers[homes[found.pupil.junior]].waiting.append(found)
    taken: dict[str, tuple[str, str]] = {}
    for receiver in receivers.values():
        settle = _by_score if rule.order == "score_first" else _by_wish
        for pupil, senior in settle(receiver, allocation.lot):
            taken[pupil] = (senior, receiver.id)
    return _gathered(allocation, screened, taken, receivers)


def _receivers(allocation: Allocation) -> dict[str, _Receiver]:
    found = {junior.id: _Receiver(junior.id, {}) for junior in allocation.given.juniors}
    for row in allocation.seats:
        receiver = found.setdefault(row.id, _Receiver(row.id, {}))
        receiver.left[row.senior] = receiver.left.get(row.senior, 0) + row.seats
    return found


def _homes(allocation: Allocation) -> dict[str, str]:
    """Where the pupils of each junior school compete: in the school, or in the open pack it belongs to."""
    is_open = allocation.rules.packs.inside == "open"
    return {
        junior.id: junior.pack if junior.pack and is_open else junior.id
        for junior in allocation.given.juniors
    }


def _key(found: Screened) -> Key:
    return tuple(-mark for mark in (found.pupil.score, *found.pupil.ties))


def _by_score(receiver: _Receiver, lot: Lot) -> Iterable[tuple[str, str]]:
    """Pupils in order of score take the best wish open to them."""
    for _, equals in groupby(sorted(receiver.waiting, key=_key), key=_key):
        group = list(equals)
        asked: dict[str, int] = {}
        for found in group:
            best = _best(found, receiver.left)
            asked[best] = asked.get(best, 0) + 1
        if any(senior and count > receiver.left[senior] for senior, count in asked.items()):
            group = _drawn(group, receiver, lot)
        for found in group:
            best = _best(found, receiver.left)
            if best:
                receiver.left[best] -= 1
                yield found.pupil.id, best


def _best(found: Screened, left: Mapping[str, int]) -> str:
    return next((wish for wish in found.open_wishes if left.get(wish, 0)), "")


def _by_wish(receiver: _Receiver, lot: Lot) -> Iterable[tuple[str, str]]:
    """Round by round of the wishes as written; within a round by score."""
    done: set[str] = set()
    rounds = max((len(found.pupil.wishes) for found in receiver.waiting), default=0)
    for place in range(rounds):
        for senior in receiver.left:
            asking = [
                found
                for found in receiver.waiting
                if found.pupil.id not in done and found.pupil.wishes[place : place + 1] == (senior,)
            ]
            asking = [found for found in asking if senior in found.open_wishes]
            for _, equals in groupby(sorted(asking, key=_key), key=_key):
                group = list(equals)
                if 0 < receiver.left[senior] < len(group):
                    group = _drawn(group, receiver, lot)
                for found in group[: receiver.left[senior]]:
                    done.add(found.pupil.id)
                    receiver.left[senior] -= 1
                    yield found.pupil.id, senior


def _drawn(group: Sequence[Screened], receiver: _Receiver, lot: Lot) -> list[Screened]:
    things = [
        Drawable(f"admission|{found.pupil.id}", found.pupil.id, f"考生 {found.pupil.id}") for found in group
    ]
    return [group[place] for place in lot.order(things, _WHY, receiver.id)]


def _gathered(
    allocation: Allocation,
    screened: Sequence[Screened],
    taken: Mapping[str, tuple[str, str]],
    receivers: Mapping[str, _Receiver],
) -> Admission:
    names = {senior.id: senior.name for senior in allocation.given.seniors}
    placed, filled, lowest = [], {}, {}  # type: ignore[var-annotated]  # their types are those of Admission
    for found in screened:
        placed.append(_placed(found, taken.get(found.pupil.id), names))
        if found.pupil.id in taken:
            key = taken[found.pupil.id]
            filled[key] = filled.get(key, 0) + 1
            lowest[key] = min(lowest.get(key, found.pupil.score), found.pupil.score)
    area = {row.id: row.district for row in allocation.seats}
    returned: dict[tuple[str, str], int] = {}
    for receiver in receivers.values():
        for senior, seats in receiver.left.items():
            key = (senior, area[receiver.id])
            returned[key] = returned.get(key, 0) + seats
    rows = tuple(
        Returned(senior, where, seats) for (senior, where), seats in sorted(returned.items()) if seats
    )
    return Admission(tuple(placed), filled, lowest, rows)


def _placed(found: Screened, taken: tuple[str, str] | None, names: Mapping[str, str]) -> Placed:
    pupil = found.pupil
    if taken is not None:
        wish = pupil.wishes.index(taken[0]) + 1
        reason = Text(f"志愿{wish} {names[taken[0]]}", f"wish {wish}")
        return Placed(pupil.id, pupil.junior, "admitted", taken[0], wish, reason)
    outcome = found.outcome or "no_seat"
    reason = found.reason or Text(
        "所报志愿的名额已录满", "the seats of the wishes were taken by higher scores"
    )
    return Placed(pupil.id, pupil.junior, outcome, "", 0, reason)


def require_rule(rule: AdmissionRule | None) -> AdmissionRule:
    """``rule``, or UserError where pupils are given and the rules do not say how to admit them."""
    if rule is None:
        raise UserError(
            Text(
                "有考生表，但规则没有写录取办法", "there are pupils, but the rules say nothing of admission"
            ),
            where="admission",
            fix=Text(
                "请在规则中补上 admission 和 eligibility，或去掉考生表",
                "add admission and eligibility, or drop the sheet",
            ),
        )
    return rule
