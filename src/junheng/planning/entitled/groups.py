"""Boarders, inclusive, home-taught and bilingual pupils of a planned state, where they follow from what is known.

A planned state leaves these groups absent wherever pupils change. Where pupils only move, nobody is lost on the way: a
school whose pupils all go to one other brings its groups along, and one that had none of a group brings none.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.planning.entitled.asked import AS_BASE
from junheng.planning.frozen import Json

BOARDERS = "boarders"
GROUPS = (BOARDERS, "bilingual_pupils", "inclusive_pupils", "home_taught_pupils")
MOVED = "moved"
Facts = dict[str, Json]  # school id → its facts; "stages": [{"stage", "pupils", …GROUPS}]


def moved_pupils(problem: Json, outcome: Json) -> list[Json]:
    """Who moves in the mergers that hold: rows {"from", "to", "stage", "pupils", "boards"}; other plans: none.

    ``boards`` is None where somebody's boarding is not stated.
    """
    if problem.get("kind") != "merge":
        return []
    closing = {merge["id"]: merge["school"] for merge in problem["merges"]}
    found: dict[tuple[str, str, str], Json] = {}
    for move in outcome["moves"]:
        if move["merge"] not in outcome["holds"]:
            continue
        for row in move["grades"]:
            key = (closing[move["merge"]], move["to"], row["stage"])
            entry = found.setdefault(
                key, {"from": key[0], "to": key[1], "stage": key[2], "pupils": 0, "boards": 0}
            )
            entry["pupils"] += row["pupils"]
            known = entry["boards"] is not None and "boards" in row
            entry["boards"] = entry["boards"] + row["boards"] if known else None
    return [found[key] for key in sorted(found)]


def fill_groups(before: Facts, after: Facts, moved: Sequence[Json], groups: str) -> list[Json]:
    """Fill in what follows (``moved``) or is assumed (``as_base``); rows {"school_id", "stage", "column", "value", "how"}.

    As at the base: a school keeps its own numbers, one that is new has none.
    """
    found = []
    for school, stage in _blank(after):
        own = stage_of(before, school, stage["stage"])
        comers = [row for row in moved if (row["to"], row["stage"]) == (school, stage["stage"])]
        for column in [name for name in GROUPS if stage[name] is None]:
            value, how = _joined(before, own, stage, column, comers, moved), MOVED
            if value is None and groups == AS_BASE:
                value, how = (own[column] if own else 0 if school not in before else None), AS_BASE
            if value is not None:
                stage[column] = value
                found.append(
                    {
                        "school_id": school, "stage": stage["stage"], "column": column, "value": value, "how": how,
                    }
                )  # fmt: skip
    return found


def _blank(after: Facts) -> Iterator[tuple[str, Json]]:
    for school, facts in after.items():
        for stage in facts["stages"]:
            if any(stage[name] is None for name in GROUPS):
                yield school, stage


def stage_of(facts: Facts, school: str, stage: str) -> Json | None:
    """The stage's facts of a school, None where it has no such stage."""
    stages = facts[school]["stages"] if school in facts else []
    return next((row for row in stages if row["stage"] == stage), None)


def _joined(
    before: Facts, own: Mapping[str, Any] | None, now: Json, column: str, comers: Sequence[Json],
    moved: Sequence[Json],
) -> int | None:  # fmt: skip
    """Own pupils of a group and those who come; None unless the state is just the school's pupils with these."""
    if own is None or own[column] is None or not comers:
        return None
    if own["pupils"] is None or own["pupils"] + sum(row["pupils"] for row in comers) != now["pupils"]:
        return None
    brought = [_brought(before, column, row, moved) for row in comers]
    known = [count for count in brought if count is not None]
    return int(own[column]) + sum(known) if len(known) == len(brought) else None


def _brought(before: Facts, column: str, row: Json, moved: Sequence[Json]) -> int | None:
    if column == BOARDERS:  # who boards afterwards is stated by the plan itself
        return None if row["boards"] is None else int(row["boards"])
    source = stage_of(before, row["from"], row["stage"])
    if source is None or source[column] is None:
        return None
    goes = {other["to"] for other in moved if (other["from"], other["stage"]) == (row["from"], row["stage"])}
    return int(source[column]) if source[column] == 0 or goes == {row["to"]} else None
