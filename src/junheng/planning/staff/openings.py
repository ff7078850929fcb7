"""Who may go where: surplus persons, open posts, and the room of each school.

A move is allowed within the subject, to the same stage or – when the rules say so – a lower one; inside a school also to
subjects its teacher may take besides. Round 1 is inside the school, 2 inside the area, 3 anywhere in the county.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.basics import STAGES

Json = dict[str, Any]
ROUNDS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Cell:
    """A school, stage and subject with ``persons`` too many or too few."""

    school_id: str
    stage: str
    subject: str
    persons: int


@dataclass(frozen=True, slots=True)
class Openings:
    """What placement decides on. ``inside``: (place in surpluses, place in shortages) within a school; ``room``: net
    change (least, most) of schools whose quota and staff are known – only they exchange with others; ``areas``: by school.
    """

    surpluses: Sequence[Cell]
    shortages: Sequence[Cell]
    inside: Sequence[tuple[int, int]]
    room: Mapping[str, tuple[int, int]]
    areas: Mapping[str, str]
    weak: frozenset[str]
    goes_down: bool

    def stages_below(self, stage: str) -> tuple[str, ...]:
        """The stages whose posts a teacher of ``stage`` may take in another school."""
        return STAGES[: STAGES.index(stage) + 1] if self.goes_down else (stage,)

    def round_of(self, giver: str, taker: str) -> int:
        """The round a move between two schools belongs to."""
        if giver == taker:
            return 1
        return 2 if giver in self.areas and self.areas[giver] == self.areas.get(taker) else 3


def openings(problem: Json, quotas: Sequence[Json], cells: Sequence[Json]) -> Openings:
    """The openings of a problem, in the order of its schools."""
    surpluses = [_cell(one, one["difference"]) for one in cells if one["difference"] > 0]
    shortages = [_cell(one, -one["difference"]) for one in cells if one["difference"] < 0]
    allotted = {one["school_id"]: one["allotted"] for one in quotas}
    room = {
        school["id"]: (min(0, spare), max(0, spare))
        for school in problem["schools"]
        if school["id"] in allotted and "in_quota" in school.get("posts", {})
        for spare in (allotted[school["id"]] - school["posts"]["in_quota"],)
    }
    at_school: dict[str, list[int]] = {}
    for place, cell in enumerate(shortages):
        at_school.setdefault(cell.school_id, []).append(place)
    goes_down = str(problem["rules"].get("may_teach_lower_stage", 0)) == "1"
    inside = [
        (at, to)
        for at, giver in enumerate(surpluses)
        for to in at_school.get(giver.school_id, ())
        if _may_take_inside(problem["rules"], goes_down, giver, shortages[to])
    ]
    areas = {school["id"]: school["area"] for school in problem["schools"] if "area" in school}
    weak = frozenset(school["id"] for school in problem["schools"] if school["weak"])
    return Openings(surpluses, shortages, inside, room, areas, weak, goes_down)


def _cell(entry: Json, persons: int) -> Cell:
    return Cell(entry["school_id"], entry["stage"], entry["subject"], persons)


def _may_take_inside(rules: Json, goes_down: bool, giver: Cell, taker: Cell) -> bool:
    """Whether a surplus teacher may take the post in the same school."""
    gap = STAGES.index(giver.stage) - STAGES.index(taker.stage)
    if gap < 0 or (gap > 0 and not goes_down):
        return False
    besides = rules.get("also_teaches", {}).get(taker.stage, {}).get(giver.subject, ())
    return giver.subject == taker.subject or taker.subject in besides
