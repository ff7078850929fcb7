"""Words for moves and prices."""

from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.staff.openings import Cell

Json = dict[str, Any]
ROUND_NAMES = {
    1: Text("校内竞聘", "competition inside the school"),
    2: Text("跨校竞聘", "competition between schools of the area"),
    3: Text("组织调剂", "placement by the county"),
}
ROOM = Text("核定编制内的余地", "room within the quota")


def subject_name(problem: Json, subject: str) -> Text:
    """A subject's name as the curriculum has it."""
    names = problem["rules"]["subjects"].get(subject, {})
    return Text(names.get("zh", subject), names.get("en", subject))


def post_name(problem: Json, stage: str, subject: str) -> Text:
    """Stage and subject of a post."""
    level, taught = STAGE_NAMES[stage], subject_name(problem, subject)
    return Text(f"{level.zh}{taught.zh}", f"{level.en} {taught.en}")


def move_reason(problem: Json, giver: Cell, taker: Cell, placing: int) -> Text:
    """Why a move is made, with the round it belongs to."""
    left = post_name(problem, giver.stage, giver.subject)
    taken = post_name(problem, taker.stage, taker.subject)
    name = ROUND_NAMES[placing]
    return Text(
        f"{name.zh}：{left.zh}超岗，补{taken.zh}缺岗", f"{name.en}: {left.en} to spare, {taken.en} short"
    )


def price_words(problem: Json, row: str) -> Text:
    """What a row of the placement is, in words."""
    kind, school_id, *post = row.split(":")
    school = next((one["name"] for one in problem["schools"] if one["id"] == school_id), school_id)
    if kind == "room":
        return Text(f"{school}：{ROOM.zh}", f"{school}: {ROOM.en}")
    name = post_name(problem, *post)
    side = Text("超岗人数", "to spare") if kind == "surplus" else Text("缺岗数", "short")
    return Text(f"{school}{name.zh}{side.zh}", f"{school}: {name.en} {side.en}")
