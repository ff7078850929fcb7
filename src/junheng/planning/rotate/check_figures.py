"""For the check alone: shares, counts, distance between schools and burden, in fractions."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor, isqrt
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.rotate.check_people import Roster

Json = dict[str, Any]
Unit = tuple[str, str]
Counts = dict[str, dict[Unit, int]]  # attribute → school-stage → persons


def shares(roster: Roster, moved: set[str]) -> dict[str, tuple[list[str], list[str]]]:
    """Numerator and denominator of every share the rule names, as lists of ids."""
    rule, asked = roster.rule, [name for name in sorted(roster.persons) if roster.asked(name)]
    counted = [name for name in asked if roster.counts(name)]
    moving = [name for name in counted if name in moved]
    backbone = [name for name in moving if "backbone" in roster.persons[name]["has"]]
    found = {"moved_of_eligible": (moving, counted), "backbone_of_moved": (backbone, moving)}
    if "graduating_of_eligible" in rule:
        grade = {
            name: roster.persons[name].get("graduating")
            for name in asked
            if roster.persons[name]["role"] == "teacher"
        }
        found["graduating_of_eligible"] = (
            [name for name in grade if name in moved and grade[name] == 1],
            [name for name in grade if grade[name] != 0],
        )
    if "principals_of_due" in rule:
        due = [name for name in asked if roster.persons[name]["role"] != "teacher"]
        found["principals_of_due"] = ([name for name in due if name in moved], due)
    if "source_school_of_eligible" in rule:
        for school in roster.problem["schools"]:
            if school["source"]:
                mine = [name for name in counted if roster.persons[name]["school"] == school["id"]]
                found[f"source_school_of_eligible:{school['id']}"] = ([n for n in mine if n in moved], mine)
    return found


def most_moved(rule: Mapping[str, Any], denominator: int) -> int | None:
    """The ceiling of movers; at least one above the floor, since an exchange takes two."""
    if "most_moved_of_eligible" not in rule:
        return None
    least = ceil(exact(rule["moved_of_eligible"]) * denominator)
    return max(least + 1, floor(exact(rule["most_moved_of_eligible"]) * denominator))


def counts(roster: Roster, moves: Mapping[str, str]) -> Counts:
    """Persons with each attribute at every school-stage; who moves counts at the receiving school."""
    found: Counts = {a["id"]: dict.fromkeys(roster.pupils, 0) for a in roster.problem["attributes"]}
    for name, person in roster.persons.items():
        unit = (moves.get(name, person["school"]), person["stage"])
        for attribute in person["has"]:
            if unit in roster.pupils:
                found[attribute][unit] += 1
    return found


def between_schools(roster: Roster, found: Counts) -> Fraction:
    """The objective: weighted mean deviations per 100 pupils, or weighted CV² (policy §1.3)."""
    total = Fraction(0)
    for attribute in roster.problem["attributes"]:
        for stage in ("primary", "junior"):
            if roster.problem["objective"] == "cv":
                value = cv_square(roster, found, attribute["id"], stage)
            else:
                value = deviation(roster, found, attribute["id"], stage)
            total += exact(attribute["weight"]) * (value or 0)
    return total


def cv_square(roster: Roster, found: Counts, attribute: str, stage: str) -> Fraction | None:
    """Σ (P_i/P)·(x_i - x̄)² / x̄² with x_i = b_i/P_i; None where the stage has nobody with the attribute."""
    units = [unit for unit in roster.pupils if unit[1] == stage]
    persons, pupils = sum(found[attribute][u] for u in units), sum(roster.pupils[u] for u in units)
    if not persons:
        return None
    squares = sum((Fraction(found[attribute][u] ** 2, roster.pupils[u]) for u in units), start=Fraction(0))
    return Fraction(squares * pupils / persons**2 - 1)


def deviation(roster: Roster, found: Counts, attribute: str, stage: str) -> Fraction | None:
    """Σ (P_i/P)·|100·b_i/P_i - 100·B/P|; None where the stage has nobody with the attribute."""
    units = [unit for unit in roster.pupils if unit[1] == stage]
    persons, pupils = sum(found[attribute][u] for u in units), sum(roster.pupils[u] for u in units)
    if not persons:
        return None
    apart = sum(
        (abs(found[attribute][u] - Fraction(persons * roster.pupils[u], pupils)) for u in units),
        start=Fraction(0),
    )
    return Fraction(100 * apart / pupils)


def parts(roster: Roster) -> dict[Unit, int]:
    """What every school-stage would send at the county's share, rounded up."""
    due = Counter(roster.place(name) for name in roster.persons if roster.asked(name))
    return {unit: ceil(exact(roster.rule["moved_of_eligible"]) * due[unit]) for unit in roster.pupils}


def burden(roster: Roster, moves: Mapping[str, str]) -> Fraction:
    """Kilometres, persons not known to move for the first time, persons over their school's part: weighted."""
    weights, pairs = roster.problem["preferences"], roster.problem["pairs"]
    metres = sum(
        m
        for n, to in moves.items()
        if isinstance(m := pairs[roster.place(n)[1]][roster.place(n)[0]][to], int)
    )
    again = sum(roster.persons[name].get("last_rotation") != "never" for name in moves)
    out = Counter(roster.place(name) for name in moves)
    over = sum(max(0, out[unit] - part) for unit, part in parts(roster).items())
    return Fraction(
        exact(weights["km"]) * Fraction(metres, 1000)
        + exact(weights["moved_before"]) * again
        + exact(weights["over_part"]) * over
    )


def six_digits(value: Fraction) -> str:
    """Cut off (never rounded up) after six digits."""
    whole = floor(value * 10**6)
    return f"{whole // 10**6}.{whole % 10**6:06d}"


def root_six_digits(value: Fraction) -> str:
    """The square root, cut off after six digits."""
    return six_digits(Fraction(isqrt(floor(value * 10**12)), 10**6))
