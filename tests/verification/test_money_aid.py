"""The second mind agrees with the first on any archive of aid."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.funding.books import ARCHIVE, write_book

from junheng.funding import read_aid, work_out_aid
from junheng.verification.money_aid import aid_differences

Json = dict[str, Any]
TERMS = ("2018秋", "2023秋", "2024春", "2023学年")


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """A problem whose rules know every term; its archive is replaced."""
    rows = [("P1", None, "小学", "残疾", "地方资助", term, 1, None) for term in TERMS]
    book = tmp_path_factory.mktemp("aid") / "aid.xlsx"
    return read_aid(write_book(book, {"资助档案": [ARCHIVE, *rows]}), on=date(2024, 6, 30))


@st.composite
def _row(draw: st.DrawFn) -> list[Any]:
    pupil = draw(st.one_of(st.none(), st.integers(0, 11).map(lambda number: f"P{number:04}")))
    return [
        pupil,
        None,
        draw(st.sampled_from([None, "primary", "junior", "senior"])),
        draw(st.sampled_from([None, "registered_poor", "other"])),
        draw(st.sampled_from([None, "living_boarder", "living_day", "nutrition", "university_loan"])),
        draw(st.sampled_from([None, *TERMS])),
        draw(st.sampled_from([None, "625", "500", "312.5", "1125", "0"])),
        None,
        0,
        2,
    ]


_REGISTER = st.one_of(
    st.none(),
    st.lists(
        st.tuples(st.integers(0, 11).map(lambda n: f"P{n:04}"), st.sampled_from(["true", "false", None])),
        max_size=9,
    ),
)


@settings(max_examples=examples(120))
@given(rows=st.lists(_row(), max_size=25), register=_REGISTER)
def test_both_minds_agree_on_any_archive(
    frame: Json,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[Any]],
    register: list[tuple[str, str | None]] | None,
) -> None:
    problem = {**frame, "archive": rows, "register": register}
    outcome = work_out_aid(problem)
    assert [str(line) for line in aid_differences(problem, outcome, tmp_path_factory.getbasetemp())] == []
