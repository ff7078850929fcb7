"""Small problems by hand and at random, and the slow, obvious search for their best timetable."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

Json = dict[str, Any]
SUBJECTS = [
    {"id": "art", "zh": "美术", "en": "art"},
    {"id": "music", "zh": "音乐", "en": "music"},
    {"id": "pe", "zh": "体育与健康", "en": "physical education"},
]
DAYS = [
    ("周一", "Monday"),
    ("周二", "Tuesday"),
    ("周三", "Wednesday"),
    ("周四", "Thursday"),
    ("周五", "Friday"),
]


def school(name: str, classes: int = 2, **more: Any) -> Json:
    """A school with classes of one grade."""
    found: Json = {"id": name, "name": f"学校{name}", "rural": 1, "pupils": {"primary": 60}, "closed": []}
    found["classes"] = [{"stage": "primary", "grade": "3", "classes": classes}]
    return found | more


def need(name: str, subject: str, periods: int) -> Json:
    """A need of a school."""
    return {
        "school": name, "stage": "primary", "subject": subject, "required": periods, "own": 0,
        "periods": periods, "grades": {"3": periods},
    }  # fmt: skip


def teacher(name: str, base: str, subjects: list[str], **more: Any) -> Json:
    """A teacher without own lessons."""
    found: Json = {
        "id": name,
        "name": f"教师{name}",
        "base": base,
        "stages": ["primary"],
        "subjects": subjects,
    }
    return found | {"own": 0, "load": 16, "fixed": []} | more


def lesson(name: str, sender: str, subject: str, day: str, period: int, receivers: int = 3) -> Json:
    """A sending lesson of grade three."""
    return {
        "id": name, "school": sender, "room": "1", "stage": "primary", "grade": "3", "subject": subject,
        "day": day, "period": period, "receivers": receivers,
    }  # fmt: skip


def problem(
    schools: list[Json],
    needs: list[Json],
    teachers: list[Json],
    ways: dict[tuple[str, str], int],
    **more: Any,
) -> Json:
    """A frozen problem; ``ways`` count both ways. ``days``, ``am``, ``pm``, ``lessons``, ``rules`` may be given."""
    pairs = {pair: way for (a, b), way in ways.items() for pair in ((a, b), (b, a))}
    days = more.get("days", 5)
    return {
        "format": "junheng-plan-1", "kind": "itinerant", "name": "小例", "county": {"code": "999901", "name": "XX区"},
        "week": {
            "days": [{"id": str(n + 1), "zh": DAYS[n][0], "en": DAYS[n][1]} for n in range(days)],
            "am": more.get("am", 2), "pm": more.get("pm", 1),
        },
        "rules": {"schools_per_day": 2, "same_day": 2, "mbps_per_stream": 4} | more.get("rules", {}),
        "subjects": SUBJECTS,
        "relaxation": {"pupils_min": 50, "pupils_below": 100, "subjects": ["art", "music", "pe"], "source": "R3s"},
        "defaults": [],
        "travel": {
            "unit": "m", "reach": 8000, "zh": "", "en": "",
            "pairs": [{"from": a, "to": b, "value": way} for (a, b), way in sorted(pairs.items())],
        },
        "schools": schools, "demand": needs, "teachers": teachers, "lessons": more.get("lessons", []),
        "cannot_tell": [],
    }  # fmt: skip


def tiny(seed: int) -> Json:
    """Three schools, one or two teachers, one or two days: small enough to try everything."""
    draw = random.Random(seed)
    names = ["A", "B", "C"]
    ways = {("A", "B"): draw.randint(1, 8) * 1000, ("B", "C"): draw.randint(1, 9) * 1000}
    ways["A", "C"] = draw.randint(1, 9) * 1000
    schools = [school(name, draw.randint(1, 2)) for name in names]
    if draw.random() < 0.3:
        schools[1]["closed"] = [{"day": "1", "half": draw.choice(["am", "pm"])}]
    needs = [
        need(name, subject, draw.randint(1, 3))
        for name in names
        for subject in ("music", "pe")
        if draw.random() < 0.5
    ]
    is_pair = draw.random() < 0.6
    people = [teacher("T1", "A", draw.choice([["music"], ["music", "pe"]]), own=draw.randint(0, 1))]
    if is_pair:
        people.append(teacher("T2", "B", ["pe"], load=draw.randint(1, 3)))
    if draw.random() < 0.3:
        half = draw.choice(["am", "pm"])
        people[0]["fixed"] = [{"day": "1", "half": half, "place": draw.choice(["base", "away"])}]
    rules = {"same_day": draw.randint(1, 2), "schools_per_day": draw.randint(1, 2)}
    return problem(schools, needs, people, ways, days=1 if is_pair else 2, am=2, pm=1, rules=rules)


def best_by_trying(given: Json) -> tuple[int, int] | None:
    """(fewest lessons unmet, least way with so few) by trying everything; None where nothing is allowed."""
    days = [day["id"] for day in given["week"]["days"]]
    slots = [(person, day) for person in given["teachers"] for day in days]
    total = sum(row["periods"] for row in given["demand"])
    best: tuple[int, int] | None = None
    for trips in product(*(list(_trips(given, person, day)) for person, day in slots)):
        way = sum(length for _, length in trips)
        places = [(person, day, trip) for (person, day), (trip, _) in zip(slots, trips, strict=True)]
        if _time_at_home_is_short(given, places, {}):
            continue
        found = (total - _most_lessons(given, places), way)
        best = found if best is None else min(best, found)
    return best


def _trips(given: Json, person: Json, day: str) -> Iterator[tuple[tuple[str, str], int]]:
    far = {(pair["from"], pair["to"]): pair["value"] for pair in given["travel"]["pairs"]}
    fixed = {row["half"]: row["place"] for row in person["fixed"] if row["day"] == day}
    base = person["base"]
    useful = {row["school"] for row in given["demand"] if row["subject"] in person["subjects"]}
    options = [  # nobody goes where she has nothing to teach, even if the way were shorter
        [{"base": base, "away": ""}.get(fixed[half], fixed[half])]
        if half in fixed
        else sorted(useful | {base})
        for half in ("am", "pm")
    ]
    for morning, afternoon in product(*options):
        stops = [base, morning or base, afternoon or base, base]
        legs = [far.get((a, b), 99999) for a, b in pairwise(stops) if a != b]
        others = {morning, afternoon} - {"", base}
        if (
            max(legs, default=0) <= given["travel"]["reach"]
            and len(others) <= given["rules"]["schools_per_day"]
        ):
            yield (morning, afternoon), sum(legs)


def _room(given: Json, name: str, day: str, half: str) -> int:
    place = next(row for row in given["schools"] if row["id"] == name)
    return 0 if {"day": day, "half": half} in place["closed"] else given["week"][half]


def _time_at_home_is_short(given: Json, places: list[Any], taught: dict[str, int]) -> bool:
    home: Counter[str] = Counter()
    for person, day, trip in places:
        for half, place in zip(("am", "pm"), trip, strict=True):
            if place == person["base"]:
                home[person["id"]] += _room(given, place, day, half)
    return any(home[p["id"]] < p["own"] + taught.get(p["id"], 0) for p in given["teachers"])


def _most_lessons(given: Json, places: list[Any]) -> int:
    """Most lessons with everybody where ``places`` says: every spot's counts are tried."""
    needs = {(row["school"], row["subject"]): row["periods"] for row in given["demand"]}
    classes = {row["id"]: row["classes"][0]["classes"] for row in given["schools"]}
    spots = [
        (person, day, half, place, subject, min(_room(given, place, day, half), needs[place, subject]))
        for person, day, trip in places
        for half, place in zip(("am", "pm"), trip, strict=True)
        for subject in person["subjects"]
        if place and (place, subject) in needs
    ]
    best = 0
    for counts in product(*(range(spot[5] + 1) for spot in spots)):
        if sum(counts) > best and _is_allowed(given, places, spots, counts, needs, classes):
            best = sum(counts)
    return best


def _is_allowed(
    given: Json, places: list[Any], spots: list[Any], counts: tuple[int, ...], needs: Json, classes: Json
) -> bool:
    by_half, by_place, by_need, by_day = Counter(), Counter(), Counter(), Counter()  # type: ignore[var-annotated] # counters of anything
    load, home = Counter(), Counter()  # type: ignore[var-annotated] # the same
    for (person, day, half, place, subject, _), count in zip(spots, counts, strict=True):
        by_half[person["id"], day, half, place] += count
        by_place[place, day, half] += count
        by_need[place, subject] += count
        by_day[place, subject, day] += count
        load[person["id"]] += count
        home[person["id"]] += count if place == person["base"] else 0
    return (
        all(n <= _room(given, key[3], key[1], key[2]) for key, n in by_half.items())
        and all(n <= classes[key[0]] * _room(given, *key) for key, n in by_place.items())
        and all(n <= needs[key] for key, n in by_need.items())
        and all(n <= given["rules"]["same_day"] * classes[key[0]] for key, n in by_day.items())
        and all(load[p["id"]] + p["own"] <= p["load"] for p in given["teachers"])
        and not _time_at_home_is_short(given, places, home)
    )
