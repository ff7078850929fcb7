"""From a review to entrants: checked once, and a review vouches for its own forms only."""

from pathlib import Path

import pytest
from tests.admissions.forms import PROBLEM, RULE, good_row, write_book

from junheng.admissions import check_applications, entrants_of, make_entrants, read_applications
from junheng.admissions.applications import review as checking
from junheng.basics import UserError


def test_a_review_gives_the_entrants_without_checking_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = read_applications(write_book(tmp_path / "a.xlsx", [good_row(0), good_row(1)]))
    expected = make_entrants(forms, RULE, PROBLEM)
    review = check_applications(forms, RULE, PROBLEM)
    assert review.applications is forms

    def again(*_: object) -> None:
        raise AssertionError("checked a second time")

    monkeypatch.setattr(checking, "cell_faults", again)
    assert entrants_of(review) == expected
    with pytest.raises(AssertionError, match="second time"):
        make_entrants(forms, RULE, PROBLEM)


def test_a_review_that_blocks_gives_none(tmp_path: Path) -> None:
    forms = read_applications(write_book(tmp_path / "a.xlsx", [good_row(0, 监护人="")]))
    with pytest.raises(UserError, match="还不能封存"):
        entrants_of(check_applications(forms, RULE, PROBLEM))
