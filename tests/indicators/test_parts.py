"""Large inputs: Parquet, one year at a time, registers in place of counts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from junheng.basics import UserError
from junheng.data.synthetic.nation import make_nation
from junheng.indicators import Evaluation, Measure, Parameters, evaluate, parts

Agree = Callable[[pa.Table, pa.Table], None]


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 schools of 3 counties, 2023 with counts and 2024 with a register of teachers."""
    folder = tmp_path_factory.mktemp("nation")
    make_nation(60, (2023, 2024), folder, 3, counties=3, teachers=2500)
    return folder


@pytest.fixture(scope="module")
def paths(nation: Path) -> dict[str, Path]:
    return {
        name: nation / f"{name}.parquet"
        for name in ("school", "stage", "premises", "teacher_count", "teacher")
    }


@pytest.fixture(scope="module")
def whole(paths: dict[str, Path], measures: tuple[Measure, ...], parameters: Parameters) -> Evaluation:
    return evaluate(paths, measures, parameters)


def test_tables_on_disk_and_in_memory_agree(
    whole: Evaluation, paths: dict[str, Path], measures: Any, parameters: Any, agree: Agree
) -> None:
    tables = {name: pq.read_table(path) for name, path in paths.items()}
    found = evaluate(tables, measures, parameters)
    agree(found.values, whole.values)
    agree(found.variation, whole.variation)


def test_the_reference_counts_the_same_teachers(
    whole: Evaluation, paths: dict[str, Path], measures: Any, parameters: Any, agree: Agree
) -> None:
    plain = evaluate(paths, measures, parameters, engine="python")
    agree(plain.values, whole.values)
    agree(plain.variation, whole.variation)
    assert plain.values.column("R1_num").null_count == whole.values.column("R1_num").null_count
    assert {2023, 2024} == {row["year"] for row in whole.values.to_pylist() if row["R1_value"] is not None}


@pytest.mark.parametrize("years", [None, [2024], [2023, 2024]])
def test_one_year_at_a_time_is_the_same(
    whole: Evaluation,
    paths: dict[str, Path],
    measures: Any,
    parameters: Any,
    agree: Agree,
    years: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    once = whole if years is None else evaluate(paths, measures, parameters, years=years)
    monkeypatch.setattr(parts, "MANY_ROWS", 10)
    found = evaluate(paths, measures, parameters, years=years)
    agree(found.values, once.values)
    agree(found.variation, once.variation)
    assert found.sql.count("FROM stage_view") == len(years or (2023, 2024))
    assert ("FROM teacher)" in found.sql) == (years is None or 2024 in years)


def test_a_register_fills_single_rows_that_were_not_reported(
    paths: dict[str, Path], measures: Any, parameters: Any, agree: Agree
) -> None:
    counts, register = pq.read_table(paths["teacher_count"]), pq.read_table(paths["teacher"])
    later = counts.set_column(0, "year", pa.array([2024] * counts.num_rows, pa.int32())).slice(0, 20)
    tables = {**paths, "teacher_count": later, "teacher": register}
    fast, slow = (
        evaluate(tables, measures, parameters, years=[2024], engine=engine) for engine in ("duckdb", "python")
    )
    agree(fast.values, slow.values)
    reported = {(row["school_id"], row["stage"]): row["backbone"] for row in later.to_pylist()}
    rows = {(row["school_id"], row["stage"]): row["R2_num"] for row in fast.values.to_pylist()}
    assert all(rows[key] == count for key, count in reported.items())
    assert len(rows) > len(reported)


def test_a_folder_of_files_and_a_pattern_read_alike(
    whole: Evaluation, paths: dict[str, Path], measures: Any, parameters: Any, tmp_path: Path
) -> None:
    stage = pq.read_table(paths["stage"])
    for place in range(3):
        folder = tmp_path / "stage" / str(place)
        folder.mkdir(parents=True)
        pq.write_table(stage.slice(place * 40, 40 if place < 2 else None), folder / "part.parquet")
        pq.write_table(
            stage.slice(place * 40, 40 if place < 2 else None), tmp_path / f"stage_{place}.parquet"
        )
    for path in (tmp_path / "stage", tmp_path / "stage_*.parquet"):
        assert evaluate({**paths, "stage": path}, measures, parameters).values == whole.values


def test_a_truncated_file_is_refused_by_name(
    paths: dict[str, Path], measures: Any, parameters: Any, tmp_path: Path
) -> None:
    broken = tmp_path / "premises.parquet"
    broken.write_bytes(paths["premises"].read_bytes()[:-50])
    with pytest.raises(UserError) as caught:
        evaluate({**paths, "premises": broken}, measures, parameters)
    assert str(broken) in caught.value.where


def test_words_where_numbers_are_due_are_refused(
    paths: dict[str, Path], measures: Any, parameters: Any, tmp_path: Path
) -> None:
    stage = pq.read_table(paths["stage"])
    words = stage.set_column(
        stage.column_names.index("pupils"), "pupils", pa.array(["many"] * stage.num_rows)
    )
    pq.write_table(words, tmp_path / "stage.parquet")
    with pytest.raises(UserError, match="cannot be read") as caught:
        evaluate({**paths, "stage": tmp_path / "stage.parquet"}, measures, parameters)
    assert "many" in str(caught.value.why)


def test_a_file_that_is_not_there_is_refused(paths: dict[str, Path], measures: Any, parameters: Any) -> None:
    with pytest.raises(UserError, match="No Parquet"):
        evaluate({**paths, "stage": Path("nowhere") / "stage.parquet"}, measures, parameters)
