"""Forms in .ods and .xls: children, faults and places as in .xlsx, nothing taken for blank."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.admissions.forms import PROBLEM, RULE, faults_in, good_row, write_book
from tests.office import needs_office, saved_as, write_ods

from junheng.admissions import (
    make_entrants,
    read_applications,
    read_quota_input,
    read_schools,
    read_zone_table,
    write_application_form,
)
from junheng.basics import UserError

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ROWS = [good_row(number) for number in range(4)] + [
    good_row(4, 监护人="", 志愿1="999"),
    good_row(5, 性别="女", 出生日期="2015年13月1日"),
    good_row(6, 证件号码=110101201501010015, 特长="钢琴"),
    good_row(0),
]


def _as_xlsx(found: object) -> str:
    """All that was read, as text; the names of files and their hashes apart."""
    return re.sub(r"\.(ods|xls)\b", ".xlsx", re.sub(r"\b[0-9a-f]{64}\b", "", repr(found)))


def _grid(rows: list[dict[str, Any]]) -> list[list[Any]]:
    headings = list(dict.fromkeys(key for row in rows for key in row))
    return [headings, *[[row.get(key) for key in headings] for row in rows]]


def test_an_ods_gives_the_same_applications_as_the_xlsx(tmp_path: Path) -> None:
    first = read_applications(write_book(tmp_path / "a.xlsx", ROWS))
    second = read_applications(write_ods(tmp_path / "a.ods", {"申请表": _grid(ROWS)}))
    assert _as_xlsx(second) == _as_xlsx(first)
    assert _as_xlsx(faults_in(second)) == _as_xlsx(faults_in(first))
    places = {fault.cause: str(fault.place) for fault in faults_in(second)}
    assert places["blank_required"] == "a.ods [申请表] F6"
    assert places["digits_lost"] == "a.ods [申请表] C8"


def test_the_entrants_are_the_same(tmp_path: Path) -> None:
    first = write_book(tmp_path / "a.xlsx", ROWS[:4])
    second = write_ods(tmp_path / "a.ods", {"申请表": _grid(ROWS[:4])})
    found = [make_entrants(read_applications(path), RULE, PROBLEM) for path in (first, second)]
    assert found[0] == found[1]
    assert len(found[0]) == 4


def test_a_formula_never_calculated_blocks_at_its_cell(tmp_path: Path) -> None:
    rows = [good_row(0), good_row(1, 志愿2="=A1")]
    found = read_applications(write_ods(tmp_path / "a.ods", {"申请表": _grid(rows)}))
    assert [(f.cause, str(f.place)) for f in found.faults] == [("cell_broken", "a.ods [申请表] P3")]
    with pytest.raises(UserError, match="P3"):
        make_entrants(found, RULE, PROBLEM)


def test_a_child_of_nothing_but_formulas_is_not_lost(tmp_path: Path) -> None:
    grid = [*_grid([good_row(0)]), ["=X1", "=X2", "=X3"]]
    found = read_applications(write_ods(tmp_path / "a.ods", {"申请表": grid}))
    assert found.rows == len(found.children) == 2
    assert {str(f.place) for f in found.faults} == {f"a.ods [申请表] {letter}3" for letter in "ABC"}


def test_a_folder_is_read_whatever_the_format_and_macros_are_not_passed_over(tmp_path: Path) -> None:
    write_book(tmp_path / "a.xlsx", [good_row(0)])
    write_ods(tmp_path / "b.ODS", {"申请表": _grid([good_row(1)])})
    found = read_applications(tmp_path)
    assert found.files == ("a.xlsx", "b.ODS")
    assert found.rows == 2
    (tmp_path / "c.xlsm").write_bytes((tmp_path / "a.xlsx").read_bytes())
    with pytest.raises(UserError, match="宏"):
        read_applications(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏"),
        ("a.ods", b"PK\x03\x04" + bytes(200), "已损坏"),
        ("a.xls", b"<html></html>", "网页"),
        ("a.csv", b"x", r"不是 \.xlsx"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=words):
        read_applications(tmp_path / name)


@needs_office
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_workbooks_saved_by_libreoffice_read_the_same(tmp_path: Path, kind: str) -> None:
    """The shipped examples, notes and validation lists included, and forms with faults."""
    readers = {
        EXAMPLES / "admission" / "applications.xlsx": read_applications,
        EXAMPLES / "admission" / "schools.xlsx": read_schools,
        EXAMPLES / "admission" / "zones.xlsx": read_zone_table,
        EXAMPLES / "quota" / "quota_2027.xlsx": read_quota_input,
        write_book(tmp_path / "forms.xlsx", ROWS): lambda path: faults_in(read_applications(path)),
    }
    saved = saved_as(kind, list(readers), tmp_path / "saved")
    for (book, read), other in zip(readers.items(), saved, strict=True):
        assert _as_xlsx(read(other)) == _as_xlsx(read(book))


@needs_office
def test_the_template_saved_as_ods_is_still_known(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_application_form(path, RULE, PROBLEM, class_per_wish=True, fallbacks=2)
    (saved,) = saved_as("ods", [path], tmp_path / "saved")
    assert read_applications(saved).children == ()
