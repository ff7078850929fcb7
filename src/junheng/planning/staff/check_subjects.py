"""Second mind, subjects and placement: posts, every move, the bound from prices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.staff.check_quota import allotments
from junheng.planning.staff.check_rounding import Lack, lack, rounded

Json = Mapping[str, Any]
Post = tuple[str, str, str]  # school, stage, subject
_ORDER = {"primary": 0, "junior": 1, "senior": 2}
_COUNTY = 3  # the round of placement by the county


def posts_and_teachers(problem: Json) -> tuple[dict[Post, tuple[Fraction, Fraction, int, int]], set[Lack]]:
    """(periods, need, posts, teachers) by post, and what cannot be told."""
    rules, told, lacks = problem["rules"], {}, set()
    for school in problem["schools"]:
        for stage in school["stages"]:
            level, key = stage["stage"], school["id"]
            if stage.get("pupils", 1) == 0:
                continue
            if level not in rules["loads"] or "grades" not in stage or not stage.get("subjects"):
                missing = (
                    "periods"
                    if level not in rules["loads"]
                    else "grades"
                    if "grades" not in stage
                    else "teachers"
                )
                lacks.add(lack("subjects", {missing}, key, level))
                continue
            for subject in rules["periods"].keys() | stage["subjects"].keys():
                hours = rules["periods"].get(subject, {})
                periods = Fraction(0)
                for grade, classes in stage["grades"].items():
                    periods += exact(hours[grade]) * classes if grade in hours else 0
                load = rules["loads"][level].get(subject)
                if periods > 0 and load is None:
                    lacks.add(lack("subjects", {"load"}, key, level, subject))
                elif subject in stage["subjects"]:
                    need = periods / exact(load) if periods else Fraction(0)
                    posts = rounded(need, rules["subject_rounding"])
                    told[key, level, subject] = (periods, need, posts, stage["subjects"][subject])
                elif periods > 0:
                    lacks.add(lack("subjects", {"teachers"}, key, level, subject))
    return told, lacks


def check_subjects(problem: Json, outcome: Json) -> tuple[list[str], set[Lack]]:
    """What is wrong with the posts by subject and with the placement."""
    told, lacks = posts_and_teachers(problem)
    stated = {
        (one["school_id"], one["stage"], one["subject"]): (
            exact(one["periods"]), exact(one["need"]), one["posts"], one["present"],
        )
        for one in outcome["subjects"]
    }  # fmt: skip
    wrong = [
        f"subjects: {':'.join(key)}"
        for key in stated.keys() | told.keys()
        if stated.get(key) != told.get(key)
    ]
    wrong += [
        f"subjects: difference of {one['school_id']}"
        for one in outcome["subjects"]
        if one["difference"] != one["present"] - one["posts"]
    ]
    if len(stated) != len(outcome["subjects"]):
        wrong.append("subjects: an entry is there twice")
    wrong += _totals(told, outcome)
    return wrong + _placement(problem, outcome, told), lacks


def _totals(told: Mapping[Post, tuple[Fraction, Fraction, int, int]], outcome: Json) -> list[str]:
    right: dict[tuple[str, str], list[int]] = {}
    for (_, stage, subject), (_, _, posts, present) in told.items():
        sums = right.setdefault((stage, subject), [0, 0, 0, 0, 0])
        for at, value in enumerate((1, posts, present, max(present - posts, 0), max(posts - present, 0))):
            sums[at] += value
    stated = {
        (one["stage"], one["subject"]): [
            one[key] for key in ("schools", "posts", "present", "surplus", "shortage")
        ]
        for one in outcome["subject_totals"]
    }
    return [] if stated == right else ["subject_totals"]


def _placement(
    problem: Json, outcome: Json, told: Mapping[Post, tuple[Fraction, Fraction, int, int]]
) -> list[str]:
    wrong: list[str] = []
    spare = {key: have - posts for key, (_, _, posts, have) in told.items() if have > posts}
    short = {key: posts - have for key, (_, _, posts, have) in told.items() if posts > have}
    room, areas = rooms(problem), _areas(problem)
    left, entered, change = Counter[Post](), Counter[Post](), Counter[str]()
    for one in outcome["moves"]:
        giver = (one["from"], one["from_stage"], one["from_subject"])
        taker = (one["to"], one["stage"], one["subject"])
        if one["persons"] < 1 or not _fits(problem["rules"], room, giver, taker):
            wrong.append(f"moves: {one['from']} → {one['to']} is not allowed")
        if one["round"] != _round(areas, giver[0], taker[0]):
            wrong.append(f"moves: {one['from']} → {one['to']} is of another round")
        left[giver] += one["persons"]
        entered[taker] += one["persons"]
        change[giver[0]] -= one["persons"]
        change[taker[0]] += one["persons"]
    wrong += [f"moves: too many leave {':'.join(key)}" for key in left if left[key] > spare.get(key, 0)]
    wrong += [f"moves: too many enter {':'.join(key)}" for key in entered if entered[key] > short.get(key, 0)]
    for school, net in change.items():
        least, most = room.get(school, (0, 0))
        if not least <= net <= most:
            wrong.append(f"moves: {school} leaves its quota")
    return wrong + _open(problem, outcome, {key: persons - entered[key] for key, persons in short.items()})


def _open(problem: Json, outcome: Json, short: Mapping[Post, int]) -> list[str]:
    wrong = []
    stated = {(one["school_id"], one["stage"], one["subject"]): one["persons"] for one in outcome["unmet"]}
    if stated != {key: persons for key, persons in short.items() if persons}:
        wrong.append("unmet")
    weak, areas = {one["id"] for one in problem["schools"] if one["weak"]}, _areas(problem)
    right = {
        "unmet": sum(short.values()),
        "unmet_weak": sum(persons for key, persons in short.items() if key[0] in weak),
        "moved": sum(one["persons"] for one in outcome["moves"] if one["from"] != one["to"]),
        "county_placed": sum(
            one["persons"] for one in outcome["moves"] if _round(areas, one["from"], one["to"]) == _COUNTY
        ),
    }
    if outcome["objective"] != right:
        wrong.append("objective")
    if (
        outcome["bound"]["unmet"] != price_bound(problem, outcome["prices"])
        or outcome["bound"]["unmet"] > right["unmet"]
    ):
        wrong.append("bound")
    best = max(outcome["bound"]["unmet"], min(outcome["bound"]["solver_unmet"], right["unmet"]))
    off = Fraction(right["unmet"] - best, right["unmet"] or 1)
    if exact(outcome["gap"]) != off or (outcome["status"] == "optimal" and off):
        wrong.append("gap")
    return wrong


def _areas(problem: Json) -> dict[str, str]:
    return {one["id"]: one["area"] for one in problem["schools"] if "area" in one}


def _round(areas: Mapping[str, str], giver: str, taker: str) -> int:
    if giver == taker:
        return 1
    return 2 if giver in areas and areas[giver] == areas.get(taker) else _COUNTY


def _fits(rules: Json, room: Mapping[str, tuple[int, int]], giver: Post, taker: Post) -> bool:
    """Whether the rules let a teacher of ``giver`` take a post of ``taker``."""
    down = _ORDER[giver[1]] - _ORDER[taker[1]]
    if down < 0 or (down > 0 and exact(rules.get("may_teach_lower_stage", 0)) != 1):
        return False
    if giver[0] != taker[0]:
        return giver[2] == taker[2] and {giver[0], taker[0]} <= room.keys()
    return giver[2] == taker[2] or taker[2] in rules.get("also_teaches", {}).get(taker[1], {}).get(
        giver[2], []
    )


def rooms(problem: Json) -> dict[str, tuple[int, int]]:
    """Least and most net change of staff of each school whose quota and staff are known."""
    found = {}
    given = allotments(problem)
    for school in problem["schools"]:
        filled = school.get("posts", {}).get("in_quota")
        if school["id"] in given and filled is not None:
            spare = given[school["id"]] - filled
            found[school["id"]] = (spare, 0) if spare < 0 else (0, spare)
    return found


def price_bound(problem: Json, prices: Sequence[Json]) -> int:
    """At least so many posts stay open, whatever is moved: weak duality with the stated prices, in exact fractions.

    Σ moves ≤ Σ price·limit + Σ over allowed moves of max(0, 1 - prices of its rows)·(most it can carry).
    """
    told, _ = posts_and_teachers(problem)
    spare = {key: have - posts for key, (_, _, posts, have) in told.items() if have > posts}
    short = {key: posts - have for key, (_, _, posts, have) in told.items() if posts > have}
    cost = {one["row"]: exact(one["value"]) for one in prices}
    room, most = rooms(problem), Fraction(0)
    for kind, cells in (("surplus", spare), ("shortage", short)):
        most += sum(
            max(Fraction(0), cost.get(f"{kind}:{':'.join(key)}", Fraction(0))) * n for key, n in cells.items()
        )
    for school, (least, greatest) in room.items():
        price = cost.get(f"room:{school}", Fraction(0))
        most += max(price * least, price * greatest)
    takers: dict[str, list[Post]] = {}
    for taker in short:
        takers.setdefault(taker[2], []).append(taker)
    besides = problem["rules"].get("also_teaches", {})
    for giver in spare:
        subjects = {giver[2], *(s for by in besides.values() for s in by.get(giver[2], ()))}
        for taker in (one for subject in sorted(subjects) for one in takers.get(subject, ())):
            if _fits(problem["rules"], room, giver, taker):
                left = (
                    1 - cost.get(f"surplus:{':'.join(giver)}", 0) - cost.get(f"shortage:{':'.join(taker)}", 0)
                )
                if giver[0] != taker[0]:
                    left += cost.get(f"room:{giver[0]}", 0) - cost.get(f"room:{taker[0]}", 0)
                most += max(Fraction(0), Fraction(left)) * min(spare[giver], short[taker])
    return max(0, sum(short.values()) - most.numerator // most.denominator)
