"""Who goes how far, block by block, today and under the plan: for the comparison of effects."""

from junheng.planning.frozen import Json
from junheng.planning.zone.versions import assigned


def walking(problem: Json, outcome: Json, is_planned: bool) -> list[Json]:
    """[{"stage", "pupils", "metres"}] of every block with pupils; ``metres`` absent where the way is not known."""
    zones, version = problem["today"]["zones"], problem["today"]
    if is_planned and outcome.get("assignment") is not None:
        zones, version = problem["zones"], outcome
    schools_of, zone_of = {zone["id"]: zone["schools"] for zone in zones}, assigned(version)
    found = []
    for block in problem["blocks"]:
        if block["pupils"]:
            ways = problem["ways"].get(block["id"], {})
            known = [ways[s] for s in schools_of.get(zone_of.get(block["id"], ""), ()) if s in ways]
            row: Json = {"stage": problem["stage"], "pupils": block["pupils"]}
            found.append(row | ({"metres": min(known)} if known else {}))
    return found
