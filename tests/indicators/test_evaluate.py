"""One small county at a time: what the facts say, on DuckDB and on the reference."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from junheng.basics import UserError
from junheng.indicators import Addition, Evaluation, Measure, Parameters, evaluate, load_catalogue

Make = Callable[[list[dict[str, Any]]], pa.Table]
Rows = dict[str, list[dict[str, Any]]]
TEACHERS = dict.fromkeys(
    ("doctor", "master", "bachelor", "associate", "backbone", "pe", "music", "art", "arts"), 2
)
PREMISES = {
    "teaching_area_m2": 5000.0,
    "indoor_sports_area_m2": 500.0,
    "sports_ground_area_m2": 4000.0,
    "equipment_value_yuan": 900000.5,
    "multimedia_rooms": 20,
}


@pytest.fixture(params=["duckdb", "python"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def school(school_id: str, kind: str = "primary", **cells: Any) -> dict[str, Any]:
    return {
        "year": 2024,
        "school_id": school_id,
        "county_code": "150102",
        "name": school_id,
        "kind": kind,
        **cells,
    }


def stage(school_id: str, name: str = "primary", pupils: float | None = 400) -> dict[str, Any]:
    return {"year": 2024, "school_id": school_id, "stage": name, "pupils": pupils}


def rows_for(*stages: dict[str, Any], schools: list[dict[str, Any]]) -> Rows:
    return {
        "school": schools,
        "stage": list(stages),
        "teacher_count": [{**row, **TEACHERS} | {"pupils": None} for row in stages],
        "premises": [{"year": 2024, "school_id": row["school_id"], **PREMISES} for row in schools],
    }


@pytest.fixture
def facts(
    engine: str, table_of: Make, measures: tuple[Measure, ...], parameters: Parameters
) -> Callable[..., Evaluation]:
    def run(rows: Rows, chosen: Parameters = parameters, keys: tuple[Measure, ...] = measures) -> Evaluation:
        tables = {name: table_of(found) for name, found in rows.items()}
        tables["teacher_count"] = tables["teacher_count"].drop_columns("pupils")
        return evaluate(tables, keys, chosen, engine=engine)

    return run


def by_row(evaluation: Evaluation) -> Mapping[tuple[str, str], dict[str, Any]]:
    return {(row["school_id"], row["stage"]): row for row in evaluation.values.to_pylist()}


def test_values_of_one_school(facts: Callable[..., Evaluation]) -> None:
    row = by_row(facts(rows_for(stage("A"), schools=[school("A")])))["A", "primary"]
    assert (row["R1_num"], row["R1_den"], row["R1_value"]) == (8, 400, 2)
    assert row["R3_value"] == 2
    assert row["R4_value"] == 4500 / 400
    assert row["R5_num"] == 4500
    assert row["R6_value"] == 900000.5 / 400
    assert (row["share"], row["counted"], row["not_counted"], row["R5_relaxed"]) == (1, True, None, None)


def test_a_published_split(facts: Callable[..., Evaluation], parameters: Parameters) -> None:
    """G4: 23,226 books of 166 + 210 pupils, weights 1 : 1.1."""
    rows = rows_for(stage("N", pupils=166), stage("N", "junior", 210), schools=[school("N", "nine_year")])
    rows["premises"][0]["books"] = 23226
    books = (Measure("B", load_catalogue()["books_per_pupil"]),)
    found = by_row(facts(rows, replace(parameters, split_columns=frozenset({"books"})), books))
    primary, junior = found["N", "primary"], found["N", "junior"]
    assert primary["share"] == pytest.approx(166 / 397)
    assert primary["B_value"] == pytest.approx(58.5038, abs=5e-5)
    assert primary["B_num"] == pytest.approx(9711.6, abs=0.05)
    assert junior["B_num"] == pytest.approx(13514.4, abs=0.05)
    assert junior["B_value"] / primary["B_value"] == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("kind", "stages"),
    [
        ("nine_year", {"primary": 100, "junior": None}),
        ("nine_year", {"primary": 100}),
        ("nine_year", {"primary": 0, "junior": 0}),
        ("nine_year", {"primary": 100, "junior": 90, "senior": 10}),
        ("primary", {"primary": 100, "junior": 90}),
        ("junior", {"primary": 100}),
        ("special", {"primary": 100, "junior": 90}),
    ],
)
def test_a_share_that_cannot_be_told_takes_only_shared_premises_with_it(
    facts: Callable[..., Evaluation], kind: str, stages: dict[str, float | None]
) -> None:
    rows = rows_for(
        *(stage("N", name, pupils) for name, pupils in stages.items()), schools=[school("N", kind)]
    )
    row = by_row(facts(rows))["N", "primary"]
    assert row["share"] is None
    assert row["R4_num"] is None
    assert row["R1_num"] == 8


def test_a_stage_without_pupils_has_no_share(facts: Callable[..., Evaluation]) -> None:
    rows = rows_for(stage("N", pupils=0), stage("N", "junior", 90), schools=[school("N", "nine_year")])
    found = by_row(facts(rows))
    assert (found["N", "primary"]["share"], found["N", "junior"]["share"]) == (0, 1)
    assert found["N", "primary"]["R1_value"] is None


NOT_COUNTED = [
    (school("A", "special"), 400, "kind:special"),
    (school("A", "teaching_point"), 49, "teaching_point:<50"),
    (school("A", "teaching_point"), 50, None),
    (school("A", "teaching_point"), None, None),
    (school("A", "teaching_point", is_counted=False), 60, None),
    (school("A", is_counted=False), 400, "not_counted_row"),
    (school("A", is_counted=False, parent_school_id="nobody"), 400, "not_counted_row"),
    (school("A", is_counted=False, parent_school_id="A"), 400, "not_counted_row"),
    (school("A", ownership="private"), 400, None),
]


@pytest.mark.parametrize(("row", "pupils", "reason"), NOT_COUNTED)
def test_who_is_counted(
    facts: Callable[..., Evaluation], row: dict[str, Any], pupils: float | None, reason: str | None
) -> None:
    found = by_row(facts(rows_for(stage("A", pupils=pupils), schools=[row])))["A", "primary"]
    assert (found["counted"], found["not_counted"]) == (reason is None, reason)


@pytest.mark.parametrize(
    ("row", "name", "reason"),
    [
        (school("A", ownership="private"), "primary", "private"),
        (school("A", run_by="city"), "primary", "run_by:city"),
        (school("A", "senior"), "senior", "stage:senior"),
    ],
)
def test_who_the_other_standard_counts(
    facts: Callable[..., Evaluation], basic: Parameters, row: dict[str, Any], name: str, reason: str
) -> None:
    assert by_row(facts(rows_for(stage("A", name), schools=[row]), basic))["A", name]["not_counted"] == reason


def test_a_campus_joins_its_school_cell_by_cell(facts: Callable[..., Evaluation]) -> None:
    schools = [school("A"), school("B", is_counted=False, parent_school_id="A")]
    schools.append(school("C", is_counted=False, parent_school_id="B"))
    rows = rows_for(stage("A", pupils=300), stage("B", pupils=100), stage("C", "junior", 50), schools=schools)
    del rows["teacher_count"][1]["backbone"]
    rows["premises"][2]["multimedia_rooms"] = None
    found = by_row(facts(rows))
    assert set(found) == {("A", "primary"), ("A", "junior")}
    primary = found["A", "primary"]
    assert (primary["pupils"], primary["R1_num"], primary["R2_num"]) == (400, 16, None)
    assert found["A", "junior"]["pupils"] == 50
    assert primary["R7_num"] is None
    assert primary["R4_num"] is None  # a primary school that now also has juniors has no weights to split by


def test_rows_that_join_each_other_in_a_circle_stay(facts: Callable[..., Evaluation]) -> None:
    schools = [school(a, is_counted=False, parent_school_id=b) for a, b in (("A", "B"), ("B", "A"))]
    found = by_row(facts(rows_for(stage("A"), stage("B"), schools=schools)))
    assert {row["not_counted"] for row in found.values()} == {"not_counted_row"}
    assert len(found) == 2


def test_a_teaching_point_joins_where_the_standard_says_so(
    facts: Callable[..., Evaluation], basic: Parameters
) -> None:
    schools = [school("A"), school("T", "teaching_point", parent_school_id="A")]
    rows = rows_for(stage("A"), stage("T", pupils=60), schools=schools)
    assert by_row(facts(rows, basic))["A", "primary"]["pupils"] == 460
    assert set(by_row(facts(rows))) == {("A", "primary"), ("T", "primary")}


def test_a_relaxation_adds_where_its_condition_holds(facts: Callable[..., Evaluation]) -> None:
    schools = [
        school(name, urban_rural_code=code) for name, code in (("R", "220"), ("U", "111"), ("X", None))
    ]
    rows = rows_for(*(stage(name, pupils=80) for name in "RUX"), schools=schools)
    for row in rows["teacher_count"]:
        row["extra_pe_arts"] = 3
    found = by_row(facts(rows))
    assert [found[name, "primary"]["R3_num"] for name in "RUX"] == [11, 8, 8]
    assert [found[name, "primary"]["R3_relaxed"] for name in "RUX"] == ["R3s", None, None]


def test_several_relaxations_are_named_together(
    facts: Callable[..., Evaluation], parameters: Parameters
) -> None:
    more = replace(
        parameters, additions=(Addition("a", "R2", "TRUE", "pe"), Addition("b", "R2", "pe > 1", "art"))
    )
    row = by_row(facts(rows_for(stage("A"), schools=[school("A")]), more))["A", "primary"]
    assert (row["R2_num"], row["R2_relaxed"]) == (6, "a,b")


def test_absent_stays_absent(facts: Callable[..., Evaluation]) -> None:
    rows = rows_for(
        stage("A"), stage("B", pupils=None), stage("C", pupils=0), schools=[school(n) for n in "ABC"]
    )
    rows["premises"][0]["indoor_sports_area_m2"] = None
    del rows["teacher_count"][0]["art"]
    for row in rows["teacher_count"]:
        row.pop("arts")
    evaluation = facts(rows)
    found = by_row(evaluation)
    assert found["A", "primary"]["R3_value"] is None
    assert found["A", "primary"]["R4_value"] is None
    assert found["B", "primary"]["R1_value"] is None
    counts = evaluation.variation.to_pylist()[0]
    assert (counts["schools"], counts["without_pupils"], counts["unknown_pupils"]) == (1, 1, 1)
    assert counts["mean"] is None


def test_years_are_chosen(
    facts: Callable[..., Evaluation], table_of: Make, measures: Any, parameters: Any
) -> None:
    rows = rows_for(stage("A"), schools=[school("A")])
    both = {
        n: [*found, *({**row, "year": 2023} for row in found)]
        for n, found in rows.items()
        if n != "teacher_count"
    }
    tables = {name: table_of(found) for name, found in both.items()}
    for years, expected in ((None, {2023, 2024}), ([2023], {2023}), ([2023, 2024], {2023, 2024})):
        values = evaluate(tables, measures, parameters, years=years).values
        assert set(values.column("year").to_pylist()) == expected


@pytest.mark.parametrize("absent", ["school", "stage"])
def test_without_schools_or_stages_nothing_is_evaluated(
    engine: str, table_of: Make, measures: Any, parameters: Any, absent: str
) -> None:
    rows = rows_for(stage("A"), schools=[school("A")])
    tables = {name: table_of(found) for name, found in rows.items() if name != absent}
    with pytest.raises(UserError, match="absent"):
        evaluate(tables, measures, parameters, engine=engine)


def test_a_stage_without_its_school_is_refused(facts: Callable[..., Evaluation]) -> None:
    with pytest.raises(UserError, match="学校 B"):
        facts(rows_for(stage("A"), stage("B"), schools=[school("A")]))


@pytest.mark.parametrize("keys", [("R1", "r1"), ("R 1",), ("",), ("1R",)])
def test_keys_must_be_usable_as_columns(facts: Callable[..., Evaluation], keys: tuple[str, ...]) -> None:
    chosen = tuple(Measure(key, load_catalogue()["books_per_pupil"]) for key in keys)
    with pytest.raises(UserError, match="key of a measure"):
        facts(rows_for(stage("A"), schools=[school("A")]), keys=chosen)


def test_the_query_is_kept_and_no_value_can_break_out_of_it(
    facts: Callable[..., Evaluation], parameters: Parameters
) -> None:
    evil = replace(parameters, exclude_run_by=frozenset({"x'); DROP TABLE school; --"}))
    evaluation = facts(rows_for(stage("A"), schools=[school("A")]), evil)
    assert evaluation.values.num_rows == 1
    assert "stage_view" in evaluation.sql
    assert "x''); DROP TABLE" in evaluation.sql
