"""The same on Spark. Skips, visibly, where Java or pyspark is absent."""

import builtins
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from junheng.basics import UserError
from junheng.data.engines import per_county, run_sql, spark_engine
from junheng.data.synthetic.nation import make_nation
from junheng.indicators import Addition, Measure, Parameters, evaluate, load_catalogue

pytestmark = pytest.mark.spark
TABLE = pa.table({"county_code": ["2", "1", "2", None], "pupils": [1.0, 2.0, 3.0, None]})
SCHEMA = pa.schema([("county_code", pa.string()), ("pupils", pa.float64())])


@pytest.fixture(scope="module")
def spark() -> None:
    """Spark can run here."""
    pytest.importorskip("pyspark", reason="pyspark absent")
    if shutil.which("java") is None:
        pytest.skip("Java absent")


@pytest.fixture
def fresh_session() -> Any:
    """Forget whether a session exists, for the length of one test."""
    spark_engine.spark_session.cache_clear()
    yield
    spark_engine.spark_session.cache_clear()


def test_sql_is_translated(spark: None) -> None:
    sql = "SELECT county_code, SUM(pupils) / NULLIF(COUNT(*), 0) AS x FROM t WHERE county_code IS NOT NULL GROUP BY 1"
    ones, others = (run_sql(engine, {"t": TABLE}, sql + " ORDER BY 1") for engine in ("duckdb", "spark"))
    assert ones.to_pylist() == others.to_pylist()


def test_parquet_files_and_folders_are_read(spark: None, tmp_path: Path) -> None:
    pq.write_table(TABLE, tmp_path / "a.parquet")
    pq.write_table(TABLE, tmp_path / "b.parquet")
    for path, rows in ((tmp_path / "a.parquet", 4), (tmp_path, 8), (tmp_path / "*.parquet", 8)):
        assert run_sql("spark", {"t": path}, "SELECT COUNT(*) AS n FROM t")["n"][0].as_py() == rows


def largest(county: pa.Table) -> pa.Table:
    top = pc.max(county.column("pupils")).as_py()
    return pa.table({"county_code": county.column("county_code").slice(0, 1), "pupils": [top]})


def test_counties_are_handed_over_whole(spark: None) -> None:
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    sql = "SELECT * FROM t WHERE county_code IS NOT NULL"
    ones, others = (per_county(engine, {"t": TABLE}, sql, largest, SCHEMA) for engine in ("duckdb", "spark"))
    assert ones.to_pylist() == others.to_pylist()


@pytest.fixture(scope="module")
def question() -> tuple[tuple[Measure, ...], Parameters]:
    """Measures of every shape: by stage, split, with a relaxation, with the denominator of its own."""
    catalogue = load_catalogue()
    ids = {
        "R1": "teachers_above_required_education_per_100",
        "R3": "pe_and_arts_teachers_per_100",
        "R4": "teaching_area_per_pupil",
        "R7": "multimedia_rooms_per_100",
        "S": "pupils_per_class",
    }
    parameters = Parameters(
        stages=("primary", "junior"),
        split_weights={"nine_year": {"primary": Decimal(1), "junior": Decimal("1.1")}},
        split_columns=frozenset({"teaching_area_m2", "indoor_sports_area_m2"}),
        exclude_kinds=frozenset({"special"}),
        exclude_run_by=frozenset({"city"}),
        count_private=False,
        teaching_point_policy="merge_into_parent",
        teaching_point_min_pupils=50,
        additions=(
            Addition(
                "R3s", "R3", "pupils < 300 AND urban_rural_code IN ('210', '220')", "extra_pe_arts + 0.5"
            ),
        ),
    )
    return tuple(Measure(key, catalogue[name]) for key, name in ids.items()), parameters


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("nation")
    make_nation(80, (2023, 2024), folder, 5, counties=3, teachers=3000)
    return {
        name: folder / f"{name}.parquet"
        for name in ("school", "stage", "premises", "teacher_count", "teacher")
    }


def with_merging_rows(tables: dict[str, Any]) -> dict[str, Any]:
    """Every fifth school becomes a campus of the one before; some cells go blank."""
    school = pq.read_table(tables["school"])
    ids = school.column("school_id").to_pylist()
    joins = [place % 5 == 4 for place in range(len(ids))]
    parents = [ids[place - 1] if join else None for place, join in enumerate(joins)]
    for name, column in (
        ("parent_school_id", pa.array(parents)),
        ("is_counted", pa.array([not join for join in joins])),
    ):
        place = school.column_names.index(name) if name in school.column_names else None
        school = (
            school.append_column(name, column) if place is None else school.set_column(place, name, column)
        )
    premises = pq.read_table(tables["premises"])
    place = premises.column_names.index("teaching_area_m2")
    areas = [None if row % 7 == 0 else area for row, area in enumerate(premises.column(place).to_pylist())]
    return {
        **tables,
        "school": school,
        "premises": premises.set_column(place, "teaching_area_m2", pa.array(areas)),
    }


def compare(left: pa.Table, right: pa.Table) -> None:
    assert left.schema == right.schema
    for name in left.column_names:
        for one, other in zip(left.column(name).to_pylist(), right.column(name).to_pylist(), strict=True):
            assert one == (
                pytest.approx(other, rel=1e-9, abs=1e-12) if isinstance(other, float) else other
            ), name


@pytest.mark.parametrize("merging", [False, True])
def test_spark_agrees_with_duckdb(spark: None, nation: dict[str, Path], question: Any, merging: bool) -> None:
    tables = with_merging_rows(nation) if merging else nation
    ones, others = (evaluate(tables, *question, engine=engine) for engine in ("duckdb", "spark"))
    compare(others.values, ones.values)
    compare(others.variation, ones.variation)
    assert ones.values.column("R1_value").null_count < ones.values.num_rows


def test_without_java_the_engine_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, fresh_session: None
) -> None:
    pytest.importorskip("pyspark", reason="pyspark absent")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(UserError, match="Java") as caught:
        run_sql("spark", {"t": TABLE}, "SELECT 1 AS x")
    assert "duckdb" in str(caught.value.fix)


def test_without_pyspark_the_engine_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, fresh_session: None
) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name == "pyspark" or name.startswith("pyspark."):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(UserError, match="pyspark"):
        run_sql("spark", {"t": TABLE}, "SELECT 1 AS x")
