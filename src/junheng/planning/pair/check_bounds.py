"""Check of the proof: what no plan can exceed by the prices given, and what is claimed on it."""

from fractions import Fraction
from math import ceil, floor

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.pair.check_scene import Scene, wrong

_STATUSES = ("optimal", "within_gap", "time_limit", "interrupted", "infeasible")


def check_bounds(problem: Json, outcome: Json) -> list[Text]:
    """Bounds recomputed; "optimal" by pairs alone must be proven by them; the gap must be what they say."""
    scene = Scene(problem)
    prices = {row["of"]: row for row in outcome["prices"]}
    served, burden = outcome["objective"]["need"], outcome["objective"]["burden_metres"]
    most = floor(_bound(scene, prices["need"], 0))
    least = max(0, ceil(exact(prices["burden"]["need_weight"]) * served - _bound(scene, prices["burden"], 1)))
    found = []
    if outcome["status"] not in _STATUSES:
        found.append(wrong(f"不认识的状态 {outcome['status']}", f"unknown status {outcome['status']}"))
    if (outcome["bound"]["need"], outcome["bound"]["burden_metres"]) != (most, least):
        found.append(
            wrong(f"由价格得出的界应为 {most}、{least}", f"the prices give the bounds {most} and {least}")
        )
    if served > most or (served == most and burden < least):
        found.append(wrong("方案优于它自己的界", "the plan is better than its own bound"))
    by_need = Fraction(most - served, max(1, most))
    gap = by_need if most > served else Fraction(max(0, burden - least), max(1, burden))
    if exact(outcome["gap"]) != gap:
        found.append(wrong(f"差距应为 {gap}", f"the gap is {gap}"))
    is_alone = "solver_need" not in outcome["bound"]
    if is_alone and outcome["status"] in ("optimal", "infeasible") and (served, burden) != (most, least):
        found.append(wrong("自称最优，但没有证明", "called optimal without a proof"))
    return found + _binding(scene, outcome, prices["need"], most - served)


def _value(scene: Scene, proof: Json, pair: tuple[str, str], burden_weight: int) -> Fraction:
    """A pair's weight less the prices it would have to pay."""
    need, burden = scene.allowed[pair]
    core, member = pair
    value = (
        exact(proof["need_weight"]) * need - burden_weight * burden - exact(proof["schools"].get(member, 0))
    )
    if core in proof["capacity"]:
        value -= exact(proof["capacity"][core]) * scene.pupils(member)
    return value


def _needed(scene: Scene) -> dict[str, list[tuple[str, str]]]:
    """Permitted pairs that serve a need, by core; without one nothing is proposed."""
    found: dict[str, list[tuple[str, str]]] = {}
    for pair, (need, _) in scene.allowed.items():
        if need > 0:
            found.setdefault(pair[0], []).append(pair)
    return found


def _bound(scene: Scene, proof: Json, burden_weight: int) -> Fraction:
    """Σ prices + what each strong school could gain at most by itself; of new groups only as many as may open."""
    for price in (*proof["schools"].values(), *proof["capacity"].values()):
        if exact(price) < 0:
            raise ValueError("a price below 0")
    total = sum((exact(price) for price in proof["schools"].values()), Fraction(0))
    limit, new = scene.new_groups(), []
    for core, pairs in sorted(_needed(scene).items()):
        values = [_value(scene, proof, pair, burden_weight) for pair in pairs]
        is_new = scene.mode["kind"] == "groups" and core not in scene.leads
        own = _best(values, scene.places(core), int(scene.mode.get("least_members", 0)) if is_new else 0)
        if core in proof["capacity"]:
            own += exact(proof["capacity"][core]) * scene.schools[core]["capacity"]
        if is_new and limit is not None:
            new.append(own)
        else:
            total += own
    return total + sum(sorted(new, reverse=True)[:limit], Fraction(0))


def _best(values: list[Fraction], most: int, least: int) -> Fraction:
    """The best sum of ``least`` to ``most`` values, or nothing."""
    best, total = Fraction(0), Fraction(0)
    for count, value in enumerate(sorted(values, reverse=True)[:most], 1):
        total += value
        if count >= least:
            best = max(best, total)
    return best


def _binding(scene: Scene, outcome: Json, proof: Json, slack: int) -> list[Text]:
    """One more place at a full school: at most what its own best choice gains."""
    found, pairs = [], _needed(scene)
    used: dict[str, int] = {}
    for row in outcome["pairs"]:
        used[row["core"]] = used.get(row["core"], 0) + 1
    told = {row["row"].removeprefix("partners:"): row["need_at_most"] for row in outcome["binding"]}
    expected = {}
    for core, count in used.items():
        if core not in scene.schools or count < scene.places(core):
            continue
        values = [_value(scene, proof, pair, 0) for pair in pairs.get(core, [])]
        places = scene.places(core)
        rise = slack + ceil(_best(values, places + 1, 0) - _best(values, places, 0))
        if rise > 0:
            expected[core] = rise
    if told != expected:
        found.append(wrong("用满名额的清单不对", f"the list of full schools should be {expected}"))
    return found
