"""Second mind, staff against the quota, and the sums by place."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.staff.check_rounding import Lack, lack, rounded

Json = Mapping[str, Any]


def staffing_faults(
    problem: Json, outcome: Json, told: Mapping[str, Mapping[str, Fraction]], given: Mapping[str, int],
    lacks: set[Lack],
) -> list[str]:  # fmt: skip
    """Schools whose staffing is not as their posts and quota say; what is missing is added to ``lacks``."""
    stated = {one["school_id"]: one for one in outcome["staffing"]}
    wrong = [] if set(stated) == {one["id"] for one in problem["schools"]} else ["staffing: schools"]
    for school in problem["schools"]:
        posts, key = school.get("posts", {}), school["id"]
        needed = {"in_quota", "off_post", "outside", "non_teaching"}
        if needed - set(posts):
            lacks.add(lack("posts", needed - set(posts), key))
        right = {
            name: posts[name]
            for name in ("approved", "in_quota", "off_post", "outside", "borrowed")
            if name in posts
        }
        right["school_id"] = key
        if key in told and "in_quota" in posts:
            right["vacant"] = given[key] - posts["in_quota"]
        if needed - {"non_teaching"} <= set(posts):
            right["on_post"] = posts["in_quota"] + posts["outside"] - posts["off_post"]
        limit, above = (
            _limit(problem["rules"], told.get(key)),
            _above_limit(problem["rules"], school, told.get(key)),
        )
        right |= {} if limit is None else {"non_teaching_limit": limit}
        right |= {} if above is None else {"non_teaching_over": above}
        if stated.get(key) != right:
            wrong.append(f"staffing: {key}")
    return wrong


def totals_faults(
    problem: Json, outcome: Json, told: Mapping[str, Mapping[str, Fraction]], given: Mapping[str, int]
) -> list[str]:
    """Sums of the county and of its places that are not so."""
    stated = outcome["totals"]
    wrong = []
    groups: dict[str, list[Json]] = {}
    for school in problem["schools"]:
        groups.setdefault(school.get("place", "unknown"), []).append(school)
    for name, schools in [("", list(problem["schools"])), *groups.items()]:
        part = stated["places"].get(name, {}) if name else stated
        for key, value in _sums(problem, schools, told, given).items():
            if key not in part or exact(part[key]) != value:
                wrong.append(f"totals: {name or 'county'} {key}")
    posts = sum(
        rounded(sum(one.values(), Fraction(0)), problem["rules"]["rounding"]) for one in told.values()
    )
    is_whole = "approved_total" in problem and len(told) == len(problem["schools"])
    if (stated.get("over") != posts - problem["approved_total"]) if is_whole else ("over" in stated):
        wrong.append("totals: over")
    if stated["of"] != len(problem["schools"]) or set(stated["places"]) != set(groups):
        wrong.append("totals: schools")
    if stated.get("approved") != problem.get("approved_total"):
        wrong.append("totals: approved")
    return wrong


def _sums(
    problem: Json, schools: list[Json], told: Mapping[str, Mapping[str, Fraction]], given: Mapping[str, int]
) -> dict[str, Fraction | int]:
    known = [one["id"] for one in schools if one["id"] in told]
    whole = {key: sum(told[key].values(), Fraction(0)) for key in known}
    filled = [
        (given[one["id"]], one["posts"]["in_quota"])
        for one in schools
        if one["id"] in told and "in_quota" in one.get("posts", {})
    ]
    found: dict[str, Fraction | int] = {
        "schools": len(known),
        "exact": sum(whole.values(), Fraction(0)),
        "posts": sum(rounded(value, problem["rules"]["rounding"]) for value in whole.values()),
        "allotted": sum(given[key] for key in known),
        "vacant": sum(a - b for a, b in filled),
        "vacant_posts": sum(max(0, a - b) for a, b in filled),
        "above_quota": sum(max(0, b - a) for a, b in filled),
    }
    for key in ("in_quota", "off_post", "outside", "borrowed"):
        values = [one["posts"][key] for one in schools if key in one.get("posts", {})]
        found[key], found[f"{key}_schools"] = sum(values), len(values)
    on_post = [
        one["posts"]["in_quota"] - one["posts"]["off_post"] + one["posts"]["outside"]
        for one in schools
        if {"in_quota", "off_post", "outside"} <= set(one.get("posts", {}))
    ]
    above = [_above_limit(problem["rules"], one, told.get(one["id"])) for one in schools]
    known_above = [value for value in above if value is not None]
    found |= {"on_post": sum(on_post), "on_post_schools": len(on_post)}
    return found | {"non_teaching_over": sum(known_above), "non_teaching_over_schools": len(known_above)}


def _limit(rules: Json, stages: Mapping[str, Fraction] | None) -> int | None:
    """The most staff not teaching; None where a stage has no share or the quota cannot be told."""
    shares = rules.get("non_teaching", {})
    if stages is None or not set(stages) <= set(shares):
        return None
    return rounded(
        sum((exact(shares[stage]) * value for stage, value in stages.items()), Fraction(0)), "floor"
    )


def _above_limit(rules: Json, school: Json, stages: Mapping[str, Fraction] | None) -> int | None:
    limit = _limit(rules, stages)
    if limit is None or "non_teaching" not in school.get("posts", {}):
        return None
    return max(int(school["posts"]["non_teaching"]), limit) - limit
