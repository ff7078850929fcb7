"""A made-up county of any size in memory, and a made-up nation as a folder of Parquet files."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from junheng.data.synthetic.scale import (
    Columns,
    ScaleSchools,
    draw_schools,
    premises_columns,
    school_columns,
    stage_columns,
    table_from_columns,
    teacher_columns,
)

COUNTY_CODE = "999902"  # unassigned, like every code of the made-up data
_FIRST_NATION_CODE = 990001
_REGISTER_BLOCK = 1_000_000

_EDUCATION = (
    ["doctor", "master", "bachelor", "associate", "secondary_or_below"],
    [0.001, 0.06, 0.74, 0.18, 0.019],
)
_SUBJECTS = (
    ["chinese", "maths", "english", "science", "pe", "music", "art", "arts", "other"],
    [0.28, 0.26, 0.12, 0.08, 0.07, 0.04, 0.04, 0.004, 0.106],
)
_BACKBONE = (["none", "school", "county", "city", "province"], [0.74, 0.1, 0.11, 0.04, 0.01])
_TITLES = (["none", "junior", "middle", "associate_senior"], [0.1, 0.38, 0.4, 0.12])


def make_county(schools: int, seed: int, *, year: int = 2024) -> dict[str, pa.Table]:
    """school, stage, teacher_count and premises of one county with ``schools`` schools, in memory."""
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn = draw_schools(schools, np.array([COUNTY_CODE]), generator)
    stage, tables = _year_tables(drawn, school_columns(drawn, generator), year, generator)
    return tables | {
        "teacher_count": table_from_columns("teacher_count", year, teacher_columns(stage, generator))
    }


def make_nation(
    schools: int,
    years: Iterable[int],
    folder: Path,
    seed: int,
    *,
    counties: int = 3000,
    teachers: int = 0,
    first: int = 1,
) -> None:
    """Write school, stage, premises and teacher_count for ``years`` to ``folder``, a Parquet file a table.

    The schools are numbered from ``first`` on. With ``teachers`` > 0 the last year has a register (teacher.parquet)
    of so many rows, and no counts.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    codes = np.arange(_FIRST_NATION_CODE, _FIRST_NATION_CODE + counties).astype(str)
    drawn = draw_schools(schools, codes, generator, first)
    school = school_columns(drawn, generator)
    span = sorted(years)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers: dict[str, pq.ParquetWriter] = {}
        for year in span:
            stage, tables = _year_tables(drawn, school, year, generator)
            if teachers and year == span[-1]:
                _write_register(folder / "teacher.parquet", year, stage, teachers, generator)
            else:
                counts = teacher_columns(stage, generator)
                tables["teacher_count"] = table_from_columns("teacher_count", year, counts)
            for name, table in tables.items():
                if name not in writers:
                    path = folder / f"{name}.parquet"
                    writers[name] = stack.enter_context(pq.ParquetWriter(path, table.schema))
                writers[name].write_table(table)


def _year_tables(
    drawn: ScaleSchools, school: Columns, year: int, generator: np.random.Generator
) -> tuple[Columns, dict[str, pa.Table]]:
    stage, place = stage_columns(drawn, generator)
    columns = {
        "school": school,
        "stage": stage,
        "premises": premises_columns(drawn, stage, place, generator),
    }
    return stage, {name: table_from_columns(name, year, found) for name, found in columns.items()}


def _write_register(
    path: Path, year: int, stage: Columns, teachers: int, generator: np.random.Generator
) -> None:
    """A register of ``teachers`` rows, block by block; large school-stages get more of them."""
    weights = np.maximum(stage["pupils"], 1)
    counts = generator.multinomial(teachers, weights / weights.sum())
    place = np.repeat(np.arange(len(counts)), counts)
    writer: pq.ParquetWriter | None = None
    for first in range(0, teachers, _REGISTER_BLOCK):
        block = place[first : first + _REGISTER_BLOCK]
        table = table_from_columns("teacher", year, _teachers(first, block, stage, generator))
        if writer is None:
            writer = pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _teachers(first: int, place: np.ndarray, stage: Columns, generator: np.random.Generator) -> Columns:
    count = len(place)

    def one_of(given: tuple[list[str], list[float]]) -> pa.Array:
        codes = generator.choice(len(given[0]), size=count, p=given[1]).astype(np.int8)
        return pa.DictionaryArray.from_arrays(codes, given[0])

    return {
        "teacher_id": np.char.add("T", np.char.zfill(np.arange(first, first + count).astype(str), 8)),
        "school_id": stage["school_id"][place],
        "stage": stage["stage"][place],
        "is_full_time": np.ones(count, dtype=bool),
        "education": one_of(_EDUCATION),
        "subject": one_of(_SUBJECTS),
        "backbone_level": one_of(_BACKBONE),
        "has_certificate": generator.random(count) < 0.99,
        "training_hours_5y": np.round(generator.normal(390, 30, count)),
        "title": one_of(_TITLES),
        "eligible_to_rotate": generator.random(count) < 0.4,
        "rotated": generator.random(count) < 0.05,
        "extra_pe_arts": np.zeros(count, dtype=bool),
    }
