"""Forms of a made-up district: addresses in its zones, twins, classes, wishes by zone and fame."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from junheng.admissions.applications.form import Child, Key
from junheng.admissions.applications.rule import IntakeRule
from junheng.admissions.problem import Problem
from junheng.admissions.synthetic.numbers import Numbers
from junheng.admissions.synthetic.people import Person, id_number_of, make_people
from junheng.admissions.zones.address import Unit
from junheng.admissions.zones.table import Side, ZoneRow, ZoneTable
from junheng.basics import Text, UserError
from junheng.data.books import Place

TWINS_PER_THOUSAND = 12
_PRIVATE_PER_CENT = 30  # families that list a private school
_CLASS_SHARES = (
    3,
    62,
    17,
    18,
)  # of the class table's first four, in per cent; a shorter table takes the first ones
_FEEDERS = ("XX区第一小学", "XX区第二小学", "XX区实验小学", "XX区A镇中心小学", "XX区B镇中心小学")


def made_up_zones() -> ZoneTable:
    """The zones of the made-up district: single-school and multi-school ones, a road that two towns have."""
    with Path(__file__).with_name("zones.csv").open(encoding="utf-8", newline="") as stream:
        rows = tuple(_zone_row(row) for row in csv.DictReader(stream))
    return ZoneTable(rows, marked_follow=True, places=("XX区",))


def _zone_row(row: dict[str, str]) -> ZoneRow:
    return ZoneRow(
        place=Place(),
        zone=row["zone"],
        schools=tuple(row["schools"].split("、")),
        valid_from=date.fromisoformat(row["valid_from"]),
        town=row["town"],
        road=row["road"],
        side=cast(Side, row["side"] or "all"),
        first=int(row["first"]) if row["first"] else None,
        last=int(row["last"]) if row["last"] else None,
        units=(cast(Unit, row["unit"] or "house"),),
        community=row["community"],
    )


def make_applications(
    rule: IntakeRule, problem: Problem, table: ZoneTable, count: int, seed: str = "XX区 2027"
) -> list[Child]:
    """``count`` applications under ``rule`` for the schools of ``problem``, living in the zones of ``table``.

    One pair of cousins under one roof is born on one day: no twins, but they look it, so that the list of exceptions has
    something to confirm. The same arguments give the same children. Raises UserError when the rule has no dates of birth.
    """
    if rule.birth is None:
        raise UserError(Text("规则没有出生日期范围", "the rule has no dates of birth"))
    numbers = Numbers(seed)
    twins = count * TWINS_PER_THOUSAND // 1000
    people = make_people(numbers, count, rule.birth.first, rule.birth.last, twins)
    households = [
        2 * (i // 2) if i < 2 * twins else i for i in range(count)
    ]  # twins live, wish and rank as one
    homes = _homes(numbers, table, count)
    cells = []
    for i, person in enumerate(people):
        home, row = homes[households[i]]
        cells.append(_cells(numbers, rule, problem, person, home, row, households[i]))
    _make_cousins(cells, 2 * twins)
    letters: dict[Key, str] = {}
    return [Child(Place(row=row), found, letters) for row, found in enumerate(_mixed(numbers, cells), 3)]


def _cells(
    numbers: Numbers,
    rule: IntakeRule,
    problem: Problem,
    person: Person,
    home: str,
    row: ZoneRow,
    household: int,
) -> dict[Key, str]:
    name = f"household {household}"
    place = _class_place(numbers, name, problem)
    residence = _residence(numbers, name, rule, place == len(problem.classes) - 1)
    single = {
        "name": person.name,
        "id_kind": "居民身份证",
        "id_number": person.id_number,
        "sex": "男" if person.sex == 1 else "女",
        "birth_date": person.birth.isoformat(),
        "guardian": person.guardian,
        "phone": person.phone,
        "address": home,
        "residence": residence,
        "feeder": numbers.pick(f"{name} feeder", 1, _FEEDERS)[0],
        "student_number": f"G{person.id_number}",
        "grade": rule.grade.name if rule.grade else "",
        "family": person.family,
        "priority": problem.classes[place].name,
    }
    cells: dict[Key, str] = {(column, 0): text for column, text in single.items() if text}
    for number, school in enumerate(_wishes(numbers, name, rule, problem, row), 1):
        cells["wish", number] = school
    return cells


def _residence(numbers: Numbers, name: str, rule: IntakeRule, is_last_class: bool) -> str:
    """The last kind of residence for the last class, else mostly the first; "" where the rule names none."""
    if not rule.residences:
        return ""
    others = rule.residences[:-1] or rule.residences
    drawn = int(numbers.below(f"{name} residence", 1, 12)[0])
    return (
        rule.residences[-1].name if is_last_class else others[1 if drawn == 0 and len(others) > 1 else 0].name
    )


def _class_place(numbers: Numbers, name: str, problem: Problem) -> int:
    shares = _CLASS_SHARES[: len(problem.classes)]
    drawn = int(numbers.below(f"{name} class", 1, sum(shares))[0])
    place = 0
    while drawn >= shares[place]:
        drawn -= shares[place]
        place += 1
    return place


def _wishes(numbers: Numbers, name: str, rule: IntakeRule, problem: Problem, row: ZoneRow) -> list[str]:
    """A private school now and then, then the zone's schools, then others, the first in the list being the most famous."""
    private = [school.id for school in problem.schools if school.ownership == "private"]
    public = [school.id for school in problem.schools if school.ownership == "public"]
    drawn = numbers.below(name, len(public) + 3, 100).tolist()
    found = [private[drawn[0] % len(private)]] if private and drawn[1] < _PRIVATE_PER_CENT else []
    scores = {
        school: drawn[3 + place] + 60 * (school in row.schools) + 40 * (len(public) - place) // len(public)
        for place, school in enumerate(public)
    }
    ranked = sorted(public, key=lambda school: (-scores[school], school))
    most = max(rule.wishes.least, rule.wishes.most - drawn[2] % 3)
    names = {school.id: f"{school.id} {school.name}" for school in problem.schools}
    return [names[school] for school in (found + ranked)[:most]]


def _homes(numbers: Numbers, table: ZoneTable, count: int) -> list[tuple[str, ZoneRow]]:
    """An address of its own for each, with the zone row it lies in."""
    rows = numbers.pick("home", count, table.rows)
    doors = numbers.below("door", count, 10_000).tolist()
    rooms = numbers.below("room", count, 4).tolist()
    return [(_address(row, doors[i], f"{rooms[i] + 1}单元{i + 101}室"), row) for i, row in enumerate(rows)]


def _address(row: ZoneRow, door: int, room: str) -> str:
    if row.community:
        return f"{row.town}{row.community}{door % 40 + 1}栋{room}"
    step = 1 if row.side == "all" else 2
    first = row.first if row.first is not None else (2 if row.side == "even" else 1)
    last = row.last if row.last is not None else first + 100
    number = first + step * (door % ((last - first) // step + 1))
    return f"{row.town}{row.road}{number}{'弄' if row.units == ('lane',) else '号'}{room}"


def _make_cousins(cells: list[dict[Key, str]], start: int) -> None:
    """The first two single children after the twins become cousins: one roof, one surname, one day."""
    if len(cells) < start + 2:
        return
    elder, younger = cells[start], cells[start + 1]
    day = date.fromisoformat(elder["birth_date", 0])
    number = id_number_of(day, 399 if younger["sex", 0] == "男" else 398)
    younger["name", 0] = elder["name", 0][:1] + younger["name", 0][1:]
    younger["address", 0] = elder["address", 0]
    younger["birth_date", 0] = day.isoformat()
    younger["id_number", 0], younger["student_number", 0] = number, f"G{number}"


def _mixed(numbers: Numbers, cells: Sequence[dict[Key, str]]) -> list[dict[Key, str]]:
    """The rows in an order that says nothing."""
    order = numbers.words("order", len(cells)).tolist()
    return [cells[i] for i in sorted(range(len(cells)), key=lambda i: (order[i], i))]
