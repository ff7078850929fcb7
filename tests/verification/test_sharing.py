from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.verification.sharing import Share, shared_out, shares


def _shares(build: SimpleNamespace, kind: str, **pupils: float | None) -> dict[str, Share]:
    world = build.year(build.school("S", kind), build.stages("S", **pupils))
    return shares(world.schools["S"], world, build.split("books"))


def test_published_split_example(build: SimpleNamespace) -> None:
    """policy.md G4: 166 and 210 pupils, 23 226 books, 1 : 1.1."""
    found = _shares(build, "nine_year", primary=166, junior=210)
    books = build.row("premises", books=23226)
    primary, junior = (shared_out(books, found[stage], build.split("books"))["books"] for stage in found)
    assert (primary, junior) == (Fraction(23226 * 166, 397), Fraction(23226 * 231, 397))
    assert round(float(str(float(primary / 166))), 4) == 58.5038  # type: ignore[operator]  # a Fraction here


@pytest.mark.parametrize(
    ("kind", "pupils", "expected"),
    [
        ("primary", {"primary": 10}, {"primary": 1}),
        ("primary", {"primary": None}, {"primary": 1}),
        ("complete_secondary", {"junior": 120, "senior": 100}, {"junior": Fraction(1, 2)}),
        ("nine_year", {"primary": 0, "junior": 5}, {"primary": 0, "junior": 1}),
        ("nine_year", {"primary": 0, "junior": 0}, {"primary": None, "junior": None}),
        ("nine_year", {"primary": 5, "junior": None}, {"primary": None, "junior": None}),
        ("nine_year", {"primary": 5}, {"primary": None}),
        ("primary", {"primary": 5, "junior": 5}, {"primary": None, "junior": None}),
        ("special", {"junior": 5}, {"junior": 1}),
    ],
)
def test_shares_by_kind(
    build: SimpleNamespace, kind: str, pupils: dict[str, float], expected: dict[str, Fraction | None]
) -> None:
    found = _shares(build, kind, **pupils)
    assert {stage: found[stage].part for stage in expected} == expected


def test_only_split_columns_are_shared_out(build: SimpleNamespace) -> None:
    premises = build.row("premises", books=100, heated_area_m2=7)
    found = shared_out(premises, Share(Fraction(1, 4)), build.split("books"))
    assert (found["books"], found["heated_area_m2"]) == (25, 7)
    unknown = shared_out(premises, Share(None, "pupils"), build.split("books"))
    assert (unknown["books"], unknown["heated_area_m2"]) == (None, 7)


@given(*[st.integers(1, 5000)] * 3)
def test_parts_make_the_whole_and_a_junior_pupil_weighs_a_tenth_more(
    build: SimpleNamespace, a: int, b: int, c: int
) -> None:
    found = _shares(build, "twelve_year", primary=a, junior=b, senior=c)
    parts = [share.part or Fraction(0) for share in found.values()]
    assert sum(parts) == 1
    assert parts[1] / b == Fraction("1.1") * parts[0] / a
