"""A standard's parameters as plain values, and small inputs written as rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from junheng.indicators import Addition, Measure, Parameters, load_catalogue

QUALITY = {
    "R1": "teachers_above_required_education_per_100",
    "R2": "backbone_teachers_per_100",
    "R3": "pe_and_arts_teachers_per_100",
    "R4": "teaching_area_per_pupil",
    "R5": "sports_area_per_pupil",
    "R6": "equipment_value_per_pupil",
    "R7": "multimedia_rooms_per_100",
}
SPLIT = (
    "teaching_area_m2",
    "indoor_sports_area_m2",
    "sports_ground_area_m2",
    "equipment_value_yuan",
    "multimedia_rooms",
)
TYPES = {
    "year": pa.int32(),
    "is_counted": pa.bool_(),
    "is_dense_core": pa.bool_(),
    **dict.fromkeys(
        ("school_id", "name", "kind", "ownership", "run_by", "county_code", "stage"), pa.string()
    ),
    **dict.fromkeys(("urban_rural_code", "group_id", "parent_school_id", "lease_id"), pa.string()),
}
Rows = Sequence[Mapping[str, Any]]


def _table(rows: Rows) -> pa.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({n: pa.array([row.get(n) for row in rows], TYPES.get(n, pa.float64())) for n in names})


@pytest.fixture(scope="session")
def table_of() -> Callable[[Rows], pa.Table]:
    """Rows to an Arrow table with canonical types; numbers become doubles."""
    return _table


@pytest.fixture(scope="session")
def measures() -> tuple[Measure, ...]:
    """R1 to R7."""
    catalogue = load_catalogue()
    return tuple(Measure(key, catalogue[name]) for key, name in QUALITY.items())


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    """Split, counting and relaxations as quality-2017 has them."""
    nine = {"primary": Decimal(1), "junior": Decimal("1.1")}
    return Parameters(
        stages=("primary", "junior"),
        split_weights={
            "nine_year": nine,
            "complete_secondary": {"junior": Decimal(1), "senior": Decimal("1.2")},
            "twelve_year": {**nine, "senior": Decimal("1.32")},
        },
        split_columns=frozenset(SPLIT),
        exclude_kinds=frozenset({"special", "vocational"}),
        exclude_run_by=frozenset(),
        count_private=True,
        teaching_point_policy="separate_if_ge_min",
        teaching_point_min_pupils=50,
        additions=(
            Addition(
                "R3s",
                "R3",
                "pupils >= 50 AND pupils < 100 AND urban_rural_code IN ('210', '220')",
                "extra_pe_arts",
            ),
            Addition(
                "R5d",
                "R5",
                "is_dense_core AND lease_walk_min <= 10 AND lease_id IS NOT NULL",
                "COALESCE(converted_sports_m2, 0) + COALESCE(leased_sports_m2, 0)",
            ),
        ),
    )


@pytest.fixture(scope="session")
def basic(parameters: Parameters) -> Parameters:
    """Another way to count: no private schools, teaching points merged, nobody but the county's own."""
    return replace(
        parameters,
        count_private=False,
        teaching_point_policy="merge_into_parent",
        exclude_run_by=frozenset({"city", "province"}),
    )


def _compare(left: pa.Table, right: pa.Table) -> None:
    assert left.schema == right.schema
    assert left.num_rows == right.num_rows
    for name in left.column_names:
        ones, others = left.column(name).to_pylist(), right.column(name).to_pylist()
        if pa.types.is_floating(left.schema.field(name).type):
            for one, other in zip(ones, others, strict=True):
                assert (one is None) == (other is None), (name, one, other)
                assert one is None or one == pytest.approx(other, rel=1e-9, abs=1e-12), name
        else:
            assert ones == others, name


@pytest.fixture(scope="session")
def agree() -> Callable[[pa.Table, pa.Table], None]:
    """Same schema, same rows in the same order, numbers within 1e-9."""
    return _compare
