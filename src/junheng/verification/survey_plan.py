"""A sample plan worked out a second time: size, groups, quotas by school, and the codes handed out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.verification.survey_rules import PARENTS, SurveyRules, survey_rules

Json = Mapping[str, Any]
Pairs = Iterator[tuple[str, Any, Any]]
_WEIGHED = {PARENTS: "pupils", "pupils": "pupils", "teachers": "teachers", "principals": ""}
_HASH_LENGTH = 64


def plan_pairs(roll: Json, plan: Json, codes: Json, overlays: Sequence[Path]) -> Pairs:
    """What the plan states beside what the roll and the standard come to."""
    rules = survey_rules(plan, overlays)
    yield "标准 standard SHA-256", plan["standard_sha256"], rules.sha256
    for key in ("year", "schools"):
        yield key, plan[key], roll["year"] if key == "year" else _names(roll)
    county = {**roll["county"], "residents": roll["residents_given"] or roll["county"]["residents"]}
    yield "county", plan["county"], county
    people = people_of(roll)
    yield "people", plan["people"], people
    size = rules.size(int(plan["county"]["residents"]))
    yield "size", plan["size"], size
    groups = quotas(rules, size, people)
    for group in sorted({*plan["groups"], *groups}):
        yield f"groups {group}", plan["groups"].get(group), groups.get(group)
    told = sum(groups[group] == people.get(group) for group in rules.others)
    yield "notes", len(plan["notes"]), told
    yield from _slots(plan, groups, roll)
    yield from _codes(plan, codes, int(roll["school_cell_min"]))


def people_of(roll: Json) -> dict[str, int]:
    """How many there are of the groups that the roll tells; a number absent at one school leaves it untold."""
    found = {"principals": len(roll["schools"])}
    for group in ("pupils", "teachers"):
        numbers = [school[group] for school in roll["schools"]]
        if numbers and None not in numbers:
            found[group] = sum(numbers)
    return found


def quotas(rules: SurveyRules, size: int, people: Mapping[str, int]) -> dict[str, int]:
    """Papers by group: one level for all but the parents, those smaller than it asked whole; the parents the rest."""
    above, below = rules.parents.numerator * size, rules.parents.denominator
    left = size - (above // below + (above % below > 0))
    most = {group: people.get(group, left) for group in rules.others}
    line = 0
    while line < left and sum(min(line + 1, bound) for bound in most.values()) <= left:
        line += 1
    found = {group: min(line, bound) for group, bound in most.items()}
    odd = left - sum(found.values())
    for group in [group for group in rules.others if most[group] > line][:odd]:
        found[group] += 1
    return {PARENTS: size - sum(found.values()), **found}


def shares(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole parts by weight, largest remainders; of equal remainders the first."""
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    parts = {name: divmod(total * weight, whole) for name, weight in weights.items()}
    left = total - sum(part for part, _ in parts.values())
    ranked = sorted(enumerate(parts), key=lambda one: (-parts[one[1]][1], one[0]))
    favoured = {name for _, name in ranked[:left]}
    return {name: part + (name in favoured) for name, (part, _) in parts.items()}


def _slots(plan: Json, groups: Mapping[str, int], roll: Json) -> Pairs:
    stated: Counter[tuple[str, str]] = Counter()
    for slot in plan["slots"]:
        stated[slot["group"], slot["school_id"]] += slot["quota"]
    schools = sorted(roll["schools"], key=lambda school: str(school["school_id"]))
    found: dict[tuple[str, str], int] = {}
    for group, quota in groups.items():
        column = _WEIGHED.get(group)
        if column is None:
            found[group, ""] = quota
            continue
        weights = {one["school_id"]: int(one[column]) if column else 1 for one in schools}
        found |= {(group, name): part for name, part in shares(quota, weights).items() if part}
    for place in sorted({*stated, *found}):
        yield f"slots {' '.join(place)}", stated.get(place, 0), found.get(place, 0)


def _codes(plan: Json, codes: Json, least: int) -> Pairs:
    """As many codes as papers, by group; of a school only where ``least`` or more of the group are asked there."""
    wanted: Counter[tuple[str, str]] = Counter()
    for slot in plan["slots"]:
        wanted[slot["group"], slot["school_id"] if slot["quota"] >= least else ""] += slot["quota"]
    held = Counter((told["group"], told["school_id"]) for told in codes["codes"].values())
    for place in sorted({*wanted, *held}):
        yield f"codes {' '.join(place)}", held[place], wanted[place]
    yield "codes SHA-256", {len(text) for text in codes["codes"]} - {_HASH_LENGTH}, set()


def _names(roll: Json) -> dict[str, str]:
    return {school["school_id"]: school["name"] for school in roll["schools"]}
