"""Why a block changes its zone, from the facts: closed school, nearer, seats, contiguity, pinned."""

from dataclasses import dataclass

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.zone.versions import assigned


@dataclass(frozen=True, slots=True)
class Reason:
    """The ways before and after in metres (None: not known) and the reason in words."""

    before: int | None
    after: int | None
    words: Text


def reason(problem: Json, outcome: Json, block: str, to: str) -> Reason:
    """Why ``block`` goes to zone ``to``: the first that holds of pinned, closed, nearer, too full, else for others."""
    today = {zone["id"]: zone for zone in problem["today"]["zones"]}
    was = today.get(assigned(problem["today"]).get(block, ""))
    before = _way(problem, block, was["schools"]) if was else None
    after = problem["metres"][block].get(to)
    return Reason(before, after, _words(problem, was, block, before, after))


def _way(problem: Json, block: str, schools: list[str]) -> int | None:
    told = [problem["ways"][block][s] for s in schools if s in problem["ways"].get(block, {})]
    return min(told, default=None)


def _words(problem: Json, was: Json | None, block: str, before: int | None, after: int | None) -> Text:
    pinned = {one["id"] for one in problem["blocks"] if "pinned" in one}
    if block in pinned:
        return Text("问题文件指定", "pinned by the problem")
    if was is not None and set(was["schools"]) <= set(problem["closed"]):
        return Text("原学校停办", "the school before closes")
    if before is not None and after is not None and after < before:
        return Text(f"新学校近 {before - after:,} 米", f"the new school is {before - after:,} m nearer")
    if was is not None and _pupils_today(problem, was["id"]) > was.get("capacity", _MANY):
        return Text("原学区学生超过学位", "more pupils than seats in the zone before")
    return Text(
        "为相邻学区腾出学位，或使学区连片", "makes room for a zone beside it, or keeps the zones connected"
    )


_MANY = 10**9


def _pupils_today(problem: Json, zone: str) -> int:
    home = assigned(problem["today"])
    return sum(block["pupils"] for block in problem["blocks"] if home.get(block["id"]) == zone)
