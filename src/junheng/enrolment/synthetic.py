"""Made-up children and the slips that lists are full of: kinds and rates declared, truth known, seeds fixed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import yaml

from junheng.enrolment.numbers import completed
from junheng.enrolment.people import People, people_of
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll
from junheng.enrolment.rules import LIBRARY

RATES: Mapping[str, float] = {
    "digit": 0.02,  # one wrong digit of the identity number
    "swap": 0.01,  # two neighbouring digits swapped
    "no_number": 0.03,  # no identity number
    "homophone": 0.02,  # a name written with another character of the same sound
    "traditional": 0.01,  # a traditional character
    "birth": 0.01,  # one digit of the date of birth wrong
    "no_guardian": 0.10,
    "sex": 0.003,
}
TWINS = 0.02  # children who are the second of twins: birth, guardian and school alike, names nearly so
ABSENT = 0.01  # children on one list alone, on either side
_REGION = "99990"  # unassigned: no number made up here is anybody's
_TWO_SIGNS = 0.85  # share of given names of two signs
_FIRST_DAY, _DAYS = date(2011, 9, 1), 9 * 365


@cache
def _words() -> Mapping[str, Any]:
    """The signs of made-up names; a folded text of several lines is one row of signs."""
    with (LIBRARY / "made_names.yaml").open(encoding="utf-8") as stream:
        found = yaml.safe_load(stream)
    return {name: v.replace(" ", "") if isinstance(v, str) else v for name, v in found.items()}


@dataclass(frozen=True, slots=True)
class Made:
    """Two lists and the truth: ``right_of[i]`` is the right row of left row i, -1 where there is none."""

    left: People
    right: People
    right_of: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Child:
    name: str
    number: str
    sex: str
    birth: str
    guardian: str
    school: str


def make_lists(size: int, seed: int, rates: Mapping[str, float] = RATES, absent: float = ABSENT) -> Made:
    """A household and a school register of ``size`` children each; slips in the register, and shuffled."""
    random = np.random.default_rng(seed)
    extra = round(size * absent)
    children = _children(size + extra, random)
    listed = [(k, _slipped(children[k], random, rates)) for k in range(extra, size + extra)]
    order = random.permutation(len(listed))
    place = {listed[at][0]: row for row, at in enumerate(order.tolist())}
    right = [listed[at][1] for at in order.tolist()]
    truth = [place.get(k, -1) for k in range(size)]
    return Made(_people(children[:size], "household"), _people(right, "register"), truth)


def _child(random: np.random.Generator) -> _Child:
    surnames, given = _words()["surnames"], _words()["given"]
    surname = surnames[int(len(surnames) * random.random() ** 2)]
    signs = 1 + (random.random() < _TWO_SIGNS)
    own = "".join(given[int(len(given) * random.random() ** 1.5)] for _ in range(signs))
    birth = (_FIRST_DAY + timedelta(days=int(random.integers(_DAYS)))).strftime("%Y%m%d")
    sex = int(random.integers(2))
    serial = f"{int(random.integers(100)):02}{int(random.integers(5)) * 2 + 1 - sex}"
    number = completed(f"{_REGION}{int(random.integers(2, 6))}{birth}{serial}")
    guardian = surname + "".join(given[int(random.integers(len(given)))] for _ in range(2))
    school = f"21999900{int(random.integers(60)):02}"
    return _Child(surname + own, number, "2" if sex else "1", birth, guardian, school)


def _children(count: int, random: np.random.Generator) -> list[_Child]:
    found = [_child(random)] if count else []
    while len(found) < count:
        found.append(_twin(found[-1], random) if random.random() < TWINS else _child(random))
    return found


def _twin(first: _Child, random: np.random.Generator) -> _Child:
    """Another number of the same day, and a name that differs in its last sign – or only in how that is written."""
    given, homophones = _words()["given"], _words()["homophones"]
    last = homophones.get(first.name[-1], given[int(random.integers(len(given)))])
    serial = f"{(int(first.number[14:16]) + 1) % 100:02}{first.number[16]}"
    return replace(first, name=first.name[:-1] + last, number=completed(first.number[:14] + serial))


def _slipped(child: _Child, random: np.random.Generator, rates: Mapping[str, float]) -> _Child:
    happens = {kind: random.random() < rate for kind, rate in rates.items()}
    found = child
    if happens.get("digit"):
        at = int(random.integers(17))
        wrong = (int(found.number[at]) + int(random.integers(1, 10))) % 10
        found = replace(found, number=found.number[:at] + str(wrong) + found.number[at + 1 :])
    if happens.get("swap"):
        found = replace(found, number=_swapped(found.number, int(random.integers(16))))
    if happens.get("no_number"):
        found = replace(found, number="")
    if happens.get("homophone"):
        found = replace(found, name=_one_replaced(found.name, _words()["homophones"]))
    if happens.get("traditional"):
        found = replace(found, name=_one_replaced(found.name, _words()["traditional"]))
    if happens.get("birth"):
        digit = str((int(found.birth[7]) + 1) % 10)
        found = replace(found, birth=found.birth[:7] + digit)
    if happens.get("no_guardian"):
        found = replace(found, guardian="")
    if happens.get("sex"):
        found = replace(found, sex="1" if found.sex == "2" else "2")
    return found


def _swapped(number: str, at: int) -> str:
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _one_replaced(name: str, by: Mapping[str, str]) -> str:
    """The name with its last character that has an entry in ``by`` replaced."""
    for at in range(len(name) - 1, -1, -1):
        if name[at] in by:
            return name[:at] + by[name[at]] + name[at + 1 :]
    return name


def _people(children: Sequence[_Child], table: str) -> People:
    cells = {
        "name": [child.name for child in children],
        "id_number": [child.number for child in children],
        "sex": [child.sex for child in children],
        "birth": [child.birth for child in children],
        "guardian": [child.guardian for child in children],
        "school": [child.school for child in children] if table == "register" else [""] * len(children),
    }
    roll = Roll(table, table, range(2, len(children) + 2), cells, {})
    return people_of(roll, Problems())
