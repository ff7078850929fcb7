"""Recruitment by year: posts by the forecast pupils, less those on the quota who have not retired.

Pooled: the county fills a vacancy from another school's surplus first (县管校聘). Separate: each school alone. The
difference is what pooling saves. Those recruited are taken to stay to the last year.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.staff.quota import made_whole, stage_quota
from junheng.planning.staff.retirement import retired_by
from junheng.planning.staff.untold import Untold

Json = dict[str, Any]


def school_needs(problem: Json, untold: Untold) -> list[Json]:
    """Per school and year: ``posts``, cumulative ``retired_low``/``retired_high``; only schools known in every year."""
    found: list[Json] = []
    for school in problem["schools"]:
        missing = _lacking(school)
        quotas = [] if missing else [forecast_posts(problem, school, year) for year in problem["years"]]
        if None in quotas:
            missing = ["forecast"]
        if missing:
            untold.add("recruitment", missing, school_id=school["id"])
            continue
        for year, posts in zip(problem["years"], quotas, strict=True):
            low, high = retired_by(school["ages"], year, problem["rules"]["categories"])
            found.append(
                {
                    "school_id": school["id"],
                    "year": year,
                    "posts": posts,
                    "in_quota": school["posts"]["in_quota"],
                    "retired_low": low,
                    "retired_high": high,
                }
            )
    return found


def _lacking(school: Json) -> list[str]:
    if not school["stages"]:
        return ["stages"]
    if "in_quota" not in school.get("posts", {}):
        return ["in_quota"]
    known = sum(one["persons"] for one in school.get("ages", ()) if "born" in one)
    return [] if known == school["posts"]["in_quota"] else ["ages"]


def forecast_posts(problem: Json, school: Json, year: int) -> int | None:
    """Posts of a school by its forecast of ``year``; None where that cannot be told."""
    total = Fraction(0)
    for stage in school["stages"]:
        counts = stage.get("forecast", {}).get(str(year), {})
        quota, missing = stage_quota(problem["rules"], stage["stage"], school.get("place", ""), counts)
        if missing:
            return None
        total += exact(quota["exact"])
    return made_whole(total, problem["rules"]["rounding"])


def county_recruitment(problem: Json, needs: Sequence[Json]) -> list[Json]:
    """Per year over the schools that can be told: posts, retirements so far, and persons to recruit that year.

    ``recruit_low``/``recruit_high``: pooled, with sure and with all possible retirements; ``separate_*``: each school alone.
    """
    found: list[Json] = []
    hired = dict.fromkeys(("recruit_low", "recruit_high"), 0)
    alone: dict[tuple[str, str], int] = {}
    for year in problem["years"]:
        rows = [one for one in needs if one["year"] == year]
        entry: Json = {"year": year, "schools": len(rows)}
        for key in ("posts", "in_quota", "retired_low", "retired_high"):
            entry[key] = sum(one[key] for one in rows)
        for bound in ("low", "high"):
            lacking = entry["posts"] - entry["in_quota"] + entry[f"retired_{bound}"]
            key = f"recruit_{bound}"
            entry[key] = max(0, lacking - hired[key])
            hired[key] += entry[key]
            entry[f"surplus_{bound}"] = max(0, -lacking)
            entry[f"separate_{bound}"] = sum(_alone(one, bound, alone) for one in rows)
        found.append(entry)
    return found


def _alone(row: Json, bound: str, hired: dict[tuple[str, str], int]) -> int:
    """Persons one school has to recruit in a year when nobody comes from another."""
    key = (row["school_id"], bound)
    lacking = row["posts"] - row["in_quota"] + row[f"retired_{bound}"]
    recruited = max(0, int(lacking) - hired.get(key, 0))
    hired[key] = hired.get(key, 0) + recruited
    return recruited
