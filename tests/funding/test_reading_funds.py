"""Reading a return with payments: years, units, and what is wrong is named with its cell."""

from pathlib import Path
from typing import Any

import pytest
from tests.funding.books import PAYMENT, SCHOOL, write_book, write_return

from junheng.basics import UserError
from junheng.funding import read_funds, work_out

Json = dict[str, Any]


def _with(folder: Path, *rows: tuple[object, ...], heads: tuple[str, ...] = PAYMENT) -> Json:
    book = write_return(folder / "book.xlsx")
    payments = write_book(folder / "pay.xlsx", {"拨付": [heads, *rows]})
    return work_out(read_funds(book, year=2024, payments=payments))


def _causes(outcome: Json) -> dict[str, list[str]]:
    return {one["cause"]: one["at"] for one in outcome["problems"]}


def test_the_pupils_of_the_year_before_count_unless_said_otherwise(tmp_path: Path) -> None:
    book = write_return(tmp_path / "book.xlsx", years=(2024,))
    with pytest.raises(UserError, match="2023"):
        read_funds(book, year=2024)
    problem = read_funds(book, year=2024, pupils_year=2024)
    school = work_out(problem)["schools"][0]
    assert school["total_yuan"] == "144000"
    assert school["addends"][0]["at"] == "book.xlsx [学段] 第 3 行 row 3"
    assert school["budget_against_rule_yuan"] == "0"
    assert school["training"]["verdict"] == "met"


def test_sums_in_ten_thousands_are_read_exactly(tmp_path: Path) -> None:
    heads = tuple("金额（万元）" if head.startswith("金额") else head for head in PAYMENT)
    found = _with(
        tmp_path,
        (2024, SCHOOL, "应拨", 14.4, "2024-03-31", "1"),
        (2024, SCHOOL, "到账", "7.2001", "2024年4月2日", "2"),
        heads=heads,
    )
    school = found["schools"][0]
    assert (school["due_yuan"], school["received_yuan"], school["arrears_yuan"]) == (
        "144000",
        "72001",
        "71999",
    )
    assert school["days_late"] == 275


def test_what_is_wrong_is_named_located_and_never_mended(tmp_path: Path) -> None:
    found = _with(
        tmp_path,
        (2024, SCHOOL, "应拨", 100, "2024-03-31", "1"),
        (2024, SCHOOL, "应拨", 100, "2024-09-30", "1"),
        (2024, SCHOOL, "到账", 150, "2024-04-01", "2"),
        (2024, "2199990999", "到账", 5, "2024-04-01", "3"),
        (2023, SCHOOL, "到账", 999, "2023-04-01", "4"),
    )
    assert _causes(found) == {
        "received_early": ["pay.xlsx [拨付] D4"],
        "unknown_school": ["pay.xlsx [拨付] B5"],
    }
    assert found["schools"][0]["received_yuan"] == "150"


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ((2024, SCHOOL, "到账", -5, "2024-04-01", "1"), "negative_sum"),
        ((2024, SCHOOL, "到账", "五千", "2024-04-01", "1"), "not_a_sum"),
        (("今年", SCHOOL, "到账", 5, "2024-04-01", "1"), "not_a_year"),
        ((2024, SCHOOL, "到账", None, "2024-04-01", "1"), "blank_yuan"),
        ((2024, SCHOOL, "应拨", 5, "2024-02-30", "1"), "not_a_day"),
        ((2024, SCHOOL, "给", 5, "2024-04-01", "1"), "not_one_of_due_received_advance"),
    ],
)
def test_a_faulty_row_leaves_the_school_open(tmp_path: Path, row: tuple[object, ...], cause: str) -> None:
    found = _with(tmp_path, (2024, SCHOOL, "到账", 7, "2024-04-01", "0"), row)
    assert list(_causes(found)) == [cause]
    assert _causes(found)[cause][0].startswith("pay.xlsx [拨付] ")
    assert found["schools"][0]["received_yuan"] is None


def test_a_sum_entered_twice_is_asked_about(tmp_path: Path) -> None:
    row = (2024, SCHOOL, "到账", 7, "2024-04-01", "1")
    found = _with(tmp_path, row, row)
    assert _causes(found)["doubled_payment"] == [
        "pay.xlsx [拨付] 第 3 行 row 3（同 pay.xlsx [拨付] 第 2 行 row 2）"
    ]
    assert found["schools"][0]["received_yuan"] == "14"  # asked about, not taken out


def test_a_school_without_pupils_is_a_problem(tmp_path: Path) -> None:
    found = work_out(read_funds(write_return(tmp_path / "book.xlsx", pupils=0), year=2024))
    assert "no_pupils" in _causes(found)
    assert found["schools"][0]["total_yuan"] is None


def test_a_sheet_without_its_headings_and_a_region_without_schools_are_refused(tmp_path: Path) -> None:
    heads = tuple("钱" if head.startswith("金额") else head for head in PAYMENT)
    with pytest.raises(UserError, match="金额"):
        _with(tmp_path, (2024, SCHOOL, "到账", 7, "2024-04-01", "1"), heads=heads)
    with pytest.raises(UserError, match="999903"):
        read_funds(tmp_path / "book.xlsx", year=2024, region="11")


def test_what_the_return_says_was_received_is_taken_where_nothing_is_recorded(tmp_path: Path) -> None:
    book = write_return(tmp_path / "book.xlsx", received=140000.5)
    school = work_out(read_funds(book, year=2024))["schools"][0]
    assert (school["received_yuan"], school["against_rule_yuan"], school["arrears_yuan"]) == (
        "140000.5",
        "-3999.5",
        None,
    )
    rows = [PAYMENT, (2024, SCHOOL, "到账", 140000, "2024-04-01", "1")]
    payments = write_book(tmp_path / "pay.xlsx", {"拨付": rows})
    outcome = work_out(read_funds(book, year=2024, payments=payments))
    assert outcome["schools"][0]["received_yuan"] == "140000"
    assert _causes(outcome) == {"received_differs": ["book.xlsx [经费] 第 3 行 row 3"]}
