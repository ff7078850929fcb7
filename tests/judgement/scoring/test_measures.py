"""Agreement as printed in the textbooks, ranks with ties and intervals, dated targets on each side of the day."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.judgement.scoring.books import given as points
from tests.judgement.scoring.books import scored, system

from junheng.judgement.scoring import intraclass, rank_ranges, target_state, weighted_kappa
from junheng.judgement.scoring.spread import rater_spread

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
REVIEWERS = [[24, 8, 13], [8, 13, 11], [10, 9, 64]]


def test_intraclass_correlation_as_shrout_and_fleiss_print_it() -> None:
    """Psychological Bulletin 86 (1979), tables 2 and 4: ICC(2,1) = .29."""
    found = intraclass([[Fraction(value) for value in row] for row in SHROUT_FLEISS])
    assert found is not None
    assert round(float(found), 2) == 0.29


def test_weighted_kappa_as_agresti_prints_it() -> None:
    """A. Agresti, Categorical Data Analysis (2nd ed. 2002) §10.5: reviewers, weighted kappa .427 (linear weights)."""
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(REVIEWERS[i][j])]
    linear = weighted_kappa(pairs, 3, power=1)
    assert linear is not None
    assert round(float(linear), 3) == 0.427


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [([(0, 0), (1, 1), (2, 2)], 1), ([(0, 1), (1, 0)], -1), ([(1, 1), (1, 1)], None), ([], None)],
)
def test_weighted_kappa_at_its_ends(pairs: list[tuple[int, int]], kappa: int | None) -> None:
    assert weighted_kappa(pairs, 3) == kappa


@pytest.mark.parametrize("matrix", [[[1, 2]], [[1], [2]], [[3, 3], [3, 3]]])
def test_no_correlation_where_there_is_nothing_to_compare(matrix: list[list[int]]) -> None:
    assert intraclass([[Fraction(value) for value in row] for row in matrix]) is None


def test_the_spread_names_the_items_on_which_raters_differ(tmp_path: Path) -> None:
    rows = [points("A1", 2), points("A1", 1, rater="乙"), points("A2", 4), points("A2", 4, rater="乙")]
    _, found = scored(tmp_path, scores=rows)
    (told,) = rater_spread(system(tmp_path), found.scores)
    assert told["scored_by_several"] == 2
    assert told["differences"] == [
        {"subject": "S", "item": "A1", "range": "1", "scores": {"督学": "2", "乙": "1"}}
    ]
    assert told["pairs"][0]["weighted_kappa"] is None  # points were given, no ratings


def test_equal_totals_share_their_places_and_open_ones_have_a_range() -> None:
    nine, eight, open_ = Fraction(9), Fraction(8), (Fraction(5), Fraction(10))
    found = rank_ranges({"a": (nine, nine), "b": (eight, eight), "c": (eight, eight), "d": open_})
    assert found == {"a": (1, 2), "b": (2, 4), "c": (2, 4), "d": (1, 4)}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=7))
@settings(max_examples=examples(60), deadline=None)
def test_ranks_hold_whatever_the_open_items_come_to(entries: list[tuple[int, int]]) -> None:
    totals = {str(n): (Fraction(low), Fraction(low + more)) for n, (low, more) in enumerate(entries)}
    for own, (best, worst) in rank_ranges(totals).items():
        low, high = totals[own]
        luckiest = 1 + sum(other[0] > high for name, other in totals.items() if name != own)
        unluckiest = 1 + sum(other[1] >= low for name, other in totals.items() if name != own)
        assert (best, worst) == (luckiest, unluckiest)


@pytest.mark.parametrize(
    ("due", "achieved", "state"),
    [
        ("2025-12-31", "2024-12-31", "early"),
        ("2025-12-31", "2025-01-01", "on_time"),
        ("2025-06-30", "2025-06-30", "on_time"),
        ("2025-06-30", "2025-07-01", "late"),
        ("2025-09-01", "", "pending"),
        ("2025-08-31", "", "overdue"),
        ("2025-12-31", "2025-09-02", "pending"),  # reached after the day looked at
        ("", "2025-01-01", "unknown"),
    ],
)
def test_targets_on_each_side_of_the_day(due: str, achieved: str, state: str) -> None:
    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    assert target_state(day(due), day(achieved), date(2025, 9, 1), 365) == state
