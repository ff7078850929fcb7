"""DuckDB against the plain reference, on counties nobody would have thought of."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.indicators import EXPECTED_STAGES, Measure, Parameters, evaluate

KINDS = (*EXPECTED_STAGES, "special", "vocational", None)
POLICIES = ("separate_if_ge_min", "merge_into_parent", "exclude")
TEACHERS = (
    "doctor",
    "master",
    "bachelor",
    "associate",
    "backbone",
    "pe",
    "music",
    "art",
    "arts",
    "extra_pe_arts",
)
AREAS = ("teaching_area_m2", "indoor_sports_area_m2", "sports_ground_area_m2", "converted_sports_m2")
AREAS += ("leased_sports_m2", "lease_walk_min", "equipment_value_yuan", "multimedia_rooms")
Tables = dict[str, list[dict[str, Any]]]
LIMITS = settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def some(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Any:
    """A value, or now and then a blank."""
    return draw(st.one_of(values, values, values, values, st.none()))


@st.composite
def counties(draw: st.DrawFn) -> Tables:
    """Two years, up to seven schools of any kind, cells and rows missing, schools joining each other."""
    tables: Tables = {"school": [], "stage": [], "teacher_count": [], "premises": []}
    count = draw(st.integers(1, 7))
    for year in draw(st.sampled_from([(2024,), (2023, 2024)])):
        for number in range(count):
            _school(draw, tables, year, f"S{number}", [f"S{other}" for other in range(count + 1)])
    return tables


def _school(draw: st.DrawFn, tables: Tables, year: int, school_id: str, parents: list[str]) -> None:
    kind = draw(st.sampled_from(KINDS))
    key = {"year": year, "school_id": school_id}
    school = {
        "county_code": draw(st.sampled_from(["150102", "150103"])),
        "name": f"学校{school_id}",
        "kind": kind,
        "ownership": draw(st.sampled_from(["public", "public", "private", None])),
        "run_by": draw(st.sampled_from(["county", "city", None])),
        "urban_rural_code": draw(st.sampled_from(["111", "220", None])),
        "group_id": None,
        "is_counted": draw(st.sampled_from([True, True, False, None])),
        "parent_school_id": draw(st.one_of(st.none(), st.sampled_from(parents))),
        "is_dense_core": draw(st.sampled_from([True, False, None])),
    }
    tables["school"].append(key | school)
    usual = EXPECTED_STAGES.get(kind or "", ("primary",))
    odd = st.sets(st.sampled_from(["primary", "junior", "senior"]), min_size=1)
    for stage in sorted(draw(st.one_of(st.just(usual), st.just(usual), odd))):
        pupils = some(draw, st.one_of(st.just(0), st.integers(40, 120), st.integers(1, 3000)))
        tables["stage"].append(key | {"stage": stage, "pupils": pupils})
        if draw(st.integers(0, 9)):
            row = {name: some(draw, st.integers(0, 200)) for name in TEACHERS}
            tables["teacher_count"].append(key | {"stage": stage} | row)
    if draw(st.integers(0, 9)):
        decimals = st.decimals(0, 9000, places=2).map(float)
        row = {name: some(draw, decimals) for name in AREAS} | {"lease_id": some(draw, st.just("L1"))}
        tables["premises"].append(key | row)


Make = Callable[[list[dict[str, Any]]], pa.Table]


@given(rows=counties(), policy=st.sampled_from(POLICIES), private=st.booleans())
@LIMITS
def test_duckdb_agrees_with_the_reference(
    rows: Tables,
    policy: Any,
    private: bool,
    measures: tuple[Measure, ...],
    parameters: Parameters,
    table_of: Make,
    agree: Callable[[pa.Table, pa.Table], None],
) -> None:
    chosen = replace(
        parameters, teaching_point_policy=policy, count_private=private, exclude_run_by=frozenset({"city"})
    )
    tables = {name: table_of(found) for name, found in rows.items() if found}
    fast = evaluate(tables, measures, chosen)
    slow = evaluate(tables, measures, chosen, engine="python")
    agree(fast.values, slow.values)
    agree(fast.variation, slow.variation)


@given(rows=counties(), seed=st.randoms(use_true_random=False))
@LIMITS
def test_the_order_of_rows_does_not_matter(
    rows: Tables, seed: Any, measures: tuple[Measure, ...], parameters: Parameters, table_of: Make
) -> None:
    shuffled = {name: seed.sample(found, len(found)) for name, found in rows.items()}
    one, other = (
        evaluate({name: table_of(found) for name, found in given_rows.items() if found}, measures, parameters)
        for given_rows in (rows, shuffled)
    )
    identity = ["year", "county_code", "stage", "school_id"]
    assert one.values.select(identity) == other.values.select(identity)
    for name in ("mean", "cv"):
        pairs = zip(
            one.variation.column(name).to_pylist(), other.variation.column(name).to_pylist(), strict=True
        )
        assert all(a == pytest.approx(b, rel=1e-12, abs=1e-14) for a, b in pairs if a is not None)
        assert one.variation.column(name).is_null() == other.variation.column(name).is_null()


@given(rows=counties())
@LIMITS
def test_splitting_conserves_what_the_school_has(
    rows: Tables, measures: tuple[Measure, ...], parameters: Parameters, table_of: Make
) -> None:
    alone = {
        name: [row | {"parent_school_id": None} if name == "school" else row for row in found]
        for name, found in rows.items()
    }
    tables = {name: table_of(found) for name, found in alone.items() if found}
    values = evaluate(tables, measures, parameters).values.to_pylist()
    books = {(row["year"], row["school_id"]): row.get("multimedia_rooms") for row in rows["premises"]}
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in values:
        groups.setdefault((row["year"], row["school_id"]), []).append(row)
    for school, group in groups.items():
        if all(row["share"] is not None for row in group) and books.get(school) is not None:
            assert sum(row["share"] for row in group) == pytest.approx(1)
            assert sum(row["R7_num"] for row in group) == pytest.approx(books[school])
