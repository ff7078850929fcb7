"""Groups of pupils that a plan's funds filled in: each must follow from who moves, or be as at the base, as is said."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from junheng.basics import Text

Json = Mapping[str, Any]
Flow = tuple[str, str, str]  # from, to, stage


def group_differences(problem: Json, outcome: Json, found: Json) -> Iterator[Text]:
    """Moves that are not the plan's, and values that neither follow nor are the base's own."""
    flows, boards = _flows(problem, outcome)
    stated = {
        (row["from"], row["to"], row["stage"]): (row["pupils"], row["boards"]) for row in found["moved"]
    }
    if stated != {key: (pupils, boards[key]) for key, pupils in flows.items()}:
        yield Text("公用经费所据的学生去向与方案不同", "the moves behind the funds are not the plan's")
        return
    before = _stages(found, "before")
    schools = {one["school_id"] for one in found["schools"] if one["before"] is not None}
    for row in found["filled"]:
        school, stage, column = row["school_id"], row["stage"], row["column"]
        own = before.get((school, stage), {}).get(column)
        if row["how"] == "as_base":
            allowed = found["groups"] == "as_base"
            wanted = (own if school in schools else 0) if allowed else None
        else:
            wanted = _followed(school, stage, column, before, (flows, boards))
        if wanted is None or row["value"] != wanted:
            yield Text(
                f"{school} {stage} 的 {column} 不是由去向或现状得出的",
                f"{column} of {school}, {stage}: follows neither from the moves nor from today",
            )


def _flows(problem: Json, outcome: Json) -> tuple[Counter[Flow], dict[Flow, int | None]]:
    """Pupils and boarders of each way from a closing school to another, of the mergers that hold."""
    flows: Counter[Flow] = Counter()
    boards: dict[Flow, int | None] = {}
    if problem["kind"] != "merge":
        return flows, boards
    school = {merge["id"]: merge["school"] for merge in problem["merges"]}
    goes = {(move["merge"], move["place"]): move["to"] for move in outcome["moves"]}
    for home in problem["homes"]:
        if home["merge"] in outcome["holds"]:
            key = (school[home["merge"]], goes[home["merge"], home["place"]], home["stage"])
            flows[key] += home["pupils"]
            so_far, more = boards.get(key, 0), home.get("boards")
            boards[key] = None if so_far is None or more is None else so_far + more
    return flows, boards


def _stages(found: Json, side: str) -> dict[tuple[str, str], Json]:
    return {
        (one["school_id"], stage["stage"]): stage
        for one in found["schools"]
        if one[side] is not None
        for stage in one[side]["stages"]
    }


def _followed(
    school: str, stage: str, column: str, before: Mapping[tuple[str, str], Json],
    moves: tuple[Counter[Flow], dict[Flow, int | None]],
) -> int | None:  # fmt: skip
    """Own pupils of the group and all who bring theirs; None where it cannot be known."""
    flows, boards = moves
    total = before.get((school, stage), {}).get(column)
    coming = [key for key in flows if key[1:] == (school, stage)]
    if not coming:
        return None
    for key in coming:
        left = before.get((key[0], stage), {}).get(column)
        splits = len({other[1] for other in flows if (other[0], other[2]) == (key[0], stage)}) > 1
        more = boards[key] if column == "boarders" else None if left and splits else left
        total = None if total is None or more is None else total + more
    return total
