"""Second mind, quotas: posts from ratios and classes, made whole within the county's total."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.staff.check_posts import staffing_faults, totals_faults
from junheng.planning.staff.check_rounding import Lack, lack, rounded

Json = Mapping[str, Any]


def posts_of_stage(rules: Json, stage: str, place: str | None, counts: Json) -> Fraction | str:
    """Posts of one stage, or the figure that is missing."""
    by_place = rules["ratios"].get(stage)
    if by_place is None:
        return "ratio"
    if place in by_place:
        ratio = exact(by_place[place])
    elif len({exact(value) for value in by_place.values()}) == 1:
        ratio = exact(next(iter(by_place.values())))
    else:
        return "place"
    pupils = counts.get("pupils")
    if pupils is None:
        return "pupils"
    small = rules.get("small", {})
    if stage not in small.get("class_ratio", {}) or not 0 < pupils < exact(small["below_pupils"]):
        return Fraction(pupils) / ratio
    if "classes" not in counts:
        return "classes"
    by_classes = Fraction(counts["classes"]) * exact(small["class_ratio"][stage])
    return by_classes if small["combine"] == "class_only" else max(by_classes, Fraction(pupils) / ratio)


def school_posts(rules: Json, school: Json, counts: Mapping[str, Json]) -> dict[str, Fraction | str]:
    """By stage; ``counts`` are pupils and classes by stage."""
    return {
        one["stage"]: posts_of_stage(rules, one["stage"], school.get("place"), counts.get(one["stage"], {}))
        for one in school["stages"]
    }


def quotas(problem: Json) -> tuple[dict[str, dict[str, Fraction]], set[Lack]]:
    """Posts by school and stage for schools that can be told wholly, and what the others lack."""
    told, lacks = {}, set()
    for school in problem["schools"]:
        found = school_posts(problem["rules"], school, {one["stage"]: one for one in school["stages"]})
        if not found:
            lacks.add(lack("quota", {"stages"}, school["id"]))
        for stage, value in found.items():
            if isinstance(value, str):
                lacks.add(lack("quota", {value}, school["id"], stage))
        exact_posts = {stage: value for stage, value in found.items() if not isinstance(value, str)}
        if found and len(exact_posts) == len(found):
            told[school["id"]] = exact_posts
    return told, lacks


def allotments(problem: Json) -> dict[str, int]:
    """Posts allotted to each school that can be told."""
    told, _ = quotas(problem)
    totals = {school: sum(stages.values(), Fraction(0)) for school, stages in told.items()}
    own = {school: rounded(value, problem["rules"]["rounding"]) for school, value in totals.items()}
    limit = problem.get("approved_total")
    if limit is None or len(own) != len(problem["schools"]) or sum(own.values()) <= limit:
        return own
    if sum(totals.values()) > limit:
        factor = Fraction(limit) / sum(totals.values())
        totals = {school: value * factor for school, value in totals.items()}
    given = {school: rounded(value, "floor") for school, value in totals.items()}
    order = sorted(totals, key=lambda school: totals[school] - given[school], reverse=True)  # stable: by id
    for school in order[: limit - sum(given.values())]:
        if totals[school] != given[school]:
            given[school] += 1
    return given


def _are_bases_right(rules: Json, school: Json, parts: Mapping[str, Json]) -> bool:
    """Whether each stage states its pupils, ratio, both bases and the one that counts as they are."""
    counts = {one["stage"]: one for one in school["stages"]}
    for stage, part in parts.items():
        by_place = rules["ratios"][stage]
        ratio = by_place.get(school.get("place"), next(iter(by_place.values())))
        by_pupils = Fraction(counts[stage]["pupils"]) / exact(ratio)
        bases = {"pupils": by_pupils}
        small = rules.get("small", {})
        if stage in small.get("class_ratio", {}) and 0 < counts[stage]["pupils"] < exact(
            small["below_pupils"]
        ):
            bases["classes"] = Fraction(counts[stage]["classes"]) * exact(small["class_ratio"][stage])
        stated = {name.removeprefix("by_"): exact(part[name]) for name in part if name.startswith("by_")}
        if stated != bases or bases[part["basis"]] != exact(part["exact"]):
            return False
        if part["pupils"] != counts[stage]["pupils"] or exact(part["ratio"]) != exact(ratio):
            return False
    return True


def check_quotas(problem: Json, outcome: Json) -> tuple[list[str], set[Lack]]:
    """Places of the outcome's quotas and staffing that are wrong; what cannot be told."""
    told, lacks = quotas(problem)
    given, wrong = allotments(problem), []
    stated = {one["school_id"]: one for one in outcome["quotas"]}
    if set(stated) != set(told) or len(outcome["quotas"]) != len(told):
        wrong.append("quotas: schools")
    for school, stages in told.items():
        one = stated.get(school, {})
        parts = {part["stage"]: part for part in one.get("stages", ())}
        right = (
            sum(stages.values()),
            rounded(sum(stages.values(), Fraction(0)), problem["rules"]["rounding"]),
        )
        if (exact(one.get("exact", -1)), one.get("posts")) != right or one.get("allotted") != given[school]:
            wrong.append(f"quotas: {school}")
        if {key: exact(part["exact"]) for key, part in parts.items()} != stages:
            wrong.append(f"quotas: stages of {school}")
    wrong += [
        f"quotas: basis of {school['id']}"
        for school in problem["schools"]
        if school["id"] in told
        and school["id"] in stated
        and not _are_bases_right(
            problem["rules"], school, {p["stage"]: p for p in stated[school["id"]]["stages"]}
        )
    ]
    wrong += staffing_faults(problem, outcome, told, given, lacks)
    return wrong + totals_faults(problem, outcome, told, given), lacks
