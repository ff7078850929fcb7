"""A made-up city of document 0's size: 49,425 new pupils in 1,053 classes, 25,000 applicants.

Document 0 (Hohhot, 2020) gives the three totals; everything else – schools, marks, homes, wishes – is made up. Whole numbers
from hashes throughout: the same city on every machine. For benchmarks and tests; ``scale`` makes it smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from junheng.admissions.market import Ints
from junheng.admissions.synthetic.numbers import Numbers, share_out
from junheng.admissions.synthetic.people import Person, make_people
from junheng.draws import Entrant

NEW_PUPILS, CLASSES, SCHOOLS = 49_425, 1_053, 96
APPLICANTS, JUNIOR_SCHOOLS = 25_000, 60
SUBJECTS = ("yw", "sx", "yy")
FULL_MARK = 200  # of a subject, in half points
GRADE = "7"
_SMALLEST, _LARGEST = 3, 18  # classes of a school
_TWINS_PER_THOUSAND = 6
_SPECIAL_PER_THOUSAND = 10
_FEEDERS = 6  # primary schools that send to one school
_LISTED = 5  # the most wishes
_NEAR = 12  # schools a family thinks of
_TOWN = 20_000  # side of the city's square, in metres
_CLASSES = ("政策照顾", "本片区", "随迁子女", "其他")
_CLASS_SHARES = (1, 70, 20, 9)
_BORN = (date(2014, 9, 1), date(2015, 8, 31))

Json = dict[str, Any]


@dataclass(frozen=True)
class City:
    """``intake`` and ``groups``: children and classes to form; ``applicants`` and ``problem``: the junior draw.

    Entrants are ready for ``freeze``; ``groups`` is the part of that name of a classes problem, ``problem`` a whole
    admission problem (docs/method/draws.md).
    """

    intake: list[Entrant]
    groups: list[Json]
    applicants: list[Entrant]
    problem: Json


def make_city(scale: float = 1.0, seed: str = "made-up city") -> City:
    """The city, or a smaller one of the same make (``scale`` from 0.001 to 1)."""
    groups, intake = _make_intake(Numbers(f"{seed}/classes"), scale)
    problem, applicants = make_junior_draw(
        round(APPLICANTS * scale), max(4, round(JUNIOR_SCHOOLS * scale)), seed
    )
    return City(intake, groups, applicants, problem)


def _make_intake(numbers: Numbers, scale: float) -> tuple[list[Json], list[Entrant]]:
    schools, pupils = max(2, round(SCHOOLS * scale)), max(200, round(NEW_PUPILS * scale))
    classes = _class_counts(numbers, schools, max(_SMALLEST * schools, round(CLASSES * scale)))
    names = [f"S{place + 1:03d}" for place in range(schools)]
    groups = [
        {
            "school": name,
            "grade": GRADE,
            "classes": k,
            "teams": [f"{name}-T{team + 1:02d}" for team in range(k)],
        }
        for name, k in zip(names, classes, strict=True)
    ]
    pairs = pupils * _TWINS_PER_THOUSAND // 1000
    people = make_people(numbers, pupils, *_BORN, pairs)
    homes = _schools_of(names, share_out(pupils, classes), pairs)
    marks = _marks(numbers, pupils)
    special = (numbers.below("special", pupils, 1000) < _SPECIAL_PER_THOUSAND).astype(int).tolist()
    feeders = numbers.below("feeder", pupils, _FEEDERS).tolist()
    entrants = []
    for i, (person, school) in enumerate(zip(people, homes, strict=True)):
        row = {"school": school, "grade": GRADE, "sex": person.sex, "special": special[i], "marks": marks[i]}
        row |= {"feeder": f"{school}-P{feeders[i] + 1}", "apart": [], "flags": {}}
        entrants.append(Entrant(_identity(person), person.family, row))
    return groups, entrants


def _class_counts(numbers: Numbers, schools: int, classes: int) -> list[int]:
    """Classes of each school, from 3 to 18, adding up to ``classes``."""
    weights = (numbers.below("size", schools, _LARGEST - _SMALLEST + 1) + 1).tolist()
    rest = share_out(classes - _SMALLEST * schools, weights)
    counts = [_SMALLEST + more for more in rest]
    while (
        max(counts) > _LARGEST and min(counts) < _LARGEST
    ):  # what one school cannot hold goes to the smallest
        counts[counts.index(max(counts))] -= 1
        counts[counts.index(min(counts))] += 1
    return counts


def _schools_of(names: Sequence[str], sizes: Sequence[int], pairs: int) -> list[str]:
    """The school of every child: pairs of twins first, school by school in turn, then the others."""
    left = list(sizes)
    found = []
    for pair in range(pairs):
        place = pair % len(names)
        left[place] -= 2
        found += [names[place]] * 2
    return found + [name for name, size in zip(names, left, strict=True) for _ in range(size)]


def _marks(numbers: Numbers, count: int) -> list[dict[str, int]]:
    """Marks of the subjects in half points of 100: one ability for all and something of each."""
    ability = numbers.bell("ability", count, 23)
    columns = []
    for subject in SUBJECTS:
        own = numbers.bell(subject, count, 14)
        columns.append(np.clip(150 + ability + own, 0, FULL_MARK).tolist())
    return [dict(zip(SUBJECTS, row, strict=True)) for row in zip(*columns, strict=True)]


def make_junior_draw(applicants: int, schools: int, seed: str = "made-up city") -> tuple[Json, list[Entrant]]:
    """A junior draw: ``applicants`` children, ``schools`` schools with seats for nearly all, up to five wishes.

    Homes and schools lie on a square; a family lists the most attractive of the near schools. Wish order comes first, one
    number for all schools, twins together. Whole numbers only, so the same on every machine.
    """
    numbers = Numbers(f"{seed}/junior")
    pairs = applicants * _TWINS_PER_THOUSAND // 1000
    people = make_people(numbers, applicants, *_BORN, pairs)
    household = np.arange(applicants)
    household[: 2 * pairs] -= household[: 2 * pairs] % 2  # twins live, wish and rank as one
    wishes = _wishes(numbers, applicants, schools)
    classes = _classes(numbers, applicants)
    length = np.minimum(numbers.below("length", applicants, _LISTED) + 3, min(_LISTED, schools))
    names = [f"J{place + 1:03d}" for place in range(schools)]
    entrants = []
    for person, place in zip(people, household.tolist(), strict=True):
        choices = [names[school] for school in wishes[place, : length[place]].tolist()]
        row = {"choices": choices, "classes": [classes[place]] * len(choices), "flags": {"sex": person.sex}}
        entrants.append(Entrant(_identity(person), person.family, row))
    wanted = np.bincount(wishes[:, 0], minlength=schools)
    return _problem(names, applicants, wanted), entrants


def _problem(names: Sequence[str], applicants: int, wanted: Ints) -> Json:
    """Seats for 98 in 100, half by size alike and half where families want to be: some schools remain over-subscribed."""
    alike = applicants // len(names)
    plans = share_out(applicants * 98 // 100, [alike + count for count in wanted.tolist()])
    schools = [
        {"id": name, "name": f"第{place}中学", "ownership": "public", "plan": plan, "pools": [_pool(plan)]}
        for place, (name, plan) in enumerate(zip(names, plans, strict=True), 1)
    ]
    return {
        "key": ["band", "class", "ticket"],
        "band_width": 1,
        "tickets": "single",
        "order": "ascending",
        "ranking": {"method": "hmac"},
        "units": "overflow",
        "digits": 10,
        "classes": [{"code": code, "name": name} for code, name in enumerate(_CLASSES)],
        "schools": schools,
        "stages": [{"id": "公办", "schools": list(names)}],
        "leftovers": "spec_order",
    }


def _pool(plan: int) -> Json:
    return {"id": "all", "seats": plan, "classes": [], "unfilled": "next"}


def _wishes(numbers: Numbers, applicants: int, schools: int) -> Ints:
    """The schools of every family from the most wanted on [applicants, up to 5]: near and famous ones."""
    fame = numbers.bell("fame", schools, 1_000)
    at_school = np.stack([numbers.below(f"school {axis}", schools, _TOWN) for axis in "xy"])
    at_home = np.stack([numbers.below(f"home {axis}", applicants, _TOWN) for axis in "xy"])
    taste = numbers.below("taste", applicants * schools, 3_000).reshape(applicants, schools)
    away = np.abs(at_home[:, :, None] - at_school[:, None, :]).sum(axis=0)  # along streets
    near = min(_NEAR, schools)
    order = np.argsort(away, axis=1, kind="stable")[:, :near]
    score = np.take_along_axis(fame[None, :] + taste - away // 2, order, axis=1)
    best = np.argsort(-score, axis=1, kind="stable")[:, : min(_LISTED, schools)]
    return np.take_along_axis(order, best, axis=1)


def _classes(numbers: Numbers, applicants: int) -> list[int]:
    drawn = numbers.below("class", applicants, sum(_CLASS_SHARES))
    found: list[int] = np.searchsorted(np.cumsum(_CLASS_SHARES), drawn, side="right").tolist()
    return found


def _identity(person: Person) -> dict[str, str]:
    return {"name": person.name, "id_number": person.id_number, "guardian": person.guardian}
