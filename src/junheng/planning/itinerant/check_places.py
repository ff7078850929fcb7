"""The check of places: ways leg by leg, fixed half-days, and what no timetable can keep."""

from typing import Any

from junheng.basics import Text

Json = dict[str, Any]
_HALVES = ("am", "pm")


def journey(problem: Json, person: Json, row: Json) -> tuple[int, bool]:
    """Length of a day's way from home and back, and whether a leg is unknown or too long.

    A leg may be longer than the reach only where it begins or ends at a visit that is fixed.
    """
    known = {(pair["from"], pair["to"]): pair["value"] for pair in problem["travel"]["pairs"]}
    base = person["base"]
    fixed = {(entry["day"], entry["half"]) for entry in person["fixed"]}
    stops = [
        (base, False),
        *((row[half] or base, (row["day"], half) in fixed) for half in _HALVES),
        (base, False),
    ]
    total = 0
    for place in range(3):
        (one, one_fixed), (other, other_fixed) = stops[place], stops[place + 1]
        if one == other:
            continue
        length = known.get((one, other))
        if length is None or (length > problem["travel"]["reach"] and not one_fixed and not other_fixed):
            return 0, True
        total += length
    return total, False


def fixed_faults(problem: Json, outcome: Json) -> list[Text]:
    """Every fixed half-day is as it was fixed; nobody is absent otherwise, nor at a place that is no school."""
    rows = {(row["teacher"], row["day"]): row for row in outcome["days"]}
    schools = {school["id"] for school in problem["schools"]}
    found = []
    for person in problem["teachers"]:
        fixed = {(entry["day"], entry["half"]): entry["place"] for entry in person["fixed"]}
        for day in (day["id"] for day in problem["week"]["days"]):
            for half in _HALVES:
                here, wanted = rows[person["id"], day][half], fixed.get((day, half))
                expected = {"base": person["base"], "away": ""}.get(str(wanted), wanted)
                if here != expected if wanted is not None else here not in schools:
                    name = f"{person['id']} {day} {half}"
                    found.append(Text(f"{name}：与固定安排不符", f"{name}: not as it was fixed"))
    return found


def contradictory(problem: Json) -> set[tuple[str, str, str, int]]:
    """(teacher, kind, day, periods short) of all that no timetable can keep."""
    found = set()
    closed = {(s["id"], c["day"], c["half"]) for s in problem["schools"] for c in s["closed"]}
    for person in problem["teachers"]:
        name, base = person["id"], person["base"]
        fixed = {(entry["day"], entry["half"]): entry["place"] for entry in person["fixed"]}
        days = [day["id"] for day in problem["week"]["days"]]
        home = sum(
            problem["week"][half]
            for day in days
            for half in _HALVES
            if fixed.get((day, half), "base") in ("base", base) and (base, day, half) not in closed
        )
        if person["own"] > person["load"]:
            found.add((name, "load", "", person["own"] - person["load"]))
        if person["own"] > home:
            found.add((name, "home", "", person["own"] - home))
        found |= {(name, "day", day, 0) for day in days if not _is_possible(problem, person, fixed, day)}
    return found


def _is_possible(problem: Json, person: Json, fixed: dict[tuple[str, str], str], day: str) -> bool:
    """Whether a day can be spent as fixed, any half that is not fixed being spent at home or at a reachable school."""
    base = person["base"]
    schools = [base, *(school["id"] for school in problem["schools"] if school["id"] != base)]
    options = []
    for half in _HALVES:
        place = fixed.get((day, half))
        options.append(schools if place is None else [{"base": base, "away": ""}.get(place, place)])
    for morning in options[0]:
        for afternoon in options[1]:
            row = {"day": day, "am": morning, "pm": afternoon}
            many = len({morning, afternoon} - {"", base})
            if many <= problem["rules"]["schools_per_day"] and not journey(problem, person, row)[1]:
                return True
    return False
