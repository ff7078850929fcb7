"""Dated versions of zones: what was in force when, what changed, who is affected.

A version is a whole assignment, in force from its first day to the day before the next one's. Nothing is
overwritten: a later version ends an earlier one, and the register keeps both.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from junheng.planning.frozen import Json

NEW = "new"  # what the plan's own version is called until the bureau names it


def day_before(day: str) -> str:
    """The day before an ISO day."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def lineage(versions: Iterable[Json], new: Json | None = None) -> list[Json]:
    """[{"id", "from", "until" (absent: in force), "assignment"}] by first day, each ended by the next.

    A version's own earlier end is kept: then nothing was in force in between. Raises ValueError where ``new`` does
    not begin after all others: the past is not rewritten.
    """
    found = sorted(versions, key=lambda version: (version["from"], version["id"]))
    if new is not None:
        if found and new["from"] <= found[-1]["from"]:
            raise ValueError(f"version {new['id']} begins before {found[-1]['id']}")
        found.append(new)
    ended = []
    for at, version in enumerate(found):
        later = found[at + 1] if at + 1 < len(found) else None
        ends = [version["until"]] if "until" in version else []
        ends += [day_before(later["from"])] if later is not None else []
        ended.append(version | ({"until": min(ends)} if ends else {}))
    return ended


def in_force(versions: Iterable[Json], day: str) -> Json | None:
    """The version in force on ``day``; None where there is none."""
    for version in lineage(versions):
        if version["from"] <= day and day <= version.get("until", day):
            return version
    return None


def assigned(version: Json) -> dict[str, str]:
    """Block → zone of a version."""
    return {row["block"]: row["zone"] for row in version["assignment"]}


def changes(before: Mapping[str, str], after: Mapping[str, str], pupils: Mapping[str, int]) -> list[Json]:
    """[{"block", "from", "to", "pupils"}]: blocks whose zone differs; "" where a version does not hold the block.

    ``pupils`` are those of the blocks now; a block it does not know has no number.
    """
    found = []
    for block in sorted(before.keys() | after.keys()):
        one, other = before.get(block, ""), after.get(block, "")
        if one != other:
            row: Json = {"block": block, "from": one, "to": other}
            found.append(row | ({"pupils": pupils[block]} if block in pupils else {}))
    return found


def new_version(problem: Json, assignment: Iterable[Json]) -> Json:
    """The version a plan makes, named by the problem or by its first day."""
    rows = [{"block": row["block"], "zone": row["zone"]} for row in assignment]
    return {"id": problem.get("version", problem["from"]), "from": problem["from"], "assignment": rows}


def all_versions(problem: Json, outcome: Json) -> list[Json]:
    """The problem's versions and, after planning, the plan's own."""
    earlier = problem.get("versions", [])
    if problem["mode"] == "audit" or not outcome.get("assignment"):
        return lineage(earlier)
    return lineage(earlier, new_version(problem, outcome["assignment"]))
