"""The workbook of an admission trial: marked on every sheet, complete, and text stays text."""

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.admissions.random_markets import SEED_OF_DRAWS, random_market

from junheng.admissions import assign, audit, compare_mechanisms, market_from, order_of, outcome_of
from junheng.reports.admissions import TrialFacts, ZoneFacts, figures, write_admission_book, write_chance_book


def _facts(seed: int, **changes: Any) -> TrialFacts:
    problem, rows = random_market(seed, units="overflow", tickets="single", key=["band", "class", "ticket"])
    market = market_from(problem, rows)
    order = order_of(market, "sha256", SEED_OF_DRAWS)
    found = assign(market, order.ranks)
    outcome = outcome_of(order)
    places = dict(zip(market.pids, (order.ranks.single[market.row_unit] + 1).tolist(), strict=True))
    content: dict[str, Any] = {
        "title": "测试招生",
        "lines": [("性质", "试算"), ("规则", "甲")],
        "problem": market.problem.as_json(),
        "result": outcome.public,
        "leaves": outcome.leaves,
        "names": {row["pid"]: {"name": f"=孩子{i}", "id_number": f"P{i}"} for i, row in enumerate(rows)},
        "wishes": {row["pid"]: row["choices"] for row in rows},
        "numbers": {row["pid"]: f"{i:04d}" for i, row in enumerate(rows)},
        "places": places,
        "audit": audit(market, order.ranks, found),
        "comparison": compare_mechanisms(market, order.ranks, {"wide": {"band_width": 9}}),
    }
    return TrialFacts(**(content | changes))


@pytest.mark.parametrize("seed", [3, 7, 11])
def test_every_child_stands_once_and_schools_add_up(tmp_path: Path, seed: int) -> None:
    facts, path = _facts(seed), tmp_path / "book.xlsx"
    write_admission_book(path, facts)
    book = openpyxl.load_workbook(path)
    admitted = [row for row in book["录取名单"].iter_rows(min_row=2, values_only=True) if row[4]]
    unplaced = [row for row in book["未录取"].iter_rows(min_row=2, values_only=True) if row[2]]
    numbers = [row[4] for row in admitted] + [row[2] for row in unplaced]
    assert sorted(numbers) == sorted(who["id_number"] for who in facts.names.values())
    for school in facts.result["schools"]:
        assert sum(row[1] == school["id"] for row in admitted) == school["taken"]
        own = [row[2] for row in admitted if row[1] == school["id"]]
        assert own == list(range(1, len(own) + 1))


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_admission_book(path, _facts(7))
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_every_printed_page_says_that_it_is_a_trial(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_admission_book(path, _facts(7))
    for sheet in openpyxl.load_workbook(path).worksheets:
        assert "试算——不是正式结果" in sheet.oddHeader.left.text
        assert sheet.sheet_properties.tabColor.rgb == "FFB00000"
        assert sheet.page_setup.fitToHeight == 0


def test_the_comparison_shows_all_figures_beside_the_rules_name(tmp_path: Path) -> None:
    facts, path = _facts(11), tmp_path / "book.xlsx"
    write_admission_book(path, facts)
    rows = list(openpyxl.load_workbook(path)["规则比较"].iter_rows(min_row=2, max_row=3, values_only=True))
    assert facts.comparison is not None
    assert [row[0] for row in rows] == ["本规则", "wide"]
    for row, found in zip(rows, facts.comparison.audits.values(), strict=True):
        assert found.mechanism.zh in row[1]
        assert list(row[2:]) == figures(found)


def test_the_rate_is_cut_off_and_never_rounded_up() -> None:
    class Found:
        by_choice = (99_999,)
        leftover = unplaced = envious = outranked = wasted_seats = over_plan = proposals = 0

        @property
        def first_choice_rate(self) -> Any:
            from fractions import Fraction

            return Fraction(99_999, 100_000)

    assert figures(Found())[1] == 99.99  # type: ignore[arg-type]  # only these fields are read


def test_zones_and_eligibility_have_their_sheets_only_when_asked(tmp_path: Path) -> None:
    facts = _facts(7)
    pid, school = next((leaf["pid"], leaf["school"]) for leaf in facts.leaves if leaf["school"])
    zones = ZoneFacts(
        [(pid, "P1", school, "片区内", "依据")], [(school, 3, 1, 1, 1, 100 / 3, 200 / 3)], ["说明"],
        [(pid, school, "符合", "甲", "乙", "依据")],
    )  # fmt: skip
    write_admission_book(tmp_path / "a.xlsx", facts)
    write_admission_book(tmp_path / "b.xlsx", _facts(7, zones=zones))
    added = {"片区核对", "就近入学比例", "入学资格"}
    assert not added & set(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert added <= set(book.sheetnames)
    assert [cell.value for cell in book["就近入学比例"][2]][2:6] == [3, 1, 1, 1]


def test_an_unwritable_place_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=re.escape("No such file")):
        write_admission_book(tmp_path / "absent" / "book.xlsx", _facts(7))
    with pytest.raises(OSError, match=re.escape("No such file")):
        write_chance_book(tmp_path / "absent" / "c.xlsx", "机会", ["甲"], [10], [["1"]], [])
