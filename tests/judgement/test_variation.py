from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.judgement import Verdict, judge, judge_variation
from junheng.judgement.variation import composite_verdict, limit_as_compared, squared_variation
from junheng.standards import Standard, VariationRule

G1 = list(zip([279, 137, 935, 160, 402], [45, 37, 89, 76, 55], strict=True))
PARTS = [(Fraction(x), Fraction(p)) for x, p in G1]


def test_official_worked_example(basic: Standard) -> None:
    squared = squared_variation(PARTS, basic.variation)
    assert squared is not None
    assert float(squared) ** 0.5 == pytest.approx(0.515257, abs=5e-7)


@pytest.mark.parametrize(("ddof", "published"), [(0, 0.488771), (1, 0.546462)])
def test_the_formulas_that_are_not_the_rule(basic: Standard, ddof: int, published: float) -> None:
    rule = basic.variation.model_copy(update={"weights": "none", "ddof": ddof})
    squared = squared_variation(PARTS, rule)
    assert squared is not None
    assert float(squared) ** 0.5 == pytest.approx(published, abs=5e-7)


def test_a_mean_of_zero_has_no_coefficient(basic: Standard) -> None:
    assert squared_variation([(Fraction(0), Fraction(3))], basic.variation) is None


def test_rounding_before_comparing_only_where_the_standard_says_so(quality: Standard) -> None:
    assert limit_as_compared(Decimal("0.50"), quality.variation) == (Decimal("0.50"), "不超过")
    rule = quality.variation.model_copy(update={"compare_decimals": 2})
    assert limit_as_compared(Decimal("0.50"), rule) == (Decimal("0.505"), "小于")


def _rule(quality: Standard, **changes: Any) -> VariationRule:
    return quality.variation.model_copy(update=changes)


def test_composite_on_the_line_is_within(basic: Standard) -> None:
    line = [Fraction("0.65") ** 2] * 8
    assert composite_verdict(line, basic.variation, Decimal("0.65")) is Verdict.MET
    beyond = [*line[:7], (Fraction("0.65") + Fraction(1, 10**40)) ** 2]
    assert composite_verdict(beyond, basic.variation, Decimal("0.65")) is Verdict.NOT_MET


def _two_schools(school_of: Any, county_of: Any, shares: tuple[float, float]) -> Any:
    """Two schools of 1000 pupils with these m² of teaching rooms per pupil."""
    return county_of(*(school_of(f"S{i}", teaching_area_m2=share * 1000) for i, share in enumerate(shares)))


@pytest.mark.parametrize(
    ("areas", "verdict"),
    [((4.0, 12.0), Verdict.MET), ((4.0, 12.000001), Verdict.NOT_MET), ((4.0, 11.999999), Verdict.MET)],
)
def test_exactly_on_the_limit_is_within(
    quality: Standard, school_of: Any, county_of: Any, facts_of: Any, areas: Any, verdict: Verdict
) -> None:
    """Two equal schools at 4 and 12: mean 8, SD 4, CV exactly 0.5."""
    facts = facts_of(_two_schools(school_of, county_of, areas), quality)
    county = judge(facts, quality, year=2024)[0]
    assert county.stages["primary"].indicators["R4"].cv_verdict is verdict


def test_weighted_sample_form_is_refused(
    quality: Standard, school_of: Any, county_of: Any, facts_of: Any
) -> None:
    facts = facts_of(county_of(school_of("A")), quality)
    odd = quality.model_copy(update={"variation": _rule(quality, ddof=1)})
    with pytest.raises(UserError, match="样本修正"):
        judge_variation(facts, odd)


def test_a_standard_may_use_the_unweighted_coefficient(
    quality: Standard, school_of: Any, county_of: Any, facts_of: Any
) -> None:
    tables = county_of(school_of("A", pupils=100), school_of("B", pupils=1900, teaching_area_m2=19000.0))
    plain = quality.model_copy(update={"variation": _rule(quality, weights="none", ddof=1)})
    facts = facts_of(tables, plain)
    found = judge(facts, plain, year=2024)[0].stages["primary"].indicators["R4"]
    assert found.cv_unweighted == pytest.approx(1 / 3)
    assert found.used_cv == pytest.approx(2**0.5 / 3)


def test_a_strict_word_with_decimals_keeps_the_half_step_below_out(quality: Standard) -> None:
    rule = quality.variation.model_copy(update={"compare_decimals": 2, "comparison": "小于"})
    assert limit_as_compared(Decimal("0.50"), rule) == (Decimal("0.495"), "小于")
    assert limit_as_compared(Decimal("0.504"), rule) == (Decimal("0.505"), "小于")
