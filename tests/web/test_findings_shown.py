"""Numbers on the pages: the report's digits, never on the wrong side of a line, no powers of ten."""

import pytest

from junheng.basics import Text
from junheng.reports import plain
from junheng.reports.workbook import Column, Sheet
from junheng.web.findings.heat import HeatCell
from junheng.web.findings.models import Finding
from junheng.web.findings.sending import csv_of
from junheng.web.findings.shown import amount_text, value_text
from junheng.web.findings.templatetags.findings_links import against, cvs_over, percent
from junheng.web.monitoring.templatetags.monitoring import figure
from junheng.web.whatif.outcome import Side
from junheng.web.whatif.templatetags.verdicts import lacks, side


def _cell(value: float | None, lacking: float | None = None) -> HeatCell:
    return HeatCell("R2", "floor", "floor", value, 1.0, 0.85, lacking, Text("元", "yuan"), None)


def test_a_missed_line_never_reads_as_reached() -> None:
    assert _cell(0.8475).number == "0.848"  # two decimals would read 0.85, the floor itself
    assert _cell(0.9999).shown.startswith("0.9999")
    assert _cell(0.9).number == "0.90"
    assert against(0.50004, 0.5, 4) == "0.50004"
    assert against(None, 0.5, 4) == "—"


@pytest.mark.parametrize("value", [0.8475, 3.661202186, 1.0, 2.675, 0.0])
def test_pages_and_report_print_the_same_digits(value: float) -> None:
    assert value_text(value, 2, 1.0, 0.85) == plain(value, 2, line=1.0, floor=0.85)


def test_millions_are_written_out() -> None:
    assert "1,170,750 元" in _cell(0.5, 1170750.0).lacking
    assert lacks(Side(0.5, "not_met", 1170750.4, Text("元", "yuan"))) == "1,170,750.4 元"
    assert figure(1170750.0) == "1,170,750"
    assert amount_text(0.04) == "0.04"  # never a gap of 0.0
    assert amount_text(None) == "—"


def test_shares_are_cut_as_the_report_cuts_them() -> None:
    assert [percent(46 / 66), percent(24 / 30), percent(35 / 66), percent(0.0), percent(1.0)] == [
        "69.6%", "80%", "53%", "0%", "100%",
    ]  # fmt: skip
    assert percent(None) == "—"


def test_a_what_if_shows_on_which_side_of_the_limit_a_coefficient_lies() -> None:
    assert "0.50004 ✗" in side(Side(0.50004, "not_met"), "cv", "0.5")
    assert "0.5005 ✗" in side(Side(0.500466, "not_met"), "cv", "")


def test_counts_in_csv_are_whole_numbers() -> None:
    sheet = Sheet("甲", (Column("学生", 9), Column("值", 9), Column("缺", 9)), [(1830.0, 3.5, None)])
    assert csv_of(sheet).decode("utf-8-sig").splitlines()[1] == "1830,3.5,"


def test_no_coefficient_told_is_not_none_over_the_limit() -> None:
    assert cvs_over(Finding(over_limit=0, limited=14, worst=None)) == "—"
    assert cvs_over(Finding(over_limit=0, limited=14, worst=0.9)) == "0/14"
