"""Check of the proof: leaves cover every plan, rules follow from prices, the bound is as claimed."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.site.classical.check_bounds import Bound, bound_of
from junheng.planning.site.classical.check_scene import Scene, wrong

_STATUSES = ("optimal", "within_gap", "time_limit", "interrupted")
_SAME = Fraction(1, 10**8)


def check_proof(scene: Scene, outcome: Json) -> list[Text]:
    """The bound recomputed; gap and status must be what bound and objective say."""
    value, stated = (exact(outcome[part][scene.key]) for part in ("objective", "bound"))
    found: list[Text] = []
    bound = _claimed(scene, outcome, value, found)
    if stated != bound:
        found.append(wrong(f"由价格得出的界应为 {bound}", f"the prices give the bound {bound}"))
    sign = -1 if scene.model == "maximal_covering" else 1
    solver = exact(outcome["bound"].get("solver_" + scene.key, outcome["bound"][scene.key]))
    if sign * bound > sign * value or sign * solver > sign * value:
        found.append(wrong("方案优于它自己的界", "the plan is better than its own bound"))
    if exact(outcome["gap"]) != _gap(value, stated):
        found.append(wrong(f"差距应为 {_gap(value, stated)}", f"the gap is {_gap(value, stated)}"))
    if outcome["status"] not in _STATUSES:
        found.append(wrong(f"不认识的状态 {outcome['status']}", f"unknown status {outcome['status']}"))
    if outcome["status"] == "optimal" and bound != value and _gap(value, solver) > _SAME:
        found.append(wrong("自称最优，但没有证明", "called optimal without a proof"))
    return found


def _gap(value: Fraction, bound: Fraction) -> Fraction:
    return abs(value - bound) / max(abs(value), abs(bound)) if value != bound else Fraction(0)


def _claimed(scene: Scene, outcome: Json, value: Fraction, found: list[Text]) -> Fraction:
    """The bound on the objective that the proof gives."""
    if scene.model == "p_centre":
        return _centre(scene, outcome, found)
    total = Fraction(sum(scene.weight))
    least = total - value if scene.model == "maximal_covering" else value
    bound = min(least, proven(scene, outcome["proof"], least, found))
    return total - bound if scene.model == "maximal_covering" else bound


def proven(
    scene: Scene, proof: Json, least: Fraction, found: list[Text], radius: Fraction | None = None
) -> Fraction:
    """What no plan goes below, but for plans that are no better than ``least``."""
    bounds = [bound_of(scene, vector, radius) for vector in proof["vectors"]]
    rules = _places(scene, proof["rules"])
    _check_rules(scene, bounds, rules, least, found)
    leaves = [(*_places(scene, leaf), leaf["vector"]) for leaf in proof["leaves"]]
    if not _is_covered([(set(o), set(s)) for o, s, _ in leaves], set(rules[0]), set(rules[1])):
        found.append(wrong("证明没有覆盖所有方案", "the proof does not cover every plan"))
        return Fraction(0)
    values = [bounds[vector](opened, shut) for opened, shut, vector in leaves]
    return _whole(scene, min((value for value in values if value is not None), default=least), radius)


def _check_rules(
    scene: Scene, bounds: list[Bound], rules: tuple[list[int], list[int]], least: Fraction, found: list[Text]
) -> None:
    """A site is shut (open) by rule where opening (shutting) it alone already costs as much as the plan."""
    for places, is_open in ((rules[0], True), (rules[1], False)):
        for place in places:
            value = bounds[0]([], [place]) if is_open else bounds[0]([place], [])
            if value is not None and _whole(scene, value, None) < least:
                name = scene.sites[place]
                found.append(wrong(f"站点 {name} 不能由价格排除", f"prices do not rule out site {name}"))


def _whole(scene: Scene, value: Fraction, radius: Fraction | None) -> Fraction:
    """Rounded up to what a plan can cost, where that comes in whole steps."""
    if scene.model == "capacitated":
        return value
    step = scene.scale if scene.model in ("p_median", "set_covering") and radius is None else 1
    return Fraction(ceil(value * step), step)


def _places(scene: Scene, branch: Json) -> tuple[list[int], list[int]]:
    opened, shut = ([scene.column[name] for name in branch[part]] for part in ("opened", "shut"))
    return opened, shut


def _is_covered(leaves: Sequence[tuple[set[int], set[int]]], opened: set[int], shut: set[int]) -> bool:
    """Whether every plan with ``opened`` open and ``shut`` shut is in a leaf."""
    stack = [(list(leaves), opened, shut)]
    while stack:
        here, on, off = stack.pop()
        if any(o <= on and s <= off for o, s in here):
            continue
        shared = set.intersection(*((o | s) - on - off for o, s in here)) if here else set()
        if not shared:
            return False
        site = min(shared)
        stack.append(([leaf for leaf in here if site not in leaf[1]], on | {site}, off))
        stack.append(([leaf for leaf in here if site not in leaf[0]], on, off | {site}))
    return True


def _centre(scene: Scene, outcome: Json, found: list[Text]) -> Fraction:
    """A radius at which more than p sites are needed is too short: the next way that exists is the bound."""
    ways = sorted({way for row in scene.ways for way in row if way is not None})
    if "proof" not in outcome:
        nearest = (min(way for way in row if way is not None) for row in scene.ways)
        return Fraction(max(nearest), scene.scale)
    radius = exact(outcome["proof"]["radius"])
    needed = proven(scene, outcome["proof"], Fraction(scene.count + 1), found, radius)
    if needed <= scene.count:
        found.append(wrong(f"半径 {radius} 未被排除", f"the radius {radius} is not ruled out"))
    longer = [way for way in ways if way > radius * scene.scale]
    return Fraction(longer[0], scene.scale) if longer else radius
