"""Who goes how far in the last year of the leading plan, for setting a planned state beside today's."""

from fractions import Fraction

from junheng.planning.frozen import Json
from junheng.planning.site.telling_words import lead_of


def walking(problem: Json, outcome: Json, is_planned: bool) -> list[Json]:
    """Rows {"stage", "pupils", "metres" or "minutes"}; nothing of today, for nobody said who goes where now.

    Children without a seat have no way: they are not among the rows.
    """
    if not is_planned or not outcome["plans"]:
        return []
    ways = {row["id"]: row["ways"] for row in problem["blocks"]}
    found = []
    for block, flows in sorted(lead_of(problem, outcome)["flows"].items()):
        for site, pupils in sorted(flows.items()):
            if pupils[-1]:
                length = ways[block][site]
                way = {"metres": length} if problem["unit"] == "metre" else {"minutes": Fraction(length, 60)}
                found.append({"stage": problem["stage"], "pupils": pupils[-1], **way})
    return found
