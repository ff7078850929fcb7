"""Laws of judgement on random counties: more is never worse, order does not matter, unknowns are honest."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.judgement import CountyResult, Verdict, judge
from junheng.standards import Standard

QUIET = settings(
    deadline=None, max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ADDABLE = {"backbone": (0, 20), "pe": (0, 8), "teaching_area_m2": (3000, 7000), "multimedia_rooms": (15, 30)}

cell = {name: st.integers(*bounds) for name, bounds in ADDABLE.items()}
school = st.fixed_dictionaries({"pupils": st.integers(500, 1500), **cell})
county = st.lists(school, min_size=1, max_size=4)


@pytest.fixture
def judged(quality: Standard, school_of: Any, county_of: Any, facts_of: Any) -> Any:
    def of(rows: list[dict[str, Any]]) -> CountyResult:
        schools = [school_of(row.get("id", f"S{i}"), **row) for i, row in enumerate(rows)]
        return judge(facts_of(county_of(*schools), quality), quality, year=2024)[0]

    return of


def _stated(value: Verdict | None) -> bool:
    return value in {Verdict.MET, Verdict.NOT_MET}


@QUIET
@given(county, st.sampled_from(sorted(ADDABLE)), st.integers(1, 2000))
def test_adding_to_a_school_never_makes_it_fail(
    judged: Any, rows: list[dict[str, Any]], column: str, more: int
) -> None:
    before = judged(rows).schools[0]
    after = judged([{**rows[0], column: rows[0][column] + more}, *rows[1:]]).schools[0]
    assert not (before.verdict is Verdict.MET and after.verdict is not Verdict.MET)
    for key, found in before.indicators.items():
        assert not (found.verdict is Verdict.MET and after.indicators[key].verdict is Verdict.NOT_MET)


@QUIET
@given(county, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    judged: Any, rows: list[dict[str, Any]], draw: random.Random
) -> None:
    named = [{**row, "id": f"S{i}"} for i, row in enumerate(rows)]
    shuffled = list(named)
    draw.shuffle(shuffled)
    assert judged(named).as_json() == judged(shuffled).as_json()


@QUIET
@given(county, st.data())
def test_what_is_said_with_cells_missing_stays_true_when_they_are_filled(
    judged: Any, rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    holes = data.draw(
        st.sets(st.tuples(st.integers(0, len(rows) - 1), st.sampled_from(sorted(cell))), min_size=1)
    )
    partial = [{**row, **{c: None for i, c in holes if i == n}} for n, row in enumerate(rows)]
    less, full = judged(partial), judged(rows)
    pairs = [(less.verdict, full.verdict), (less.parts["resource"].verdict, full.parts["resource"].verdict)]
    for thin, whole in zip(less.schools, full.schools, strict=True):
        pairs.append((thin.verdict, whole.verdict))
        pairs += [(one.verdict, whole.indicators[key].verdict) for key, one in thin.indicators.items()]
    for key, found in less.stages["primary"].indicators.items():
        pairs.append((found.cv_verdict, full.stages["primary"].indicators[key].cv_verdict))
    assert all(told == later for told, later in pairs if _stated(told))


@QUIET
@given(county)
def test_counts_add_up_to_the_schools(judged: Any, rows: list[dict[str, Any]]) -> None:
    stage = judged(rows).stages["primary"]
    assert stage.schools == len(rows)
    for found in stage.indicators.values():
        assert found.met + found.not_met + found.undecided == stage.schools
        assert found.floor_missed <= found.not_met
