"""Each side of every line: fixed, by expression, by the number of classes, between and outside its sizes."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.judgement.school_standards.made import judged, row, school, snapshot, standard

from junheng.judgement import Verdict
from junheng.judgement.school_standards import RowResult, read_rows
from junheng.judgement.school_standards.compiled import ReadTable
from junheng.judgement.school_standards.judge import NO_LINE, NO_QUOTIENT, at_size
from junheng.standards.school_standards import school_standard

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL
TABLE = "{by: classes, sizes: {12: 6.6, 18: 5.8, 24: 5.4, 30: 5.2}, between: BETWEEN, outside: OUTSIDE}"


def one(folder: Path, text: str, held: dict[str, Any]) -> RowResult:
    """The only row in the only school."""
    return judged(standard(folder, text), snapshot(held)).schools[0].rows[0]


def with_classes(classes: int | None, books: float | None, pupils: int | None = 100) -> dict[str, Any]:
    stage = {"stage": "primary", "pupils": pupils, "classes": classes}
    return school(stages=(stage,), premises={"books": books})


@pytest.mark.parametrize(
    ("books", "verdict", "lacks"), [(1499, NOT_MET, 1), (1500, MET, 0), (1501, MET, 0), (0, NOT_MET, 1500)]
)
def test_each_side_of_a_fixed_line(tmp_path: Path, books: int, verdict: Verdict, lacks: int) -> None:
    found = one(tmp_path, row("[{at_least: 15}]"), with_classes(3, books))
    assert (found.verdict, found.lacks) == (verdict, lacks)


@pytest.mark.parametrize(("books", "verdict", "lacks"), [(1500, MET, 0), (1501, NOT_MET, 1)])
def test_each_side_of_a_greatest(tmp_path: Path, books: int, verdict: Verdict, lacks: int) -> None:
    found = one(tmp_path, row("[{at_most: 15}]"), with_classes(3, books))
    assert (found.verdict, found.lacks, found.side) == (verdict, lacks, "at_most")


def test_a_gap_of_whole_things_is_rounded_up_and_of_others_is_exact(tmp_path: Path) -> None:
    lacks = [
        one(tmp_path, row("[{at_least: 1.005}]", whole=whole), with_classes(3, 100)).lacks
        for whole in (True, False)
    ]
    assert lacks == [1, Fraction(1, 2)]


def test_nothing_is_rounded_before_it_is_compared(tmp_path: Path) -> None:
    found = one(tmp_path, row("[{at_least: 15}]"), with_classes(3, 1499.999999))
    assert found.verdict is NOT_MET


@pytest.mark.parametrize(
    ("classes", "between", "outside", "line"),
    [
        (12, "lower_size", "none", "6.6"), (17, "lower_size", "none", "6.6"), (18, "lower_size", "none", "5.8"),
        (23, "lower_size", "none", "5.8"), (24, "lower_size", "none", "5.4"), (30, "lower_size", "none", "5.2"),
        (11, "lower_size", "none", None), (31, "lower_size", "none", None),
        (11, "lower_size", "nearest", "6.6"), (31, "lower_size", "nearest", "5.2"),
        (12, "interpolate", "none", "6.6"), (15, "interpolate", "none", "6.2"), (18, "interpolate", "none", "5.8"),
        (21, "interpolate", "none", "5.6"), (29, "interpolate", "none", "157/30"), (30, "interpolate", "none", "5.2"),
        (31, "interpolate", "none", None), (31, "interpolate", "nearest", "5.2"),
    ],
)  # fmt: skip
def test_the_line_by_the_number_of_classes(
    tmp_path: Path, classes: int, between: str, outside: str, line: str | None
) -> None:
    table = TABLE.replace("BETWEEN", between).replace("OUTSIDE", outside)
    expected = None if line is None else Fraction(line)
    for books, verdict in ((expected or 1) * 100, MET), ((expected or 1) * 100 - Fraction(1, 1000), NOT_MET):
        whole = (
            float(books)
            if (books * 1000).denominator == 1
            else float(books) + (0.001 if verdict is MET else 0)
        )
        found = one(tmp_path, row(f"[{{at_least: {table}}}]"), with_classes(classes, whole))
        assert found.line == expected
        assert found.verdict is (OPEN if expected is None else verdict)
        assert found.reason == (NO_LINE if expected is None else None)


def test_own_default_is_the_lower_size_and_no_line_outside(tmp_path: Path) -> None:
    text = row("[{at_least: {by: classes, sizes: {12: 6.6, 18: 5.8}}}]")
    lines = [one(tmp_path, text, with_classes(classes, 660)).line for classes in (11, 12, 17, 18, 19)]
    assert lines == [None, Fraction("6.6"), Fraction("6.6"), Fraction("5.8"), None]


@settings(max_examples=examples(60), deadline=None)
@given(
    sizes=st.dictionaries(st.integers(1, 60), st.integers(0, 200), min_size=1, max_size=5),
    size=st.fractions(0, 70, max_denominator=6),
    between=st.sampled_from(["lower_size", "interpolate"]),
)
def test_a_table_against_a_plain_reference(sizes: dict[int, int], size: Fraction, between: str) -> None:
    points = sorted((at, Fraction(line)) for at, line in sizes.items())
    table = ReadTable(None, tuple(points), between, "none")  # type: ignore[arg-type] # its size is given here
    found = at_size(table, size)
    if not points[0][0] <= size <= points[-1][0]:
        assert found is None
    elif size in sizes:
        assert found == sizes[int(size)]
    else:
        index = next(number for number, (at, _) in enumerate(points) if at > size)
        (low, first), (high, second) = points[index - 1], points[index]
        share = (size - low) / (high - low)
        assert found == (first if between == "lower_size" else first * (1 - share) + second * share)


@pytest.mark.parametrize(
    ("stages", "books", "verdict"),
    [
        ([("primary", 60), ("junior", 40)], 60 * 15 + 40 * 25, MET),
        ([("primary", 60), ("junior", 40)], 60 * 15 + 40 * 25 - 1, NOT_MET),
        ([("primary", 60), ("junior", None)], 5000, OPEN),
    ],
)
def test_a_line_may_be_an_expression_over_the_stages(
    tmp_path: Path, stages: list[tuple[str, int | None]], books: int, verdict: Verdict
) -> None:
    rows = tuple({"stage": stage, "pupils": pupils, "classes": 2} for stage, pupils in stages)
    held = school(kind="nine_year", stages=rows, premises={"books": books})
    text = row("[{at_least: '(15 * primary_pupils + 25 * junior_pupils) / pupils'}]")
    assert one(tmp_path, text, held).verdict is verdict


@pytest.mark.parametrize(("code", "line"), [("111", 10), ("210", 15), ("220", 15)])
def test_the_first_line_whose_schools_it_is_holds(tmp_path: Path, code: str, line: int) -> None:
    text = row("""[{schools: "urban_rural_code = '111'", at_least: 10}, {at_least: 15}]""")
    held = school(premises={"books": 1}, urban_rural_code=code)
    assert one(tmp_path, text, held).line == line


def test_a_row_that_is_for_no_such_school_says_nothing_and_an_unknown_place_leaves_it_open(
    tmp_path: Path,
) -> None:
    text = row("""[{schools: "urban_rural_code = '111'", at_least: 10}]""")
    assert one(tmp_path, text, school(urban_rural_code="220")).verdict is None
    found = one(tmp_path, text, school(urban_rural_code=None))
    assert (found.verdict, found.missing) == (OPEN, ("urban_rural_code",))


def test_what_is_missing_is_named_and_never_zero(tmp_path: Path) -> None:
    text = row("[{at_least: {by: classes, sizes: {1: 5}, outside: nearest}}]")
    assert one(tmp_path, text, with_classes(3, None)).missing == ("books",)
    assert one(tmp_path, text, school()).missing == ("books",)  # no row of premises at all
    assert one(tmp_path, text, with_classes(None, 900)).missing == ("classes",)
    found = one(tmp_path, text, with_classes(3, 900, None))
    assert (found.verdict, found.missing, found.lacks) == (OPEN, ("pupils",), None)


def test_nothing_over_nothing_cannot_be_told(tmp_path: Path) -> None:
    stage = {"stage": "primary", "pupils": 100, "classes": 3, "boarders": 0}
    found = one(
        tmp_path, row("[{at_least: 1}]", bottom="boarders"), school(stages=(stage,), premises={"books": 1})
    )
    assert (found.verdict, found.reason) == (OPEN, NO_QUOTIENT)


@pytest.mark.parametrize("name", ["city-2002-basic", "city-2002-planning", "rural-2008", "rural-2008-later"])
def test_the_shipped_standards_can_be_read(name: str) -> None:
    from tests.judgement.school_standards.made import ON

    assert read_rows(school_standard(name, on=ON))
