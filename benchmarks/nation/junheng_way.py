"""The nation with Junheng: its own evaluation and verdicts, on the engine JUNHENG_BENCH_ENGINE names."""

import os
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.nation.phases import main
from benchmarks.nation.rules import KEYS, STAGES, Rules
from junheng.indicators import Evaluation, evaluate, load_catalogue
from junheng.judgement import judge_rows, measures_of, parameters_of
from junheng.standards import Standard, resolve

ENGINE = os.environ.get("JUNHENG_BENCH_ENGINE", "duckdb")
_FACTS = ("school", "stage", "premises")


def facts(folder: Path, rules: Rules) -> tuple[Standard, list[Evaluation]]:
    """Evaluations of the years that have reported counts, and of the year that has the register instead."""
    standard = resolve("quality-2017", on=date(rules.register_year, 9, 1))
    measures, parameters = measures_of(standard, load_catalogue()), parameters_of(standard)
    tables = {name: folder / f"{name}.parquet" for name in _FACTS}
    counted = _years(folder / "teacher_count.parquet")
    runs = [("teacher_count", counted), ("teacher", [rules.register_year])]
    return standard, [
        evaluate(
            tables | {name: folder / f"{name}.parquet"}, measures, parameters, years=years, engine=ENGINE
        )
        for name, years in runs
        if years
    ]


def _years(path: Path) -> list[int]:
    """The years of a file, from the statistics of its row groups."""
    file = pq.ParquetFile(path)
    place = file.schema_arrow.get_field_index("year")
    groups = (
        file.metadata.row_group(number).column(place).statistics for number in range(file.num_row_groups)
    )
    return sorted({year for found in groups for year in range(found.min, found.max + 1)})


def verdicts(found: tuple[Standard, list[Evaluation]], rules: Rules) -> list[pa.Table]:
    """Codes of every row, exact near the lines."""
    standard, evaluations = found
    return [judge_rows(evaluation, standard) for evaluation in evaluations]


def write(found: tuple[Standard, list[Evaluation]], judged: list[pa.Table], folder: Path) -> None:
    """The answers in the common form, for comparison."""
    parts = [_answers(evaluation, codes) for evaluation, codes in zip(found[1], judged, strict=True)]
    pq.write_table(pa.concat_tables(parts), folder / "values.parquet")
    pq.write_table(_wide([evaluation.variation for evaluation in found[1]]), folder / "variation.parquet")


def _answers(evaluation: Evaluation, codes: pa.Table) -> pa.Table:
    values = evaluation.values
    columns = {name: values[name] for name in ("year", "stage")}
    columns |= {key: values[f"{key}_value"] for key in KEYS}
    columns["school_id"] = values["school_id"].cast(pa.int64())
    columns |= {name: codes[name].cast(pa.int64()) for name in ("met", "verdict")}
    table = pa.table(columns)
    return table.filter(pc.is_in(table["stage"], pa.array(STAGES)))


def _wide(parts: list[pa.Table]) -> pa.Table:
    frame = pa.concat_tables(parts).select(["year", "county_code", "stage", "indicator", "mean", "sd", "cv"])
    wide = frame.to_pandas().pivot(index=["year", "county_code", "stage"], columns="indicator")
    wide.columns = [f"{key}_{part}" for part, key in wide.columns]
    return pa.Table.from_pandas(wide.reset_index(), preserve_index=False)


if __name__ == "__main__":
    main(facts, verdicts, write)
