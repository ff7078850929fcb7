"""Books that cannot be used, and cells in doubt: named, in their place, without a child's name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.enrolment.made import number, small_book, write_book

from junheng.basics import UserError
from junheng.enrolment import load_rules, run_match
from junheng.enrolment.people import people_of

ON = date(2026, 10, 1)
Sheets = dict[str, list[list[object]]]


def _without(sheet: str) -> Callable[[Sheets], None]:
    def change(book: Sheets) -> None:
        del book[sheet]

    return change


def _half_the_columns(book: Sheets) -> None:
    book["学籍"] = [row[:2] for row in book["学籍"]]


def _misnamed(book: Sheets) -> None:
    book["学藉"] = book.pop("学籍")


def _doubled_heading(book: Sheets) -> None:
    book["学籍"] = [[*row, row[0]] for row in book["学籍"]]


def _two_sheets(book: Sheets) -> None:
    book["学籍名册"] = book["学籍"]


@pytest.mark.parametrize(
    ("change", "words", "place"),
    [
        (_without("学籍"), "缺少工作表“学籍”", "book.xlsx"),
        (_misnamed, "缺少工作表“学籍”（现有：户籍、在校、帮扶、情况说明、学藉）", "book.xlsx"),
        (_half_the_columns, "缺少列 出生日期、学校标识码", "[学籍] 第 1 行"),
        (_doubled_heading, "两列都是“姓名”", "[学籍] J1"),
        (_two_sheets, "“学籍”有两张", "[学籍名册]"),
    ],
)
def test_a_book_that_cannot_be_used_is_refused_in_words(
    tmp_path: Path, change: Callable[[Sheets], None], words: str, place: str
) -> None:
    book = small_book()
    change(book)
    with pytest.raises(UserError) as refused:
        run_match(write_book(tmp_path / "book.xlsx", book), ON)
    assert words in refused.value.what.zh
    assert place in refused.value.where
    assert refused.value.fix is not None


@pytest.mark.parametrize(
    ("column", "cell", "words", "letter"),
    [
        (1, "9999022015", "not an 18-character", "B"),
        (1, number("20150310")[:17] + "0", "fails its check", "B"),
        (1, 999902201503100012, "lost its last digits", "B"),
        (2, "中", "sex must be", "C"),
        (3, "20150230", "cannot be read", "D"),
        (3, "二〇一五年", "cannot be read", "D"),
        (3, "20150311", "differs from the identity number", "D"),
        (0, "", "name is blank", "A"),
    ],
)
def test_a_cell_in_doubt_is_told_by_its_place(
    tmp_path: Path, column: int, cell: object, words: str, letter: str
) -> None:
    book = small_book()
    book["户籍"][1][column] = cell
    outcome = run_match(write_book(tmp_path / "book.xlsx", book), ON)
    told = {p.what.en: p.places for p in outcome.book.problems.listed()}
    assert any(words in en and f"book.xlsx [户籍] {letter}2" in places for en, places in told.items())
    assert not any("张梓涵" in str(problem.json()) for problem in outcome.book.problems.listed())


def test_a_doubled_number_is_told_with_both_rows_and_decides_nothing(tmp_path: Path) -> None:
    book = small_book()
    book["学籍"].append([*book["学籍"][1]])
    outcome = run_match(write_book(tmp_path / "book.xlsx", book), ON)
    doubled = [p for p in outcome.book.problems.listed() if "stands in several rows" in p.what.en]
    assert "第 2+5 行" in doubled[0].where()
    assert {e["name"]: e["status"] for e in outcome.entries if e["table"] == "household"}[
        "张梓涵"
    ] == "to_check"


def test_title_lines_remarks_and_csv_folders(tmp_path: Path) -> None:
    book = small_book()
    folder = tmp_path / "lists"
    folder.mkdir()
    for title, rows in book.items():
        lines = [",".join(map(str, row)) for row in ([["某县名单"], *rows] if title == "学籍" else rows)]
        (folder / f"{title}.csv").write_text("\n".join([*lines, "#remark"]) + "\n", "utf-8-sig")
    from_csv = run_match(folder, ON)
    from_book = run_match(write_book(tmp_path / "book.xlsx", book), ON)
    assert from_csv.tables == from_book.tables


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("match: {certain: 30}", "match.check"),
        ("match: {parts: {school: {levels: {same: {points: 40}}}}}", "漏掉"),
        ("match: {certian: 70}", "match.certian"),
        ("match: {certain: 70}\nmatch: {check: 1}", "YAML"),
        ("in_force_from: 2027-01-01", "2027-01-01"),
        ("clocks: {levels: {school: {months: [13]}}}", "1–12"),
        ("school_age: {on_month_day: '02-30'}", "不是日期"),
        ("- 1", "键: 值"),
    ],
)
def test_rules_in_doubt_are_refused(tmp_path: Path, text: str, words: str) -> None:
    overlay = tmp_path / "own.yaml"
    overlay.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        load_rules(ON, overlay)
    assert words in refused.value.what.zh
    assert "own.yaml" in refused.value.where


def test_a_region_changes_one_value_and_nothing_else(tmp_path: Path) -> None:
    overlay = tmp_path / "own.yaml"
    overlay.write_text("school_age: {from_years: 7}\n", "utf-8")
    changed, found = load_rules(ON, overlay)
    own = load_rules(ON)[0]
    assert changed.school_age.from_years == 7
    assert changed.match == own.match
    assert [file["file"] for file in found["files"]] == ["rules.yaml", "own.yaml"]


def test_a_birth_left_blank_is_read_from_a_sound_number(tmp_path: Path) -> None:
    book = small_book()
    book["户籍"][3][3] = ""
    outcome = run_match(write_book(tmp_path / "book.xlsx", book), ON)
    assert people_of(outcome.book.rolls["household"], outcome.book.problems).births[2] == "20140102"
