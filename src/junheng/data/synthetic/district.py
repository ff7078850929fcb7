"""The made-up district XX区: three school years of all tables, the same on every machine."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from junheng.data.synthetic.county import (
    attestation_rows,
    county_row,
    monitoring_rows,
    quota_rows,
    survey_rows,
)
from junheng.data.synthetic.design import Design, load_design
from junheng.data.synthetic.draws import Draws
from junheng.data.synthetic.numbers import SchoolNumbers, district_numbers
from junheng.data.synthetic.premises import finance_rows, premises_row, room_rows
from junheng.data.synthetic.pupils import StageClasses, class_rows, cohort_rows, stage_classes, stage_row
from junheng.data.synthetic.staff import teacher_count_row
from junheng.data.synthetic.tables import Row, table_of

Rows = dict[str, list[Row]]
DEFAULT_SEED = 2024


def make_district(
    seed: int = DEFAULT_SEED, *, years: Iterable[int] | None = None, last: int | None = None
) -> dict[str, pa.Table]:
    """Canonical tables of XX区 for ``years`` (default: all three of the design), sorted by year.

    ``last`` moves the design so that its three years end there. Whatever the seed, the last year gives the counts of
    the design: 66 primary and 30 junior school-stages, 46/15/17/46/35/22/43 and 26/14/4/24/16/14/15 at the lines of
    quality-2017, 5 and 0 passing.
    """
    design = load_design() if last is None else load_design().ending(last)
    return tables_of(design, seed, design.years if years is None else years)


def tables_of(design: Design, seed: int, years: Iterable[int]) -> dict[str, pa.Table]:
    """Canonical tables of the county ``design`` tells of, year by year."""
    draws = Draws(seed)
    rows: Rows = {}
    for year in years:
        for table, found in _year(design, draws, year).items():
            rows.setdefault(table, []).extend(found)
    return {table: table_of(table, found) for table, found in rows.items()}


def _year(design: Design, draws: Draws, year: int) -> Rows:
    rows: Rows = {}
    for numbers in district_numbers(design, draws, year):
        for table, found in _school(design, draws, numbers).items():
            rows.setdefault(table, []).extend(found)
    return rows | _county(design, draws, year, rows["stage"])


def _school(design: Design, draws: Draws, numbers: SchoolNumbers) -> Rows:
    classes = list(stage_classes(design, draws, numbers))
    stages = [stage_row(design, draws, found) for found in classes]
    return {
        "school": [_school_row(design, numbers)],
        "stage": stages,
        "cohort": [row for stage in stages for row in cohort_rows(draws, stage)],
        "class": [row for found in classes for row in class_rows(found)],
        "teacher_count": [teacher_count_row(design, draws, numbers, stage) for stage in numbers.pupils],
        "premises": [premises_row(design, draws, numbers)],
        "special_room": list(room_rows(design, draws, numbers, _class_total(classes))),
        "finance": list(finance_rows(design, draws, numbers, stages)),
    }


def _county(design: Design, draws: Draws, year: int, stages: Sequence[Row]) -> Rows:
    county = county_row(design, draws, year, stages)
    return {
        "county": [county],
        "quota": list(quota_rows(design, year, stages)),
        "survey": list(survey_rows(design, draws, county)),
        "monitoring": list(monitoring_rows(design, draws, year)),
        "attestation": list(attestation_rows(design, year)),
    }


def _class_total(classes: Sequence[StageClasses]) -> int:
    return sum(len(found.sizes) for found in classes)


def _school_row(design: Design, numbers: SchoolNumbers) -> Row:
    school = numbers.school
    texts = ("ownership", "run_by", "town_code", "urban_rural_code")
    return {
        "year": numbers.year,
        "school_id": school.school_id,
        "name": school.name,
        "kind": school.kind,
        "county_code": design.county_code,
        **{column: school.row[column] for column in texts},
        **{column: float(school.row[column]) if school.row[column] else None for column in ("lon", "lat")},
        "parent_school_id": school.parent_school_id,
        "is_counted": school.is_counted,
        "built_year": int(school.row["built_year"]),
        "is_dense_core": school.is_dense_core,
        "is_boarding": school.row["is_boarding"] == "1",
        "is_weak": school.row["is_weak"] == "1",
        "group_id": school.row["group_id"] or None,
    }
