"""The timetable against what is prescribed: which classes lack which periods, and the teachers that would take."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.basics import Stage, Text, UserError, nearest
from junheng.data import Snapshot
from junheng.data.books import Book, Fault, Place, Record
from junheng.planning.curriculum.prescribed import Prescribed, stage_of

EVERY = ""  # a row without a class number speaks of every class of its grade


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of a school with its number of classes, as reported."""

    school_id: str
    name: str
    grade: int
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """A subject that a class has too few periods of. ``given`` 0: not taught at all."""

    school_id: str
    name: str
    grade: int
    class_no: str
    subject: str
    asked: Fraction
    given: Fraction
    place: Place | None


@dataclass(frozen=True, slots=True)
class Untold:
    """A grade with classes but without a timetable: whether it has its hours cannot be told."""

    school_id: str
    name: str
    grade: int
    classes: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Classes of a stage with all their hours, with too few, and untold; and what each subject lacks."""

    lacks: tuple[Lack, ...]
    untold: tuple[Untold, ...]
    whole: Mapping[Stage, int]
    full: Mapping[Stage, int]
    faults: tuple[Fault, ...]

    def missing(self, prescribed: Prescribed) -> dict[tuple[Stage, str], tuple[Fraction, Fraction | None]]:
        """By stage and subject: periods missing a week, and the teachers they come to (None: no load known)."""
        found: dict[tuple[Stage, str], Fraction] = defaultdict(Fraction)
        for lack in self.lacks:
            found[stage_of(lack.grade), lack.subject] += lack.asked - lack.given
        loads = prescribed.loads
        return {
            key: (periods, periods / loads[key] if key in loads else None) for key, periods in found.items()
        }


def grades_of(snapshot: Snapshot, year: int, county: str) -> list[Grade]:
    """The grades of the county's schools in ``year`` by its class table, in order of school and grade."""
    names = {
        row["school_id"]: row["name"] or row["school_id"]
        for row in _rows(snapshot, "school", year)
        if row["county_code"] == county
    }
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in _rows(snapshot, "class", year):
        if row["school_id"] in names and row["stage"] in ("primary", "junior") and row["grade"] is not None:
            found[row["school_id"], row["grade"]].append(str(row["class_no"] or ""))
    return [Grade(key, names[key], grade, tuple(numbers)) for (key, grade), numbers in sorted(found.items())]


def _rows(snapshot: Snapshot, table: str, year: int) -> list[dict[str, Any]]:
    found = snapshot.tables.get(table)
    return [] if found is None else [row for row in found.to_pylist() if row["year"] == year]


def check_timetable(book: Book, grades: Sequence[Grade], prescribed: Prescribed) -> Coverage:
    """Every class of ``grades`` against ``prescribed``; a row for one class goes before one for its whole grade."""
    faults: list[Fault] = []
    table = _table(book, {(one.school_id, one.grade): one for one in grades}, prescribed, faults)
    lacks: list[Lack] = []
    untold: list[Untold] = []
    whole: dict[Stage, int] = defaultdict(int)
    full: dict[Stage, int] = defaultdict(int)
    for grade in grades:
        stage = stage_of(grade.grade)
        whole[stage] += len(grade.classes)
        given = table.get((grade.school_id, grade.grade))
        if given is None:
            untold.append(Untold(grade.school_id, grade.name, grade.grade, len(grade.classes)))
            continue
        for number in grade.classes:
            found = list(_lacks(grade, number, given, prescribed))
            lacks += found
            full[stage] += not found
    return Coverage(tuple(lacks), tuple(untold), dict(whole), dict(full), (*book.faults, *faults))


Given = Mapping[tuple[str, str], tuple[Fraction, Place]]  # (class number or EVERY, subject) → periods


def _lacks(grade: Grade, number: str, given: Given, prescribed: Prescribed) -> Iterator[Lack]:
    for subject in prescribed.subjects.values():
        asked = subject.periods.get(grade.grade)
        if asked is None:
            continue
        told = given.get((number, subject.id)) or given.get((EVERY, subject.id))
        periods, place = told or (Fraction(0), None)
        if periods < asked:
            yield Lack(grade.school_id, grade.name, grade.grade, number, subject.id, asked, periods, place)


def _table(
    book: Book, grades: Mapping[tuple[str, int], Grade], prescribed: Prescribed, faults: list[Fault]
) -> dict[tuple[str, int], dict[tuple[str, str], tuple[Fraction, Place]]]:
    found: dict[tuple[str, int], dict[tuple[str, str], tuple[Fraction, Place]]] = defaultdict(dict)
    for row in book.rows("period"):
        read = _read(row, grades, prescribed, faults)
        if read is None:
            continue
        key, entry, periods = read
        if entry in found[key]:
            faults.append(_doubled(row, found[key][entry][1]))
        else:
            found[key][entry] = (periods, row.place)
    return found


def _read(
    row: Record, grades: Mapping[tuple[str, int], Grade], prescribed: Prescribed, faults: list[Fault]
) -> tuple[tuple[str, int], tuple[str, str], Fraction] | None:
    if not all(row.cell(name) for name in ("school_id", "grade", "subject", "periods")):
        return None  # told by the reader: these columns are required
    try:
        grade = int(row.cell("grade"))
        stage_of(grade)
    except (ValueError, UserError):
        faults.append(_fault(row, "grade", Text("年级应为1到9", "the grade should be 1 to 9")))
        return None
    key, number = (row.cell("school_id"), grade), row.cell("class_no")
    if key not in grades or (number and number not in grades[key].classes):
        words = Text("班级表里没有这个班或年级", "the class table has no such class or grade")
        faults.append(_fault(row, "class_no" if key in grades else "school_id", words))
        return None
    subject = prescribed.subject(row.cell("subject"))
    if subject is None:
        faults.append(_fault(row, "subject", _unknown(row.cell("subject"), prescribed)))
        return None
    periods = Fraction(row.cell("periods"))
    if periods < 0:
        faults.append(_fault(row, "periods", Text("周课时不能小于0", "periods cannot be below 0")))
        return None
    return key, (number, subject.id), periods


def _unknown(word: str, prescribed: Prescribed) -> Text:
    near = nearest(word, [one.name.zh for one in prescribed.subjects.values()]) or "—"
    return Text(f"课程设置里没有“{word}”，最接近的是 {near}", f"no subject “{word}”; the nearest is {near}")


def _fault(row: Record, column: str, what: Text) -> Fault:
    return Fault(f"period.{column}", row.at(column), what, Text("请核对课程表", "check the timetable"))


def _doubled(row: Record, first: Place) -> Fault:
    what = Text(f"同一班同一学科出现两次（另一处 {first}）", f"a subject of a class twice (also {first})")
    return Fault("period.doubled", row.place, what, Text("每班每科一行；后一行没有读入", "one row each"))
