"""The shares and limits of a rotation as whole numbers of persons."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.rotate.people import People, Type, Unit

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limit:
    """low ≤ number of movers of the types ``holds`` accepts ≤ high (None: no limit). ``row`` names it.

    ``school``: only those who leave it, "" for all.
    """

    row: str
    low: int | None
    high: int | None
    holds: Callable[[Type], bool]
    school: str = ""


def limits_of(people: People) -> list[Limit]:
    """All limits on numbers of persons. The backbone share is a ratio and stands in the model itself."""
    rule = people.problem["rule"]
    asked = [people.by_id[name] for name in people.asked()]
    found = [_county(rule, sum(people.counts(person) for person in asked))]
    if "graduating_of_eligible" in rule:
        due = sum(p["role"] == "teacher" and p.get("graduating", 1) == 1 for p in asked)
        found.append(
            Limit("graduating", ceil(exact(rule["graduating_of_eligible"]) * due), None, _graduating)
        )
    if "principals_of_due" in rule:
        due = sum(p["role"] != "teacher" for p in asked)
        found.append(Limit("principals", ceil(exact(rule["principals_of_due"]) * due), None, _principal))
    if "source_school_of_eligible" in rule:
        found += _source_schools(people, asked)
    if "most_out_of_school" in rule:
        share = exact(rule["most_out_of_school"])
        found += [_out(unit, max(1, floor(share * len(listed)))) for unit, listed in people.listed.items()]
    return found


def _county(rule: Json, due: int) -> Limit:
    low = ceil(exact(rule["moved_of_eligible"]) * due)
    most = rule.get("most_moved_of_eligible")
    high = (
        None if most is None else max(low + 1, floor(exact(most) * due))
    )  # one for one: an odd floor needs one more
    return Limit("moved", low, high, _counted)


def _counted(kind: Type) -> bool:
    return kind.is_counted


def _graduating(kind: Type) -> bool:
    return kind.is_graduating


def _principal(kind: Type) -> bool:
    return kind.is_principal


def _source_schools(people: People, asked: Sequence[Json]) -> list[Limit]:
    share = exact(people.problem["rule"]["source_school_of_eligible"])
    due = Counter(person["school"] for person in asked if people.counts(person))
    sources = [school["id"] for school in people.problem["schools"] if school["source"]]
    return [_source(school, ceil(share * due[school])) for school in sources]


def _source(school: str, low: int) -> Limit:
    return Limit(f"source:{school}", low, None, _counted, school)


def _out(unit: Unit, high: int) -> Limit:
    school, stage = unit
    return Limit(f"out:{stage}:{school}", None, high, lambda kind: kind.stage == stage, school)


def fair_parts(people: People) -> dict[Unit, int]:
    """What each school-stage would send if all sent the county's share of their eligible, rounded up."""
    share: Fraction = exact(people.problem["rule"]["moved_of_eligible"])
    due = Counter((people.by_id[name]["school"], people.by_id[name]["stage"]) for name in people.asked())
    return {unit: ceil(share * due[unit]) for unit in people.units}
