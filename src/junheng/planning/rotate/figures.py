"""The figures of a plan as the producer reckons them; the check has its own."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor, isqrt
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.rotate.limits import fair_parts
from junheng.planning.rotate.people import People, Unit

Json = dict[str, Any]
Counts = Mapping[str, Counter[Unit]]
_DIGITS = 6  # shown of a coefficient, cut off
_PER = 100  # pupils


def share_names(people: People, moves: Mapping[str, str]) -> list[Json]:
    """Every share with the ids of numerator and denominator, the county's first, then school by school."""
    return [
        {"id": name, "numerator": sorted(above), "denominator": sorted(below)}
        for name, above, below in _shares(people, moves)
    ]


def _shares(people: People, moves: Mapping[str, str]) -> Iterator[tuple[str, list[str], list[str]]]:
    rule, asked = people.problem["rule"], [people.by_id[name] for name in people.asked()]
    counted = [p["id"] for p in asked if people.counts(p)]
    moving = [name for name in counted if name in moves]
    yield "moved_of_eligible", moving, counted
    yield "backbone_of_moved", [name for name in moving if "backbone" in people.by_id[name]["has"]], moving
    teachers = [p for p in asked if p["role"] == "teacher"]
    if "graduating_of_eligible" in rule:
        graduating = [p["id"] for p in teachers if p.get("graduating") == 1 and p["id"] in moves]
        yield "graduating_of_eligible", graduating, [p["id"] for p in teachers if p.get("graduating", 1) == 1]
    if "principals_of_due" in rule:
        due = [p["id"] for p in asked if p["role"] != "teacher"]
        yield "principals_of_due", [name for name in due if name in moves], due
    if "source_school_of_eligible" in rule:
        for school in people.problem["schools"]:
            if school["source"]:
                own = [name for name in counted if people.by_id[name]["school"] == school["id"]]
                yield (
                    f"source_school_of_eligible:{school['id']}",
                    [name for name in own if name in moves],
                    own,
                )


def counts_of(people: People, moves: Mapping[str, str]) -> Counts:
    """Persons of each attribute by school-stage; who moves counts at the receiving school."""
    found: dict[str, Counter[Unit]] = {a["id"]: Counter() for a in people.problem["attributes"]}
    for (school, stage), listed in people.listed.items():
        for person in listed:
            for attribute in person["has"]:
                found[attribute][moves.get(person["id"], school), stage] += 1
    return found


def evenness(people: People, before: Counts, after: Counts) -> list[Json]:
    """CV and mean deviation per 100 pupils of each attribute and stage, before and after, six digits cut off."""
    rows = []
    for attribute in before:
        for stage in ("primary", "junior"):
            units = {unit: pupils for unit, pupils in people.units.items() if unit[1] == stage}
            if total := sum(before[attribute][unit] for unit in units):
                row = {"attribute": attribute, "stage": stage}
                for when, found in (("before", before[attribute]), ("after", after[attribute])):
                    row |= _apart(units, found, total, when)
                rows.append(row)
    return rows


def _apart(units: Mapping[Unit, int], found: Counter[Unit], total: int, when: str) -> dict[str, str]:
    """CV² = P·Σ b²/P_s / B² - 1, and 100/P · Σ |b - B·P_s/P|."""
    whole = sum(units.values())
    square = whole * sum(Fraction(found[unit] ** 2, pupils) for unit, pupils in units.items()) / total**2 - 1
    apart = sum(abs(found[unit] - Fraction(total * pupils, whole)) for unit, pupils in units.items())
    root = Fraction(isqrt(floor(square * 10 ** (2 * _DIGITS))), 10**_DIGITS)
    return {f"cv_{when}": _cut(root), f"deviation_{when}": _cut(_PER * Fraction(apart) / whole)}


def _cut(value: Fraction) -> str:
    whole, rest = divmod(floor(value * 10**_DIGITS), 10**_DIGITS)
    return f"{whole}.{rest:0{_DIGITS}d}"


def metres_of(people: People, moves: Mapping[str, str]) -> dict[str, int | str]:
    """Metres from the old school to the new, by person; "unknown" where nothing tells."""
    pairs = people.problem["pairs"]
    persons = (people.by_id[name] for name in moves)
    return {p["id"]: pairs[p["stage"]][p["school"]][moves[p["id"]]] for p in persons}


def fairness(people: People, moves: Mapping[str, str]) -> Json:
    """Who bears the moves: first-time movers, schools over their part, metres."""
    last = [people.by_id[name].get("last_rotation", "unknown") for name in moves]
    metres = metres_of(people, moves).values()
    known = [m for m in metres if isinstance(m, int)]
    out = Counter((people.by_id[name]["school"], people.by_id[name]["stage"]) for name in moves)
    return {
        "never_moved": last.count("never"),
        "not_known": last.count("unknown"),
        "moved_before": len(last) - last.count("never") - last.count("unknown"),
        "over_part": sum(max(0, out[unit] - part) for unit, part in fair_parts(people).items()),
        "total_m": sum(known),
        "longest_m": max(known, default=0),
        "unknown_metres": len(metres) - len(known),
    }


def burden(people: People, found: Json) -> Fraction:
    """Kilometres + persons not known to move for the first time + persons over their school's part, weighted."""
    weights = {name: exact(weight) for name, weight in people.problem["preferences"].items()}
    again = found["moved_before"] + found["not_known"]
    kilometres = Fraction(found["total_m"], 1000)
    total = (
        kilometres * weights["km"]
        + again * weights["moved_before"]
        + found["over_part"] * weights["over_part"]
    )
    return Fraction(total)
