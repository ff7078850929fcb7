"""What if: nothing changed is the same verdict; there and back is the same; and ``evaluate``
says so of the written tables."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.data import (
    AddBuilding,
    Change,
    MergeSchools,
    OpenSchool,
    SetCell,
    check_snapshot,
    read_input,
    write_csv_tables,
)
from junheng.judgement import (
    CountyResult,
    Ground,
    Question,
    Verdict,
    assess_regions,
    closing_changes,
    prepare_ground,
    what_if,
)

_DISTRICT = Path(__file__).resolve().parents[2] / "examples" / "xx_district"
_QUESTION = Question("quality-2017", 2024)
_COUNTY = "999901"
_COLUMNS = (
    ("stage", "pupils"),
    ("teacher_count", "backbone"),
    ("teacher_count", "pe"),
    ("premises", "teaching_area_m2"),
)


@cache
def _ground() -> Ground:
    return prepare_ground(read_input(_DISTRICT), _QUESTION, _COUNTY)


def _schools() -> list[tuple[str, str]]:
    return [(one.school_id, one.stage) for one in _ground().county.schools]


def _value(school: str, stage: str, table: str, column: str) -> object:
    rows = _ground().reported.tables[table].to_pylist()
    found = [row for row in rows if row["school_id"] == school and row.get("stage", stage) == stage]
    return found[0][column] if found else None


@st.composite
def _sets(draw: st.DrawFn) -> SetCell:
    school, stage = draw(st.sampled_from(_schools()))
    table, column = draw(st.sampled_from(_COLUMNS))
    to = str(draw(st.integers(0, 300)))
    return SetCell(school, "" if table == "premises" else stage, table, column, to)


def _agrees(found: CountyResult, whole: CountyResult) -> None:
    """The same verdicts and reasons everywhere; figures but for the last digit."""
    assert (found.verdict, [one.code for one in found.reasons]) == (
        whole.verdict,
        [one.code for one in whole.reasons],
    )
    assert len(found.schools) == len(whole.schools)
    for one, other in zip(found.schools, whole.schools, strict=True):
        assert (one.school_id, one.stage, one.verdict, one.met) == (
            other.school_id,
            other.stage,
            other.verdict,
            other.met,
        )
        for key, here in one.indicators.items():
            there = other.indicators[key]
            assert (here.verdict, here.reason) == (there.verdict, there.reason), (one.school_id, key)
            assert here.value == (None if there.value is None else pytest.approx(there.value, rel=1e-12))
            assert here.shortfall == (
                None if there.shortfall is None else pytest.approx(there.shortfall, rel=1e-9, abs=1e-6)
            )
    for stage, here_stage in found.stages.items():
        for key, cv in here_stage.indicators.items():
            other_cv = whole.stages[stage].indicators[key]
            assert (cv.cv_verdict, cv.met) == (other_cv.cv_verdict, other_cv.met)
            assert cv.cv == (None if other_cv.cv is None else pytest.approx(other_cv.cv, rel=1e-9))


def _evaluated(changes: list[Change], folder: Path) -> CountyResult:
    """The verdict of the changed tables, written out and read like any other input."""
    write_csv_tables(what_if(_ground(), changes).tables, folder)
    (whole,) = assess_regions(check_snapshot(read_input(folder)), _QUESTION)
    return whole.counties[0]


def test_the_start_is_the_verdict_of_the_whole_input() -> None:
    (whole,) = assess_regions(check_snapshot(read_input(_DISTRICT)), _QUESTION)
    assert _ground().county == whole.counties[0]
    assert what_if(_ground(), ()).county == whole.counties[0]


@settings(max_examples=examples(6), deadline=None)
@given(st.lists(_sets(), min_size=1, max_size=4))
def test_a_change_and_its_inverse_is_no_change(changes: list[SetCell]) -> None:
    back = []
    for one in changes:
        stage = one.stage or next(stage for code, stage in _schools() if code == one.school_id)
        value = _value(one.school_id, stage, one.table, one.column)
        if value is None or (one.table, one.column) == ("stage", "pupils"):
            continue  # pupils take the list of classes with them: that is not brought back by a figure
        back.append((one, replace(one, to=str(value))))
    there = what_if(_ground(), [pair[0] for pair in back] + [pair[1] for pair in back])
    _agrees(there.county, _ground().county)
    assert there.county.verdict == _ground().county.verdict


@settings(max_examples=examples(3), deadline=None)
@given(changes=st.lists(_sets(), min_size=1, max_size=5))
def test_evaluate_says_the_same_of_the_written_tables(
    changes: list[Change], tmp_path_factory: pytest.TempPathFactory
) -> None:
    _agrees(what_if(_ground(), changes).county, _evaluated(changes, tmp_path_factory.mktemp("changed")))


def test_evaluate_agrees_on_mergers_buildings_and_new_schools(tmp_path: Path) -> None:
    schools = [code for code, stage in _schools() if stage == "primary"]
    junior = next(code for code, stage in _schools() if stage == "junior" and code not in schools)
    changes: list[Change] = [
        OpenSchool("9900000001", "新校", ("primary",)),
        MergeSchools(schools[3], schools[5]),
        MergeSchools(schools[6], junior),
        AddBuilding(schools[0], {"teaching_area_m2": "900.5"}),
        SetCell("9900000001", "primary", "stage", "pupils", "300"),
    ]
    _agrees(what_if(_ground(), changes).county, _evaluated(changes, tmp_path))


def test_what_is_not_known_of_a_new_school_cannot_be_told() -> None:
    opened: list[Change] = [OpenSchool("9900000001", "新校", ("primary",))]
    opened.append(SetCell("9900000001", "primary", "stage", "pupils", "300"))
    found = what_if(_ground(), opened).county
    (school,) = [one for one in found.schools if one.school_id == "9900000001"]
    assert school.verdict is Verdict.CANNOT_TELL
    assert all(one.value is None for one in school.indicators.values())


def test_a_merger_counts_as_one_school() -> None:
    schools = [code for code, stage in _schools() if stage == "primary"]
    before = _ground().county.stages["primary"].schools
    assert (
        what_if(_ground(), [MergeSchools(schools[3], schools[5])]).county.stages["primary"].schools
        == before - 1
    )


def test_what_closes_a_figure_closes_it() -> None:
    start = what_if(_ground(), ())
    tried = 0
    for school in start.county.schools[:60:6]:
        for key, found in school.indicators.items():
            changes = closing_changes(_ground(), start, school.school_id, school.stage, key)
            assert bool(changes) == (found.verdict is Verdict.NOT_MET)
            if changes:
                after = what_if(_ground(), changes).county.schools
                now = next(
                    one for one in after if (one.school_id, one.stage) == (school.school_id, school.stage)
                )
                assert now.indicators[key].verdict is Verdict.MET, (school.school_id, key)
                tried += 1
    assert tried > 5


def test_a_contradiction_is_told_and_counts_as_absent() -> None:
    school, stage = _schools()[0]
    found = what_if(_ground(), [SetCell(school, stage, "teacher_count", "full_time", "1")])
    assert {problem.school_id for problem in found.problems} == {school}


def test_another_county_is_not_in_the_input() -> None:
    with pytest.raises(UserError):
        prepare_ground(read_input(_DISTRICT), _QUESTION, "110101")


def _same_items(changes: list[Change], folder: Path) -> None:
    """Every item, and every school in every item, is what judging the changed tables afresh says."""
    found, whole = what_if(_ground(), changes).county, _evaluated(changes, folder)
    assert found.items == whole.items
    assert [(one.school_id, one.stage, one.items) for one in found.schools] == [
        (one.school_id, one.stage, one.items) for one in whole.schools
    ]
    assert [(one.school_id, one.stage, one.items) for one in found.skipped] == [
        (one.school_id, one.stage, one.items) for one in whole.skipped
    ]
    assert found.parts == whole.parts


_OF_ITEMS = (
    *_COLUMNS,
    ("stage", "max_class_size"),
    ("teacher_count", "certified"),
)


@st.composite
def _changes(draw: st.DrawFn) -> Change:
    (school, stage), other = draw(st.sampled_from(_schools())), draw(st.sampled_from(_schools()))
    if draw(st.integers(0, 5)) == 0 and other[0] != school:
        return MergeSchools(school, other[0])
    if draw(st.integers(0, 5)) == 0:
        return AddBuilding(school, {}, (("music", draw(st.integers(1, 3)), "80"),))
    table, column = draw(st.sampled_from(_OF_ITEMS))
    return SetCell(school, "" if table == "premises" else stage, table, column, str(draw(st.integers(1, 60))))


@settings(max_examples=examples(3), deadline=None)
@given(changes=st.lists(_changes(), min_size=1, max_size=4))
def test_items_of_few_changed_schools_are_those_judged_afresh(
    changes: list[Change], tmp_path_factory: pytest.TempPathFactory
) -> None:
    gone = [one.gone for one in changes if isinstance(one, MergeSchools)]
    kept = [one.into for one in changes if isinstance(one, MergeSchools)]
    named = [one.school_id for one in changes if isinstance(one, SetCell | AddBuilding)]
    if len(set(gone)) == len(gone) and not set(gone) & {*kept, *named}:
        _same_items(changes, tmp_path_factory.mktemp("items"))


def test_items_agree_on_mergers_rooms_and_new_schools(tmp_path: Path) -> None:
    schools = [code for code, stage in _schools() if stage == "primary"]
    changes: list[Change] = [
        OpenSchool("9900000001", "新校", ("primary",)),
        SetCell("9900000001", "primary", "stage", "pupils", "300"),
        MergeSchools(schools[3], schools[5]),
        AddBuilding(schools[0], {}, (("music", 2, "100"), ("art", 1, "100"))),
    ]
    _same_items(changes, tmp_path)
