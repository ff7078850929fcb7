"""Properties of the checks on random small counties."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import Problem, Snapshot, check_snapshot, load_checks, load_dictionary

COUNTS = st.one_of(st.none(), st.integers(-3, 80))
AREAS = st.one_of(st.none(), st.floats(-10, 5000), st.sampled_from([float("nan"), float("inf")]))
NUMBERS = {
    "stage": ("pupils", "classes", "max_class_size", "boarders", "inclusive_pupils", "disabled_pupils"),
    "teacher_count": (
        "full_time",
        "doctor",
        "master",
        "bachelor",
        "associate",
        "secondary_or_below",
        "pe",
        "music",
    ),
    "premises": ("teaching_area_m2", "indoor_sports_area_m2", "sports_ground_area_m2", "multimedia_rooms"),
}
WORDS = {
    "kind": st.sampled_from(["primary", "nine_year", "junior", "什么", None]),
    "county_code": st.sampled_from(["150102", "15010", None]),
    "parent_school_id": st.sampled_from([None, "2115000001", "nowhere"]),
    "is_counted": st.sampled_from([True, False, None]),
}
KEYS = ("year", "school_id", "stage")
FEW = settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A blank cell is what these rules are about; every other rule must not see one as a number.
ABOUT_BLANKS = {c.id for c in load_checks() if c.rule.absence} | {"school.not_counted_without_parent"}


@st.composite
def counties(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {"school": [], "stage": [], "teacher_count": [], "premises": []}
    for number in range(draw(st.integers(1, 4))):
        key = {"year": 2024, "school_id": f"211500000{number + 1}"}
        tables["school"].append(key | {name: draw(words) for name, words in WORDS.items()})
        tables["premises"].append(key | {name: draw(AREAS) for name in NUMBERS["premises"]})
        for stage in draw(st.sets(st.sampled_from(["primary", "junior"]))):
            for table in ("stage", "teacher_count"):
                tables[table].append(key | {"stage": stage} | {name: draw(COUNTS) for name in NUMBERS[table]})
    return tables


def _snapshot(rows: dict[str, list[dict[str, Any]]]) -> Snapshot:
    tables = {}
    for name, found in rows.items():
        columns = list(dict.fromkeys(column for row in found for column in row)) or [
            "year",
            "school_id",
            "stage",
        ]
        tables[name] = pa.table({c: pa.array([row.get(c) for row in found], _kind(name, c)) for c in columns})
    return Snapshot(tables, (), ())


def _kind(table: str, column: str) -> pa.DataType:
    spec = load_dictionary().tables[table].columns[column]
    if column == "year":
        return pa.int32()
    return {"integer": pa.float64(), "number": pa.float64(), "boolean": pa.bool_()}.get(
        spec.type, pa.string()
    )


def _told(problems: tuple[Problem, ...]) -> set[tuple[str, str, str, str]]:
    return {
        (p.check, p.school_id, p.stage, p.cause.split(":")[0])
        for p in problems
        if p.check not in ABOUT_BLANKS
    }


@FEW
@given(counties())
def test_only_blamed_cells_change(rows: dict[str, list[dict[str, Any]]]) -> None:
    before = _snapshot(rows)
    checked = check_snapshot(before)
    for name, table in before.tables.items():
        after = checked.snapshot.tables[name]
        assert after.schema == table.schema
        for column in table.column_names:
            gone = {at for where, at, which in checked.blanked if (where, which) == (name, column)}
            mask = pa.array([at not in gone for at in range(table.num_rows)], pa.bool_())
            assert repr(after.column(column).filter(mask).to_pylist()) == repr(
                table.column(column).filter(mask).to_pylist()
            )
            assert after.column(column).filter(pc.invert(mask)).null_count == len(gone)


@FEW
@given(counties(), st.data())
def test_taking_a_number_away_adds_no_problem(
    rows: dict[str, list[dict[str, Any]]], data: st.DataObject
) -> None:
    """Absent is not zero: whatever a blank cell breaks, the number in its place broke too.

    Rules of logic are run one by one on the input as it stands, so that no earlier rule blanks a cell.
    """
    name = data.draw(
        st.sampled_from([table for table, found in rows.items() if found and table in NUMBERS] or ["school"])
    )
    if name == "school":
        return
    column = data.draw(st.sampled_from(NUMBERS[name]))
    place = data.draw(st.integers(0, len(rows[name]) - 1))
    fewer = {**rows, name: [row | ({column: None} if i == place else {}) for i, row in enumerate(rows[name])]}
    checks = [
        c for c in load_checks() if not c.rule.facet and not c.rule.absence and "median" not in str(c.columns)
    ]
    # The whole of the education sum may vanish while its parts still exceed the total: the same finding, renamed.
    renamed = {"teacher.education_sum", "teacher.education_over_total"}
    experience = [c for c in checks if c.rule.severity == "experience"]
    logic = [c for c in checks if c.rule.severity == "logic" and c.id not in renamed]
    for chosen in (experience, logic):
        more = _told(check_snapshot(_snapshot(fewer), checks=chosen).problems)
        assert more <= _told(check_snapshot(_snapshot(rows), checks=chosen).problems)


@FEW
@given(counties())
def test_checking_what_is_clean_finds_no_logic_again(rows: dict[str, list[dict[str, Any]]]) -> None:
    """What breaks logic is blanked, so a second look blanks nothing more of what was blamed before."""
    first = check_snapshot(_snapshot(rows))
    second = check_snapshot(Snapshot(first.snapshot.tables, (), ()))
    assert not first.blanked & second.blanked


@FEW
@given(counties())
def test_the_answer_does_not_hang_on_the_order_of_rows(rows: dict[str, list[dict[str, Any]]]) -> None:
    turned = {name: found[::-1] for name, found in rows.items()}
    words = sorted((p.check, p.cause, p.what.zh) for p in check_snapshot(_snapshot(rows)).problems)
    assert words == sorted((p.check, p.cause, p.what.zh) for p in check_snapshot(_snapshot(turned)).problems)
