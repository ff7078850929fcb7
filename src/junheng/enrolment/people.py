"""A roll as people: numbers, births and sexes understood cell by cell; what cannot be is missing and told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.basics import Text, heading_key
from junheng.data.books import parse_day
from junheng.enrolment.numbers import (
    LENGTH,
    clean_number,
    is_identity_shaped,
    is_sound,
    is_student_number,
    packed,
)
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll
from junheng.enrolment.rules import Named

_SEX = {"男": "1", "1": "1", "男性": "1", "女": "2", "2": "2", "女性": "2"}
_STUDENT_LENGTH = LENGTH + 1
_FIX = Text("按原始材料核对该格", "hold the cell against the papers")


@dataclass(frozen=True, slots=True)
class People:
    """The people of a roll, index by index; "" is missing. ``births``: YYYYMMDD; ``sexes``: 1 male, 2 female."""

    roll: Roll
    names: Sequence[str]
    numbers: Sequence[str]
    students: Sequence[str]
    births: Sequence[str]
    sexes: Sequence[str]
    schools: Sequence[str]
    guardians: Sequence[str]

    def __len__(self) -> int:
        return len(self.names)

    def part(self, indices: Sequence[int]) -> "People":
        """These people alone."""
        columns = (self.names, self.numbers, self.students, self.births)
        more = (self.sexes, self.schools, self.guardians)
        picked = [[column[i] for i in indices] for column in (*columns, *more)]
        return People(self.roll.part(indices), *picked)

    def key(self, index: int) -> str:
        """What tells this child from others between two runs: identity number, student number, or name and birth."""
        return (
            self.numbers[index]
            or self.students[index]
            or f"{self.names[index]} {self.births[index]} {self.guardians[index]}"
        )


def people_of(roll: Roll, problems: Problems) -> People:
    """Read every cell of a roll. What is wrong is told by cell and counts as missing; nothing is mended."""
    numbers = [
        _number(roll, i, text, problems) for i, text in enumerate(map(clean_number, roll.column("id_number")))
    ]
    students = [
        _student(roll, i, clean_number(text), problems)
        for i, text in enumerate(roll.column("student_number"))
    ]
    numbers = [
        number or (student[1:] if student[:1] == "G" else "")
        for number, student in zip(numbers, students, strict=True)
    ]
    sound = is_sound(np.array([packed(number) for number in numbers], np.int64)).tolist()
    births = [
        _birth(roll, i, text, numbers[i] if sound[i] else "", problems)
        for i, text in enumerate(roll.column("birth"))
    ]
    sexes = [_sex(roll, i, text, problems) for i, text in enumerate(roll.column("sex"))]
    _tell_cells(roll, numbers, sound, problems)
    _tell_doubled(roll, numbers, "id_number", problems)
    _tell_doubled(roll, students, "student_number", problems)
    schools = [heading_key(text) for text in roll.column("school")]
    return People(
        roll, roll.column("name"), numbers, students, births, sexes, schools, roll.column("guardian")
    )


def _tell_cells(roll: Roll, numbers: Sequence[str], sound: Sequence[bool], problems: Problems) -> None:
    """Blank names, and numbers that fail their check."""
    for i, (name, number) in enumerate(zip(roll.column("name"), numbers, strict=True)):
        if not name:
            problems.add(roll.at(i, "name"), "姓名为空", "the name is blank", _FIX)
        if number and not sound[i]:
            problems.add(
                roll.at(i, "id_number"), "证件号校验不通过", "the identity number fails its check", _FIX
            )


def _number(roll: Roll, i: int, number: str, problems: Problems) -> str:
    if not number or is_identity_shaped(number):
        return number
    problems.add(
        roll.at(i, "id_number"),
        "证件号不是 18 位，按无号码比对",
        "not an 18-character identity number: matched without it",
        _FIX,
    )
    return ""


def _student(roll: Roll, i: int, student: str, problems: Problems) -> str:
    if student and not is_student_number(student):
        problems.add(
            roll.at(i, "student_number"),
            "学籍号不合 G、J、L 编码",
            "the student number is no G, J or L number",
            _FIX,
        )
        return student if len(student) == _STUDENT_LENGTH else ""
    return student


def _birth(roll: Roll, i: int, text: str, sound_number: str, problems: Problems) -> str:
    own = sound_number[6:14] if sound_number and parse_day(sound_number[6:14]) else ""
    if not text:
        return own
    day = parse_day(text)
    if day is None:
        problems.add(
            roll.at(i, "birth"),
            "出生日期读不懂，按缺失处理",
            "the date of birth cannot be read: taken as missing",
            _FIX,
        )
        return own
    digits = day.isoformat().replace("-", "")
    if own and own != digits:
        problems.add(
            roll.at(i, "birth"),
            "出生日期与证件号不一致",
            "the date of birth differs from the identity number",
            _FIX,
        )
    return digits


def _sex(roll: Roll, i: int, text: str, problems: Problems) -> str:
    if text and text not in _SEX:
        problems.add(roll.at(i, "sex"), "性别应为男、女或 1、2", "sex must be 男, 女, 1 or 2", _FIX)
    return _SEX.get(text, "")


def _tell_doubled(roll: Roll, numbers: Sequence[str], column: str, problems: Problems) -> None:
    """A number that stands twice: told with both rows; such children are matched, but never as certain by it."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, number in enumerate(numbers):
        if number:
            places[number].append(i)
    kind = Text("证件号", "identity number") if column == "id_number" else Text("学籍号", "student number")
    for found in places.values():
        if len(found) > 1:
            rows = "+".join(str(roll.rows[i]) for i in found)
            problems.add(
                f"{roll.where} {roll.letters.get(column, '')} 第 {rows} 行 rows {rows}",
                f"同一{kind.zh}出现多次",
                f"one {kind.en} stands in several rows",
                Text("核对是否一人多籍或录错", "one child registered twice, or a slip?"),
            )


def meant(text: str, words: Mapping[str, Named]) -> str:
    """The key of ``words`` that ``text`` is a spelling of; "" where it is none."""
    key = heading_key(text)
    for name, named in words.items():
        if key and key in {heading_key(word) for word in (name, named.zh, named.en, *named.words)}:
            return name
    return ""
