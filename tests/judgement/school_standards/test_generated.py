"""On a generated county: rates in the form official reports print, totals that add up, nothing lost."""

from datetime import date
from fractions import Fraction

import pytest
from tests.judgement.school_standards.made import row, standard

from junheng.data import Snapshot, make_county
from junheng.judgement import Verdict
from junheng.judgement.school_standards import County, SchoolStandardReport, school_standard_report
from junheng.reports.school_standards import rate_words
from junheng.standards import resolve

SCHOOLS, YEAR = 200, 2024


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SchoolStandardReport:
    """200 generated schools, some figures blank, by two rows of one group and one of another."""
    tables = make_county(SCHOOLS, 7, year=YEAR)
    held = Snapshot(tables, (), ())
    code = tables["school"].column("county_code")[0].as_py()
    rows = [
        row("[{at_least: 3.9}]", top="teaching_area_m2"),
        row("[{at_least: 6.5}]", name="b", top="sports_ground_area_m2 + indoor_sports_area_m2"),
        row("[{at_least: 20}]", name="c", group="h", whole=True),
    ]
    folder = tmp_path_factory.mktemp("rules")
    rules = standard(folder, *rows)
    county = County(held, resolve("basic-2012", on=date(YEAR, 9, 1)), YEAR, code)
    return school_standard_report(held, rules, county, year=YEAR, code=code, name="甲县", on=date(2025, 1, 1))


def test_the_rate_is_printed_as_reports_print_it(report: SchoolStandardReport) -> None:
    """“86.5 % of schools meet buildings and sites”: met ÷ schools cut off after one decimal, an interval if open."""
    rate = report.rate("g")
    told = [one.groups["g"] for one in report.schools]
    assert (rate.met, rate.whole) == (told.count(Verdict.MET), len(told))
    assert rate.unknown == told.count(Verdict.CANNOT_TELL) > 0
    ends = [Fraction(end) for end in rate_words(rate).split("–")]
    assert rate.span is not None
    for printed, exact in zip(ends, rate.span, strict=True):
        assert 0 <= 100 * exact - printed < Fraction(1, 10)


def test_kinds_and_places_add_up_to_the_county(report: SchoolStandardReport) -> None:
    for of in ("all", "g", "h"):
        whole = report.rate(of)
        for by in ("kind", "area"):
            parts = [one for one in report.rates if (one.of, one.by) == (of, by)]
            assert sum(one.met for one in parts) == whole.met
            assert sum(one.unknown for one in parts) == whole.unknown
            assert sum(one.whole for one in parts) == whole.whole


def test_the_totals_are_what_the_schools_lack(report: SchoolStandardReport) -> None:
    """Checked against a plain sum over the schools' own numbers."""
    for number, (total, line) in enumerate(zip(report.totals, ("3.9", "6.5", "20"), strict=True)):
        lacks = Fraction(0)
        for school in report.schools:
            found = school.rows[number]
            if found.numerator is not None and found.denominator:
                gap = max(Fraction(0), Fraction(line) * found.denominator - found.numerator)
                lacks += -(-gap // 1) if number == 2 else gap
        assert total.lacks == lacks > 0
