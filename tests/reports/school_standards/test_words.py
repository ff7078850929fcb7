"""Printed figures keep to their side of the line, lines read as written, and names are Chinese."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.judgement.school_standards.made import row, standard

from junheng.judgement import Verdict
from junheng.judgement.school_standards import RowResult, SchoolRate
from junheng.reports.school_standards import line_words, quotient_words, rate_words
from junheng.reports.school_standards.words import asked, fact_name, gap, present


@settings(max_examples=examples(100), deadline=None)
@given(
    value=st.fractions(0, 9, max_denominator=500),
    line=st.fractions(0, 9, max_denominator=500),
    side=st.sampled_from(["at_least", "at_most"]),
)
def test_a_printed_value_stands_to_the_printed_line_as_the_true_ones_do(
    value: Fraction, line: Fraction, side: str
) -> None:
    short = value < line if side == "at_least" else value > line
    verdict = Verdict.NOT_MET if short else Verdict.MET
    result = RowResult("a", verdict, side, line, value, Fraction(1))
    shown, drawn = Fraction(present(result)), Fraction(asked(result)[1:])
    assert (shown < drawn if side == "at_least" else shown > drawn) is short


@pytest.mark.parametrize(
    ("met", "unknown", "whole", "words"),
    [
        (128, 0, 148, "86.4"),
        (865, 0, 1000, "86.5"),
        (80, 3, 91, "87.9–91.2"),
        (0, 0, 0, "—"),
        (3, 0, 3, "100"),
    ],
)
def test_a_rate_is_cut_off_and_an_interval_where_some_are_open(
    met: int, unknown: int, whole: int, words: str
) -> None:
    assert rate_words(SchoolRate("all", "all", "", met, unknown, whole)) == words


def test_lines_and_quotients_read_as_they_are_written(tmp_path: Path) -> None:
    table = "{by: classes, sizes: {12: 6.6, 18: 5.8}, between: interpolate}"
    rules = standard(tmp_path, row(f"[{{at_most: 5}}, {{at_least: {table}}}]", bottom="pupils / 100"))
    first, second = rules.rows[0].lines
    assert line_words(first) == "≤5"
    assert line_words(second) == "≥{classes → 12：6.6、18：5.8}，两档之间按直线内插，档外不判"
    assert quotient_words(rules.rows[0]) == "books ÷ (pupils / 100)"


def test_names_of_facts_are_the_headings(tmp_path: Path) -> None:
    rules = standard(tmp_path, row("[{at_most: 5}]"))
    names = ("pupils", "primary_pupils", "rooms_music", "bath_m2", "books")
    assert [fact_name(name, rules) for name in names] == [
        "在校生数",
        "小学在校生数",
        "音乐教室间数",
        "浴室",
        "图书册数",
    ]


def test_a_gap_says_which_way(tmp_path: Path) -> None:
    rules = standard(tmp_path, row("[{at_most: 5}]"))
    told = [
        gap(RowResult("a", Verdict.NOT_MET, side, lacks=Fraction(1, 300)), rules.rows[0]).zh
        for side in ("at_least", "at_most")
    ]
    assert told == ["差0.01册", "超出0.01册"]
