"""Every cell behind a school-stage, with its place; campuses and registers included."""

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from junheng.data import Source, SourceColumn
from junheng.judgement import assess
from junheng.judgement.finding_cells import SCHEMA, cells_table
from junheng.standards import Standard


@pytest.fixture
def cells(quality: Standard, county_of: Any, as_read: Any) -> Any:
    def of(*schools: Any, ids: tuple[str, ...] = ("A",), change: Any = None) -> list[dict[str, Any]]:
        checked = as_read(county_of(*schools))
        if change is not None:
            checked = replace(checked, snapshot=change(checked.snapshot))
        evaluation = assess(checked, quality, year=2024).evaluation
        found = cells_table(checked.snapshot, evaluation, 2024, ids)
        assert found.schema == SCHEMA
        rows: list[dict[str, Any]] = found.to_pylist()
        return rows

    return of


def _one(rows: list[dict[str, Any]], column: str, **where: Any) -> dict[str, Any]:
    chosen = [row for row in rows if row["column"] == column and all(row[k] == v for k, v in where.items())]
    assert len(chosen) == 1
    return chosen[0]


def test_each_cell_has_its_place(cells: Any, school_of: Any) -> None:
    rows = cells(school_of("A", teaching_area_m2=4500.5))
    area = _one(rows, "teaching_area_m2")
    assert (area["value"], area["raw"], area["unit"], area["row"]) == (4500.5, "4500.5", "m2", 3)
    assert (area["file"], area["cell"]) == ("book.xlsx", "C3")
    assert _one(rows, "kind")["text"] == "primary"
    assert _one(rows, "is_counted")["text"] == "true"
    wanted = {"pupils", "backbone", "pe", "music", "art", "arts", "equipment_value_yuan", "is_dense_core"}
    assert wanted <= {row["column"] for row in rows}


def test_other_schools_are_left_out(cells: Any, school_of: Any) -> None:
    rows = cells(school_of("A"), school_of("B"))
    assert {row["school_id"] for row in rows} == {"A"}


def test_a_merged_campus_brings_its_cells(cells: Any, school_of: Any) -> None:
    rows = cells(school_of("A"), school_of("B", is_counted=False, parent_school_id="A", pe=3))
    assert _one(rows, "pe", school_id="B")["merged_into"] == "A"
    assert _one(rows, "pe", school_id="A")["merged_into"] is None


def test_several_columns_added_up_are_all_named(cells: Any, school_of: Any) -> None:
    def added(snapshot: Any) -> Any:
        source = next(s for s in snapshot.sources if s.table == "premises")
        two = (SourceColumn("甲", "F", "亩"), SourceColumn("乙", "G", "亩"))
        mended = replace(source, columns={**source.columns, "teaching_area_m2": two})
        return replace(snapshot, sources=tuple(mended if s is source else s for s in snapshot.sources))

    area = _one(cells(school_of("A"), change=added), "teaching_area_m2")
    assert (area["cell"], area["unit"]) == ("F3+G3", "亩")


def test_a_cell_a_check_condemned_keeps_its_words(cells: Any, school_of: Any) -> None:
    def condemned(snapshot: Any) -> Any:
        premises = snapshot.tables["premises"]
        index = premises.column_names.index("teaching_area_m2")
        blank = premises.set_column(index, "teaching_area_m2", pa.nulls(premises.num_rows, pa.float64()))
        return replace(snapshot, tables={**snapshot.tables, "premises": blank})

    area = _one(cells(school_of("A"), change=condemned), "teaching_area_m2")
    assert area["value"] is None
    assert area["raw"] == "5000.0"


def test_a_figure_counted_from_a_register_names_the_register(cells: Any, school_of: Any) -> None:
    def counted(snapshot: Any) -> Any:
        register = Source("teacher", "teachers.csv", "", {"education": (SourceColumn("学历", "D"),)})
        raw = snapshot.raw["teacher_count"]
        blank = raw.set_column(raw.column_names.index("pe"), "pe", pa.nulls(raw.num_rows, pa.string()))
        return replace(
            snapshot,
            sources=(*snapshot.sources, register),
            raw={**snapshot.raw, "teacher_count": blank},
        )

    rows = cells(school_of("A"), change=counted)
    found = _one(rows, "pe")
    assert (found["file"], found["row"], found["cell"], found["from_register"]) == (
        "teachers.csv",
        None,
        None,
        True,
    )
    assert _one(rows, "music")["from_register"] is False
