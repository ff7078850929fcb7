"""Check of the plan itself: who may be open, who is served from where, what it costs."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact, number
from junheng.planning.site.classical.check_scene import Scene, wrong


def check_plan(scene: Scene, outcome: Json) -> list[Text]:
    """Open sites, assignment, what is uncovered, totals by site and the objective, all formed anew."""
    found = _check_open(scene, outcome["open"])
    if found:
        return found
    columns = [scene.column[name] for name in outcome["open"]]
    form = _served if scene.model == "capacitated" else _nearest
    value = form(scene, outcome, columns, found)
    if exact(outcome["objective"][scene.key]) != value:
        found.append(wrong(f"目标值应为 {value}", f"the objective is {value}"))
    if outcome["sites"] != _totals(scene, outcome):
        found.append(wrong("各站点的合计不对", "the totals by site are wrong"))
    return found


def _check_open(scene: Scene, names: list[str]) -> list[Text]:
    if unknown := [name for name in names if name not in scene.column]:
        return [wrong(f"没有站点 {unknown[0]}", f"there is no site {unknown[0]}")]
    places = [scene.column[name] for name in names]
    if places != sorted(set(places)):
        return [wrong("开设的站点重复或次序不对", "open sites doubled or out of order")]
    if scene.model in ("p_median", "p_centre", "maximal_covering") and len(names) > scene.count:
        return [
            wrong(
                f"开设了 {len(names)} 个站点，至多 {scene.count} 个",
                f"{len(names)} sites, at most {scene.count}",
            )
        ]
    return []


def _nearest(scene: Scene, outcome: Json, columns: list[int], found: list[Text]) -> Fraction:
    """The assignment must be to the nearest open site (within the radius where one counts); returns the objective."""
    expected, left, longest, cost = [], [], Fraction(0), Fraction(0)
    covered = 0
    has_radius = scene.model in ("set_covering", "maximal_covering")
    for row, name in enumerate(scene.demand):
        best = scene.nearest(row, columns)
        if best is None or (has_radius and best[0] > scene.exact_radius * scene.scale):
            left.append(name)
            continue
        way = Fraction(best[0], scene.scale)
        expected.append({"demand": name, "site": scene.sites[best[1]], "way": number(way)})
        longest, cost = max(longest, way), cost + scene.weight[row] * way
        covered += scene.weight[row]
    if outcome["assignment"] != expected:
        found.append(
            wrong("有需求点没有去最近的开设站点", "some demand point is not sent to the nearest open site")
        )
    may_miss = scene.model == "maximal_covering"
    if left and not may_miss:
        found.append(
            wrong(f"{len(left)} 个需求点没有站点：{left[0]}", f"{len(left)} points have no site: {left[0]}")
        )
    if outcome["uncovered"] != (left if may_miss else []):
        found.append(wrong("未覆盖的清单不对", "the list of uncovered points is wrong"))
    if scene.model == "set_covering":
        return Fraction(sum(scene.cost[column] for column in columns), scene.scale)
    return {"p_median": cost, "p_centre": longest, "maximal_covering": Fraction(covered)}[scene.model]


def _served(scene: Scene, outcome: Json, columns: list[int], found: list[Text]) -> Fraction:
    """Everybody served in full, from open sites with a way, nobody over capacity; returns fixed and serving costs."""
    served, load = [0] * len(scene.demand), [0] * len(scene.sites)
    cost = Fraction(sum(scene.cost[column] for column in columns), scene.scale)
    seen = set()
    for flow in outcome["assignment"]:
        row, column, units = scene.row[flow["demand"]], scene.column[flow["site"]], flow["units"]
        way = scene.ways[row][column]
        if (
            not isinstance(units, int)
            or units <= 0
            or column not in columns
            or way is None
            or (row, column) in seen
        ):
            found.append(wrong(f"不允许的流：{flow}", f"a flow that cannot be: {flow}"))
            continue
        seen.add((row, column))
        served[row] += units
        load[column] += units
        cost += Fraction(units * way, scene.weight[row] * scene.scale)
    if served != scene.weight:
        name = next(n for n, one, all_ in zip(scene.demand, served, scene.weight, strict=True) if one != all_)
        found.append(wrong(f"需求点 {name} 没有恰好满足", f"demand point {name} is not served exactly"))
    for column, units in enumerate(load):
        if units > scene.capacity[column]:
            name = scene.sites[column]
            found.append(wrong(f"站点 {name} 超出容量", f"site {name} is over its capacity"))
    if outcome["uncovered"]:
        found.append(wrong("未覆盖的清单不对", "the list of uncovered points is wrong"))
    return cost


def _totals(scene: Scene, outcome: Json) -> list[Json]:
    totals = []
    for name in outcome["open"]:
        rows = [row for row in outcome["assignment"] if row["site"] == name]
        weights = [row["units"] if "units" in row else scene.weight[scene.row[row["demand"]]] for row in rows]
        total: Json = {"site": name, "points": len(rows), "weight": sum(weights)}
        if rows and "way" in rows[0]:
            ways = [exact(row["way"]) for row in rows]
            total["farthest"] = number(max(ways))
            if sum(weights):
                mean = sum((w * way for w, way in zip(weights, ways, strict=True)), Fraction(0)) / sum(
                    weights
                )
                total["mean"] = number(mean)
        totals.append(total)
    return totals
