"""The ways to school of the pupils concerned, today and after:
what the comparison before and after reads."""

from junheng.planning.frozen import Json, exact
from junheng.planning.merge.scene import Scene


def walking(problem: Json, outcome: Json, is_after: bool) -> list[Json]:
    """Rows {"stage", "pupils", "metres"?, "minutes"?} of every home, the same pupils on both sides.

    After, pupils of mergers that hold go to their new school; all others stay where they are. Unknown ways are absent.
    """
    scene = Scene(problem)
    goes = {
        (move["merge"], move["place"]): str(move["to"])
        for move in outcome["moves"]
        if move["merge"] in outcome["holds"]
    }
    found = []
    for unit, homes in scene.rows.items():
        own = str(scene.merges[unit[0]]["school"])
        school = goes.get(unit, own) if is_after else own
        way = scene.ways.get((unit[1], school), {})
        known = {name: exact(way[name]) for name in ("metres", "minutes") if name in way}
        found += [{"stage": home["stage"], "pupils": home["pupils"], **known} for home in homes]
    return found
