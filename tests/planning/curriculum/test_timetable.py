"""The timetable against the prescribed hours: each side of a line, classes of their own, what cannot be told."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

from junheng.basics import UserError
from junheng.data import Snapshot
from junheng.data.books import read_book
from junheng.planning.curriculum import Coverage, check_timetable, grades_of, prescribed, timetable_forms
from junheng.reports import timetable_book
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column

FULL_THIRD = {
    "语文": 7, "数学": 4, "英语": 2, "科学": 2, "道德与法治": 3, "音乐": 2, "美术": 2, "体育": 3,
}  # fmt: skip
Rows = Sequence[Sequence[str]]


def told(tmp_path: Path, rows: Rows, *, grade: int = 3, curriculum: Path | None = None) -> Coverage:
    school = [{"year": 2024, "school_id": "S1", "name": "甲校", "county_code": "9"}]
    classes = [
        {"year": 2024, "school_id": "S1", "stage": "primary", "grade": grade, "class_no": number}
        for number in "12"
    ]
    tables = {"school": pa.Table.from_pylist(school), "class": pa.Table.from_pylist(classes)}
    forms = timetable_forms()
    heads = [Column(heading.title.zh, 12) for heading in forms["period"].headings.values()]
    (tmp_path / "b.xlsx").write_bytes(plain_book([Sheet("课程表", heads, rows)], "x"))
    book = read_book(tmp_path / "b.xlsx", forms)
    return check_timetable(book, grades_of(Snapshot(tables, (), (), ()), 2024, "9"), prescribed(curriculum))


def third(changes: dict[str, float] | None = None, number: str = "") -> list[Sequence[str]]:
    periods = {**FULL_THIRD, **(changes or {})}
    return [("S1", "3", number, subject, f"{count:g}") for subject, count in periods.items()]


def test_full_hours_in_every_class(tmp_path: Path) -> None:
    found = told(tmp_path, third())
    assert (found.whole, found.full, found.lacks, found.faults) == ({"primary": 2}, {"primary": 2}, (), ())


@pytest.mark.parametrize(("music", "full"), [(2, 2), (1.5, 0), (3, 2)])
def test_each_side_of_the_hours(tmp_path: Path, music: float, full: int) -> None:
    assert told(tmp_path, third({"音乐": music})).full["primary"] == full


def test_a_class_of_its_own_goes_before_its_grade(tmp_path: Path) -> None:
    found = told(tmp_path, [*third(), ("S1", "3", "2", "音乐", "1")])
    (lack,) = found.lacks
    assert (lack.class_no, lack.subject, lack.asked, lack.given) == ("2", "music", 2, 1)
    assert str(lack.place).endswith("第 10 行 row 10")


def test_a_subject_that_is_not_taught(tmp_path: Path) -> None:
    found = told(tmp_path, third()[:-1])
    assert [(one.subject, one.given, one.place) for one in found.lacks] == [("pe", 0, None)] * 2
    asked = prescribed()
    periods, teachers = found.missing(asked)["primary", "pe"]
    assert (periods, teachers) == (6, Fraction(6, 15))
    assert len(timetable_book(found, asked, "x")) > 4000


def test_a_grade_without_a_timetable_cannot_be_told(tmp_path: Path) -> None:
    found = told(tmp_path, third(), grade=4)
    assert (found.full.get("primary", 0), found.lacks, len(found.untold)) == (0, (), 1)
    assert {fault.cause for fault in found.faults} == {"period.school_id"}


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (("S1", "3", "", "音月", "2"), "period.subject"),
        (("S1", "3", "9", "音乐", "2"), "period.class_no"),
        (("S1", "10", "", "音乐", "2"), "period.grade"),
        (("S1", "3", "", "音乐", "-1"), "period.periods"),
        (("S1", "3", "", "音乐", "2"), "period.doubled"),
        (("S1", "3", "", "音乐", "两节"), "period.periods.misfit"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, row: Sequence[str], cause: str) -> None:
    found = told(tmp_path, [*third(), row])
    assert [fault.cause for fault in found.faults] == [cause]
    assert found.full["primary"] == 2


def test_a_province_s_own_curriculum(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "id: own\nsource: {document: 本省课程设置, certainty: local}\n"
        "subjects:\n  music: {zh: 音乐, en: music}\nperiods:\n  music: {3: 3}\n",
        encoding="utf-8",
    )
    found = told(tmp_path, third(), curriculum=own)
    assert {(one.subject, one.asked) for one in found.lacks} == {("music", 3)}


def test_a_sheet_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="课程表"):
        read_book(tmp_path / "b.csv", timetable_forms())
