from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.basics import UserError
from junheng.reports import format_share, percent_mode

# Golden vector G5: the shares document 2 prints.
PUBLISHED = {
    (5, 66): "7.5", (46, 66): "69.6", (26, 30): "86.6", (15, 66): "22.7", (14, 30): "46.6", (17, 66): "25.7",
    (4, 30): "13.3", (24, 30): "80", (35, 66): "53", (16, 30): "53.3", (22, 66): "33.3", (43, 66): "65.1",
    (15, 30): "50", (0, 30): "0",
}  # fmt: skip


@pytest.mark.parametrize(("counts", "printed"), PUBLISHED.items())
def test_published_shares(counts: tuple[int, int], printed: str) -> None:
    assert format_share(*counts) == printed


def test_rounding_is_offered() -> None:
    assert format_share(46, 66, mode="round") == "69.7"
    assert format_share(1, 8, mode="round", digits=0) == "13"
    assert format_share(1, 8, digits=0) == "12"
    assert format_share(1, 3, digits=3) == "33.333"


shares = st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(shares, st.integers(0, 6))
def test_truncation_never_exceeds_and_rounding_is_nearest(share: tuple[int, int], digits: int) -> None:
    part, whole = share
    exact, step = Fraction(100 * part, whole), Fraction(1, 10**digits)
    assert 0 <= exact - Fraction(format_share(part, whole, digits=digits)) < step
    assert abs(exact - Fraction(format_share(part, whole, mode="round", digits=digits))) <= step / 2


@given(shares, st.integers(1, 6))
def test_no_trailing_zero(share: tuple[int, int], digits: int) -> None:
    printed = format_share(*share, digits=digits)
    assert "." not in printed or not printed.endswith(("0", "."))


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(part: int, whole: int) -> None:
    with pytest.raises(UserError, match="不能算作比例"):
        format_share(part, whole)


def test_unusable_options_are_refused() -> None:
    with pytest.raises(UserError, match="百分比方式"):
        percent_mode("floor")
    with pytest.raises(UserError, match="小数位数"):
        format_share(1, 2, digits=7)
