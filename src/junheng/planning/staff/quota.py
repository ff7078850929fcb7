"""Posts of every school by pupils and classes, held to the county's total.

Source: policy of 编制 (ratios by stage and place; 完全中学 by senior and junior, nine-year schools by junior and
primary ratios), class ratio for small schools as a local parameter. Units: posts of staff (教职工), not of teachers.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

from junheng.planning.frozen import exact, number
from junheng.planning.staff.untold import Untold

Json = dict[str, Any]


def made_whole(value: Fraction, how: str) -> int:
    """``value`` up ("ceil"), down ("floor") or to the nearest, halves up ("half_up").

    >>> [made_whole(Fraction(5, 2), how) for how in ("ceil", "floor", "half_up")]
    [3, 2, 3]
    """
    if how == "ceil":
        return ceil(value)
    return floor(value) if how == "floor" else floor(value + Fraction(1, 2))


def stage_quota(rules: Json, stage: str, place: str, counts: Mapping[str, Any]) -> tuple[Json, list[str]]:
    """Posts of one stage of one school from its ``counts`` (pupils, classes); or what is missing to tell."""
    ratios = rules["ratios"].get(stage)
    if ratios is None:
        return {}, ["ratio"]
    if place not in ratios and len({str(value) for value in ratios.values()}) > 1:
        return {}, ["place"]
    if "pupils" not in counts:
        return {}, ["pupils"]
    ratio = ratios.get(place, next(iter(ratios.values())))
    by_pupils = counts["pupils"] / exact(ratio)
    found = {"stage": stage, "pupils": counts["pupils"], "ratio": ratio, "by_pupils": number(by_pupils)}
    small = rules.get("small", {})
    class_ratio = small.get("class_ratio", {}).get(stage)
    if class_ratio is None or not 0 < counts["pupils"] < exact(small["below_pupils"]):
        return {**found, "basis": "pupils", "exact": number(by_pupils)}, []
    if "classes" not in counts:
        return {}, ["classes"]
    by_classes = counts["classes"] * exact(class_ratio)
    takes_classes = small["combine"] == "class_only" or by_classes > by_pupils
    return {
        **found,
        "by_classes": number(by_classes),
        "basis": "classes" if takes_classes else "pupils",
        "exact": number(by_classes if takes_classes else by_pupils),
    }, []


def school_quotas(problem: Json, untold: Untold) -> list[Json]:
    """The quota of every school that can be told: stages, ``exact``, ``posts`` and, within the county, ``allotted``."""
    rules, found = problem["rules"], []
    for school in problem["schools"]:
        stages, is_whole = [], bool(school["stages"])
        if not is_whole:
            untold.add("quota", ["stages"], school_id=school["id"])
        for stage in school["stages"]:
            quota, missing = stage_quota(rules, stage["stage"], school.get("place", ""), stage)
            if missing:
                untold.add("quota", missing, school_id=school["id"], stage=stage["stage"])
                is_whole = False
            stages.append(quota)
        if is_whole:
            total = sum((exact(one["exact"]) for one in stages), Fraction(0))
            posts = made_whole(total, rules["rounding"])
            found.append(
                {"school_id": school["id"], "stages": stages, "exact": number(total), "posts": posts}
            )
    return _allotted(found, problem)


def _allotted(quotas: list[Json], problem: Json) -> list[Json]:
    """Posts within the approved total, by largest remainder where the schools' own come to more.

    While a school's quota cannot be told nothing is cut: the total may have to serve it too.
    """
    total = problem.get("approved_total")
    own = [one["posts"] for one in quotas]
    if total is None or len(quotas) < len(problem["schools"]) or sum(own) <= total:
        given = own
    else:
        given = largest_remainder([exact(one["exact"]) for one in quotas], total)
    return [{**one, "allotted": posts} for one, posts in zip(quotas, given, strict=True)]


def largest_remainder(shares: Sequence[Fraction], total: int) -> list[int]:
    """``shares`` in whole posts that add up to at most ``total``; cut in proportion where they exceed it.

    >>> largest_remainder([Fraction(5, 2), Fraction(5, 4), Fraction(1, 4)], 4)
    [3, 1, 0]
    """
    wanted = sum(shares, Fraction(0))
    scaled = [share * total / wanted for share in shares] if wanted > total else list(shares)
    whole = [floor(share) for share in scaled]
    by_rest = sorted(range(len(whole)), key=lambda at: (whole[at] - scaled[at], at))
    for at in by_rest[: total - sum(whole)]:
        whole[at] += scaled[at] > whole[at]
    return whole


def staffing(problem: Json, quotas: Sequence[Json], untold: Untold) -> list[Json]:
    """Per school: vacant posts, staff on post, borrowed, and staff not teaching against the limit."""
    by_id = {one["school_id"]: one for one in quotas}
    found = []
    for school in problem["schools"]:
        quota, posts = by_id.get(school["id"], {}), school.get("posts", {})
        missing = [key for key in ("in_quota", "off_post", "outside", "non_teaching") if key not in posts]
        if missing:
            untold.add("posts", missing, school_id=school["id"])
        kept = {
            key: posts[key]
            for key in ("approved", "in_quota", "off_post", "outside", "borrowed")
            if key in posts
        }
        found.append(
            {
                "school_id": school["id"],
                **kept,
                **_compared(quota, posts),
                **_non_teaching(problem, quota, posts),
            }
        )
    return found


def _compared(quota: Json, posts: Json) -> Json:
    found = {}
    if quota and "in_quota" in posts:
        found["vacant"] = quota["allotted"] - posts["in_quota"]
    if {"in_quota", "off_post", "outside"} <= set(posts):
        found["on_post"] = posts["in_quota"] - posts["off_post"] + posts["outside"]
    return found


def _non_teaching(problem: Json, quota: Json, posts: Json) -> Json:
    """The limit is the share of each stage of its own posts, added up and rounded down; none where a stage has no share."""
    shares = problem["rules"].get("non_teaching", {})
    if not quota or any(one["stage"] not in shares for one in quota["stages"]):
        return {}
    limit = floor(sum(exact(shares[one["stage"]]) * exact(one["exact"]) for one in quota["stages"]))
    if "non_teaching" not in posts:
        return {"non_teaching_limit": limit}
    return {"non_teaching_limit": limit, "non_teaching_over": max(0, posts["non_teaching"] - limit)}


def county_totals(problem: Json, quotas: Sequence[Json], rows: Sequence[Json]) -> Json:
    """Sums over the schools that can be told (``schools`` of ``of``), and by place; ``over``: above the approved total."""
    places = {school["id"]: school.get("place", "unknown") for school in problem["schools"]}
    found: Json = {**_sums(quotas, rows), "of": len(problem["schools"])}
    if "approved_total" in problem:
        found["approved"] = problem["approved_total"]
        if len(quotas) == len(problem["schools"]):
            found["over"] = found["posts"] - problem["approved_total"]
    found["places"] = {
        place: _sums(
            [one for one in quotas if places[one["school_id"]] == place],
            [one for one in rows if places[one["school_id"]] == place],
        )
        for place in sorted(set(places.values()))
    }
    return found


def _sums(quotas: Sequence[Json], rows: Sequence[Json]) -> Json:
    found: Json = {
        "schools": len(quotas),
        "exact": number(sum((exact(one["exact"]) for one in quotas), Fraction(0))),
        "posts": sum(one["posts"] for one in quotas),
        "allotted": sum(one["allotted"] for one in quotas),
    }
    for key in ("in_quota", "off_post", "outside", "borrowed", "on_post", "non_teaching_over"):
        known = [one[key] for one in rows if key in one]
        found[key], found[f"{key}_schools"] = sum(known), len(known)
    told = [one["vacant"] for one in rows if "vacant" in one]
    found["vacant"] = sum(told)
    found["vacant_posts"] = sum(value for value in told if value > 0)
    found["above_quota"] = sum(-value for value in told if value < 0)
    return found
