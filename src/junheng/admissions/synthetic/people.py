"""Made-up children with guardians: names, documents, telephones; twins share home and day.

Region 999901 is assigned to no place and the telephones begin with 140, the range of machines: nobody is meant, but every
form is right, so that checks and scanners have something to find.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.admissions.synthetic.numbers import Numbers
from junheng.basics import Text, UserError, identity_check_character

REGION = "999901"
_MAN, _WOMAN = 1, 2


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up child. ``sex``: 1 boy, 2 girl; ``family``: number of a pair of twins, "" for a single child."""

    name: str
    sex: int
    birth: date
    id_number: str
    guardian: str
    phone: str
    family: str = ""


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return found


def make_people(numbers: Numbers, count: int, first: date, last: date, twins: int = 0) -> list[Person]:
    """``count`` children born from ``first`` to ``last``, among them ``twins`` pairs, which come first.

    The same numbers give the same children. Raises UserError when more children are wanted than a region has
    identity numbers for (400 a day), or fewer than the twins alone.
    """
    days = (last - first).days + 1
    if count > 400 * days or 2 * twins > count:
        raise UserError(
            Text("虚构人数与日期或双胞胎数不符", "too many made-up children for these days or twins")
        )
    born = [first + timedelta(days=place) for place in numbers.below("birth", count, days).tolist()]
    sexes = [(_MAN, _WOMAN)[place] for place in numbers.below("sex", count, 2).tolist()]
    names, guardians = _names(numbers, count), _guardians(numbers, count)
    people = [Person(names[i], sexes[i], born[i], "", guardians[i], f"140{i:08d}") for i in range(count)]
    for pair in range(twins):
        elder, younger = people[2 * pair], people[2 * pair + 1]
        number = str(pair + 1)
        people[2 * pair] = replace(elder, family=number)
        people[2 * pair + 1] = replace(
            younger,
            name=elder.name[: len(_surname(elder.name))] + younger.name[len(_surname(younger.name)) :],
            birth=elder.birth,
            guardian=elder.guardian,
            phone=elder.phone,
            family=number,
        )
    return _numbered(people)


def _numbered(people: Sequence[Person]) -> list[Person]:
    """Everybody with an identity number: serial numbers of a day are odd for boys, even for girls."""
    used: dict[tuple[date, int], int] = {}
    found = []
    for person in people:
        place = used[person.birth, person.sex] = used.get((person.birth, person.sex), 0) + 1
        serial = 2 * place - 1 if person.sex == _MAN else 2 * place
        found.append(replace(person, id_number=id_number_of(person.birth, serial)))
    return found


def id_number_of(birth: date, serial: int) -> str:
    """The identity number of the made-up region for a day and a serial number (odd: boy)."""
    first_17 = f"{REGION}{birth:%Y%m%d}{serial:03d}"
    return first_17 + identity_check_character(first_17)


def _names(numbers: Numbers, count: int) -> list[str]:
    words = _words()
    rare = numbers.below("rare", count, 400).tolist()
    surnames = numbers.pick("surname", count, words["surnames"])
    compound = numbers.pick("compound", count, words["compound_surnames"])
    joined = numbers.pick("joined", count, words["joined"])
    first = numbers.pick("given 1", count, words["given"])
    second = numbers.pick("given 2", count, words["given"])
    short = numbers.below("short", count, 6).tolist()
    found = []
    for i in range(count):
        given = first[i] if short[i] == 0 else first[i] + second[i]
        surname = compound[i] if rare[i] == 0 else surnames[i]
        found.append(joined[i] if rare[i] == 1 else surname + given)
    return found


def _guardians(numbers: Numbers, count: int) -> list[str]:
    words = _words()
    parts = [
        numbers.pick(f"guardian {n}", count, words[key])
        for n, key in enumerate(("surnames", "guardian_given"))
    ]
    second = numbers.pick("guardian 2", count, words["guardian_given"])
    return ["".join(three) for three in zip(*parts, second, strict=True)]


def _surname(name: str) -> str:
    """The family name of a made-up name (of a name with a dot: nothing, twins keep their own)."""
    if "·" in name:
        return ""
    compound = next((word for word in _words()["compound_surnames"] if name.startswith(word)), "")
    return compound or name[:1]
