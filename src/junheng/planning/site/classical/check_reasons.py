"""Check of "it cannot be done": every reason must follow from the problem's own numbers."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.site.classical.check_proof import proven
from junheng.planning.site.classical.check_scene import Scene, wrong


def check_reasons(scene: Scene, outcome: Json) -> list[Text]:
    """Each reason recomputed; an infeasible outcome claims nothing else."""
    found: list[Text] = []
    if not outcome["reasons"]:
        found.append(wrong("没有写明为什么不可行", "no reason is given why it cannot be done"))
    if outcome["open"] or outcome["assignment"] or outcome["objective"] or outcome["bound"]:
        found.append(wrong("不可行的结果不应带方案", "an infeasible outcome holds no plan"))
    for reason in outcome["reasons"]:
        if not _holds(scene, reason, found):
            found.append(wrong(f"理由不成立：{reason['zh']}", f"the reason does not hold: {reason['en']}"))
    return found


def _holds(scene: Scene, reason: Json, found: list[Text]) -> bool:
    if reason["kind"] == "unreachable":
        return bool(reason["demand"]) and reason["demand"] == _alone(scene)
    if reason["kind"] == "capacity":
        lacking = sum(scene.weight) - sum(scene.capacity)
        return bool(scene.model == "capacitated" and reason["lacking"] == lacking > 0)
    if reason["kind"] == "crowded":
        rows = [scene.row[name] for name in reason["demand"]]
        near = {c for row in rows for c, way in enumerate(scene.ways[row]) if way is not None}
        lacking = sum(scene.weight[row] for row in set(rows)) - sum(scene.capacity[c] for c in near)
        return bool(scene.model == "capacitated" and reason["lacking"] == lacking > 0)
    if reason["kind"] != "count" or scene.model not in ("p_median", "p_centre"):
        return False
    longest = max(way for row in scene.ways for way in row if way is not None)
    needed = proven(scene, reason["proof"], Fraction(reason["needed"]), found, Fraction(longest, scene.scale))
    return bool(needed >= reason["needed"] > scene.count)


def _alone(scene: Scene) -> list[str]:
    """Demand points without any site they could go to."""
    limit = scene.exact_radius * scene.scale
    has_radius = scene.model == "set_covering"
    return [
        name
        for name, row in zip(scene.demand, scene.ways, strict=True)
        if not any(way is not None and not (has_radius and way > limit) for way in row)
    ]
