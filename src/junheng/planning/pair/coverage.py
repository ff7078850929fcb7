"""How many groups and schools in them, what share of all: truncated or rounded, as printed."""

from collections.abc import Iterable
from fractions import Fraction
from math import floor
from typing import Any

from junheng.planning.frozen import Json, number
from junheng.planning.pair.candidates import living

Member = tuple[str, str, str]  # group, form, school


def printed(share: Fraction, decimals: int, how: str) -> str:
    """A share as a percentage with ``decimals`` digits, truncated or rounded half up.

    >>> printed(Fraction(46, 66), 1, "truncate"), printed(Fraction(46, 66), 1, "round")
    ('69.6', '69.7')
    """
    scaled = share * 100 * 10**decimals + (Fraction(1, 2) if how == "round" else 0)
    whole, rest = divmod(floor(scaled), 10**decimals)
    return f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)


def coverage(problem: Json, pairs: Iterable[Json]) -> Json:
    """Before and after the plan: groups, schools, share of all schools, by form, place and county."""
    now = [(row["group"], row["form"], row["school"]) for row in living(problem["register"], problem["on"])]
    after = [*now]
    for pair in pairs:
        after += [(pair["group"], pair["form"], pair[side]) for side in ("core", "member")]
    return {"before": _figures(problem, now), "after": _figures(problem, after)}


def _figures(problem: Json, members: list[Member]) -> Json:
    schools = {school["id"]: school for school in problem["schools"]}
    return {
        "groups": len({group for group, _, _ in members}),
        **_share(problem, {school for _, _, school in members}, set(schools)),
        "by_form": [
            {"key": form, "groups": len(groups), "schools": len(inside)}
            for form, groups, inside in _by_form(members)
        ],
        "by_place": _parts(problem, members, "place"),
        "by_county": _parts(problem, members, "county"),
    }


def _by_form(members: list[Member]) -> list[tuple[str, set[str], set[str]]]:
    forms = sorted({form for _, form, _ in members})
    return [
        (form, {g for g, f, _ in members if f == form}, {s for _, f, s in members if f == form})
        for form in forms
    ]


def _parts(problem: Json, members: list[Member], by: str) -> list[Json]:
    keys = sorted({school[by] for school in problem["schools"]})
    inside = {school for _, _, school in members}
    found = []
    for key in keys:
        own = {school["id"] for school in problem["schools"] if school[by] == key}
        found.append({"key": key, **_share(problem, inside & own, own)})
    return found


def _share(problem: Json, inside: set[str], whole: set[str]) -> Json:
    share, rule = Fraction(len(inside), len(whole)), problem["coverage"]
    return {
        "schools": len(inside),
        "whole": len(whole),
        "share": number(share),
        "printed": printed(share, rule["decimals"], rule["printed"]),
    }


def published(figures: list[Json]) -> list[Json]:
    """Published figures recomputed: does the sum hold, and is the printed share truncated, rounded, both or neither.

    ``ratio`` is the other side per school (47 rural schools with 38 city ones), or the share of the whole.
    """
    return [_recomputed(figure) for figure in figures]


def _recomputed(figure: Json) -> Json:
    found: dict[str, Any] = {"id": figure["id"], "total": figure["total"]}
    if figure["parts"]:
        found["sum"] = sum(figure["parts"])
        found["sum_agrees"] = int(found["sum"] == figure["total"])
    if "against" in figure and figure["total"]:
        found["ratio"] = number(Fraction(figure["against"], figure["total"]))
    if figure.get("whole"):
        share = Fraction(figure["total"], figure["whole"])
        text = figure.get("printed", "")
        decimals = len(text.partition(".")[2]) if text else 1
        ways = {how: printed(share, decimals, how) for how in ("truncate", "round")}
        found |= {"share": number(share), "truncated": ways["truncate"], "rounded": ways["round"]}
        if text:
            agree = [how for how, shown in ways.items() if shown == text]
            found["agrees"] = "both" if len(agree) > 1 else agree[0] if agree else "neither"
    return found
