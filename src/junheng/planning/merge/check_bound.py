"""Check of the proof: objective, who is left and why, the bounds from the stored prices."""

from collections.abc import Callable
from fractions import Fraction
from math import floor

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.merge.check_duties import judged
from junheng.planning.merge.check_facts import goes, homes, school, seats, size_limit, way, wrong
from junheng.planning.merge.check_words import beside, figure, left_words

_STATUS = ("optimal", "within_gap", "time_limit", "interrupted")
_NAMES = {
    "holds": Text("义务由数据成立的撤并数", "mergers that hold by the data"),
    "mergers": Text("找到接收学校的撤并数", "mergers with receiving schools"),
    "pupil_minutes": Text("全体学生的分钟数", "pupil-minutes"),
}
Unit = tuple[str, str]
Options = dict[Unit, tuple[list[str], str]]
Price = Callable[..., Fraction]


def check_bound(problem: Json, outcome: Json) -> list[Text]:
    """Broken lines of objective, bound, gap, status and of the list of those left."""
    plan, found = goes(outcome), []
    units = {(home["merge"], home["place"]) for home in problem["homes"]}
    whole = [m["id"] for m in problem["merges"] if all(u in plan for u in units if u[0] == m["id"])]
    total = Fraction(0)
    for home in problem["homes"]:
        if to := plan.get((home["merge"], home["place"])):
            total += home["pupils"] * (way(problem, home["place"], to, "minutes") or 0)
    is_stated = problem["mode"] == "stated"
    counted = ("holds", len(outcome["holds"])) if is_stated else ("mergers", len(whole))
    objective = outcome["objective"]
    found += _objective(objective, {counted[0]: counted[1], "pupil_minutes": total})
    if is_stated:
        proves = {"gap", "bound", "prices"} & set(outcome)
        if outcome["status"] != "computed" or proves or outcome["left"]:
            found.append(
                wrong("去向由表写明，没有什么可证", "where pupils go is stated: there is nothing to prove")
            )
        return found
    if outcome["status"] not in _STATUS:
        found.append(wrong("状态词不对", "an unknown status"))
    return found + _proof(problem, outcome, units, whole, total)


def _proof(problem: Json, outcome: Json, units: set[Unit], whole: list[str], total: Fraction) -> list[Text]:
    found, options = [], {unit: _options(problem, unit) for unit in units}
    empty = sum(all(unit[0] != merge["id"] for unit in units) for merge in problem["merges"])
    prices = outcome["prices"]
    most = floor(-_bound(problem, options, prices.get("mergers", {}), None)) + empty
    least = _bound(problem, options, prices.get("pupil_minutes", {}), len(whole) - empty)
    bound = outcome["bound"]
    if bound["mergers"] != most or exact(bound["pupil_minutes"]) != least:
        for key, value in (("mergers", most), ("pupil_minutes", least)):
            what = Text(f"{_NAMES[key].zh}的界", f"bound of {_NAMES[key].en}")
            if exact(bound[key]) != value:
                found.append(beside(what, _shown(bound[key]), _shown(value)))
    gap = Fraction(most - len(whole), max(1, most)) or (total - least) / max(Fraction(1), total)
    if exact(outcome["gap"]) != gap or most < len(whole) or (most == len(whole) and least > total):
        found.append(beside(Text("差距", "the gap"), _shown(outcome["gap"]), _shown(gap)))
    for unit, (allowed, _) in options.items():
        to = goes(outcome).get(unit)
        if to is not None and to not in allowed:
            found.append(wrong(f"{unit[1]} 不能去 {to}", f"{unit[1]} may not go to {to}"))
    for merge in whole:
        row = next(row for row in outcome["mergers"] if row["id"] == merge)
        if merge not in outcome["holds"] and row["pupils"]:
            found.append(wrong(f"{merge} 排了去向却不成立", f"{merge} was placed and does not hold"))
    wanted = []
    for merge in sorted(m["id"] for m in problem["merges"] if m["id"] not in whole):
        bars = [unit for unit in _ordered(problem, merge) if options[unit][1]]
        row = {"merge": merge, "why": options[bars[0]][1] if bars else "full"}
        wanted.append(row | ({"places": [unit[1] for unit in bars]} if bars else {}))
    if outcome["left"] != wanted:
        what, told = Text("未安排的撤并", "mergers left"), (left_words(outcome["left"]), left_words(wanted))
        found.append(
            wrong("未安排撤并的地点与核对的不同", "the places of the mergers left are not as checked")
            if told[0] == told[1]
            else beside(what, *told)
        )
    return found


def _objective(said: Json, wanted: Json) -> list[Text]:
    """Figures of the objective that are not as formed anew, or that do not belong there."""
    found = [
        beside(_NAMES[key], _shown(said.get(key)), _shown(value))
        for key, value in wanted.items()
        if key not in said or exact(said[key]) != value
    ]
    others = sorted(set(said) - set(wanted) - {"cost_yuan"})
    told = "、".join(others)
    return found + ([wrong(f"目标里多了 {told}", f"not of the objective: {told}")] if others else [])


def _shown(value: object) -> Text:
    return figure(value.__str__() if isinstance(value, Fraction) else value) or Text("残缺", "malformed")


def _ordered(problem: Json, merge: str) -> list[Unit]:
    """The places of a merger in the order of the problem."""
    return list(dict.fromkeys((merge, home["place"]) for home in homes(problem, merge)))


def _options(problem: Json, unit: Unit) -> tuple[list[str], str]:
    """The schools that may take the pupils of a place, or why there is none."""
    merge, place = unit
    own = list(homes(problem, merge))
    for how, word in (("no_boarding", "low_grades_board"), ("remote", "remote")):
        if judged(problem, {}, merge, {"how": how}, [])[0] != "met":
            return [], word
    if any("grade" not in home for home in own):
        return [], "grades_unknown"
    shut = {row["school"] for row in problem["merges"]}
    here = problem | {"homes": [home for home in own if home["place"] == place]}
    rules = [duty for duty in problem["duties"] if duty["how"] in ("time", "radius")]
    found = []
    for one in problem["schools"]:
        if one["id"] in shut or not _sound(problem, one) or way(problem, place, one["id"], "minutes") is None:
            continue
        has = {stage["stage"] for stage in one["stages"]}
        if any(home["stage"] not in has or "boards" not in home for home in here["homes"]):
            continue
        if any(home["boards"] for home in here["homes"]) and not {"places", "boarders"} <= set(one):
            continue
        if all(judged(here, {unit: one["id"]}, merge, duty, [])[0] == "met" for duty in rules):
            found.append(one["id"])
    return sorted(found), "" if found else "out_of_reach"


def _sound(problem: Json, own: Json) -> bool:
    """A school whose grades, rooms and pupils are known and that is within its limits as it stands."""
    if "rooms" not in own or "pupils" not in own or not own["stages"]:
        return False
    wanted = 0
    for stage in own["stages"]:
        most = exact(problem["rules"]["class_size"][stage["stage"]])
        if not stage["grades"]:
            return False
        wanted += sum(max(row["classes"], -(-row["pupils"] // most)) for row in stage["grades"])
    have = seats(problem, own)
    fits = wanted <= own["rooms"] and own["pupils"] <= size_limit(problem, own)
    return bool(fits and (have is None or own["pupils"] <= have))


def _bound(problem: Json, options: Options, prices: Json, count: int | None) -> Fraction:
    """The least that any plan comes to at these prices; with ``count`` None, of minus the number of mergers."""

    def price(*name: object) -> Fraction:
        value = exact(prices.get(":".join(map(str, name)), 0))
        if value < 0:
            raise ValueError("a price below 0 proves nothing")
        return value

    reward = Fraction(1) if count is None else price("count")
    total = reward * (count or 0)
    for key in sorted({to for allowed, _ in options.values() for to in allowed}):
        total += _of_school(problem, options, school(problem, key), price)
    for merge in {unit[0] for unit in options}:
        mine = [unit for unit in options if unit[0] == merge]
        if not any(options[unit][1] for unit in mine):
            each = (min(_way(problem, unit, key, price, count) for key in options[unit][0]) for unit in mine)
            total += min(Fraction(0), sum(each, Fraction(0)) - reward)
    return total


def _of_school(problem: Json, options: Options, own: Json, price: Price) -> Fraction:
    """What a school's own pupils, rooms and limits come to at the prices, its classes at their best."""
    key, have, total = own["id"], seats(problem, own), Fraction(0)
    total -= price("rooms", key) * Fraction(own["rooms"])
    total -= price("size", key) * Fraction(int(size_limit(problem, own)) - own["pupils"])
    total -= price("seats", key) * Fraction(have - own["pupils"] if have is not None else 0)
    total -= price("beds", key) * Fraction(max(0, own.get("places", 0) - own.get("boarders", 0)))
    for (stage, grade), (pupils, classes) in _grades(problem, options, own).items():
        each = price("grade", key, stage, grade)
        by_class = price("rooms", key) - int(exact(problem["rules"]["class_size"][stage])) * each
        total += each * pupils + min(by_class * classes, by_class * Fraction(own["rooms"]))
    return total


def _way(problem: Json, unit: Unit, key: str, price: Price, count: int | None) -> Fraction:
    """What a place comes to at a school at the prices: minutes, where they are what is counted, and limits."""
    minutes = (way(problem, unit[1], key, "minutes") or Fraction(0)) if count is not None else Fraction(0)
    cost = Fraction(0)
    for home in homes(problem, unit[0]):
        if home["place"] == unit[1]:
            each = (
                price("grade", key, home["stage"], home["grade"]) + price("size", key) + price("seats", key)
            )
            cost += Fraction(home["pupils"]) * (each + minutes) + home["boards"] * price("beds", key)
    return cost


def _grades(problem: Json, options: Options, own: Json) -> dict[tuple[str, int], tuple[int, int]]:
    """Pupils and classes now of the school's grades, and of those that might come to be."""
    found = {
        (s["stage"], g["grade"]): (g["pupils"], g["classes"]) for s in own["stages"] for g in s["grades"]
    }
    for home in problem["homes"]:
        if own["id"] in options[home["merge"], home["place"]][0]:
            found.setdefault((home["stage"], home["grade"]), (0, 0))
    return found
