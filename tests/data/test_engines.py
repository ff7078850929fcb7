"""The door to the engines: what goes in, what comes out, what is refused."""

import threading
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from junheng.basics import UserError
from junheng.data.engines import column_types, per_county, row_count, run_sql
from junheng.data.engines.duckdb_warm import SMALL, is_small

TABLE = pa.table({"school_id": ["a", "b", "c"], "pupils": [1.0, None, 3.0]})
SUM = "SELECT SUM(pupils) AS total, COUNT(*) AS schools FROM stage"


def test_the_same_query_on_memory_and_disk(tmp_path: Path) -> None:
    path = tmp_path / "it's a stage.parquet"
    pq.write_table(TABLE, path)
    expected = [{"total": 4.0, "schools": 3}]
    assert run_sql("duckdb", {"stage": TABLE}, SUM).to_pylist() == expected
    assert run_sql("duckdb", {"stage": path}, SUM).to_pylist() == expected
    assert row_count(path) == row_count(TABLE) == 3
    assert column_types(path) == column_types(TABLE) == {"school_id": pa.string(), "pupils": pa.float64()}


def test_a_query_asked_again_sees_the_tables_it_is_given() -> None:
    for factor in (1.0, 10.0):
        table = TABLE.set_column(1, "pupils", pc.multiply(TABLE["pupils"], factor))
        for _ in range(4):
            assert run_sql("duckdb", {"stage": table}, SUM)["total"][0].as_py() == 4 * factor


def test_many_different_queries_on_one_input() -> None:
    for _ in range(3):
        for number in range(40):
            found = run_sql("duckdb", {"stage": TABLE}, f"SELECT SUM(pupils) + {number} AS x FROM stage")
            assert found["x"][0].as_py() == 4 + number


def test_small_and_large_inputs_give_the_same() -> None:
    large = pa.concat_tables([TABLE] * (SMALL // 3 + 1))
    assert is_small({"stage": TABLE})
    assert not is_small({"stage": large})
    assert not is_small({"stage": Path("x")})
    assert run_sql("duckdb", {"stage": large}, SUM)["total"][0].as_py() == 4 * (SMALL // 3 + 1)


def test_a_table_of_one_call_is_not_seen_by_the_next() -> None:
    run_sql("duckdb", {"stage": TABLE, "other": TABLE}, SUM)
    with pytest.raises(Exception, match="other"):
        run_sql("duckdb", {"stage": TABLE}, "SELECT * FROM other")


def test_a_failed_query_leaves_the_engine_well() -> None:
    for _ in range(3):
        with pytest.raises(UserError, match="cannot be read"):
            run_sql("duckdb", {"stage": TABLE}, "SELECT CAST(school_id AS INTEGER) AS x FROM stage")
    assert run_sql("duckdb", {"stage": TABLE}, SUM)["schools"][0].as_py() == 3


def test_threads_do_not_disturb_each_other() -> None:
    found: dict[int, float] = {}

    def work(number: int) -> None:
        table = TABLE.set_column(1, "pupils", pc.multiply(TABLE["pupils"], float(number)))
        for _ in range(5):
            found[number] = run_sql("duckdb", {"stage": table}, SUM)["total"][0].as_py()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: 4.0 * number for number in range(1, 5)}


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UserError) as caught:
        run_sql("abacus", {"stage": TABLE}, SUM)
    assert "duckdb" in str(caught.value.fix)


def test_damaged_and_missing_files_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 this is not Parquet PAR1")
    for action in (column_types, row_count, lambda path: run_sql("duckdb", {"stage": path}, SUM)):
        with pytest.raises(UserError) as caught:
            action(broken)
        assert "broken.parquet" in caught.value.where
        with pytest.raises(UserError, match="No Parquet file"):
            action(tmp_path / "none.parquet")


COUNTIES = pa.table({"county_code": ["2", "1", "2", "1", "3"], "pupils": [1.0, 2.0, 3.0, 4.0, 5.0]})
SCHEMA = pa.schema([("county_code", pa.string()), ("pupils", pa.float64())])


def largest(county: pa.Table) -> pa.Table:
    top = pc.max(county.column("pupils")).as_py()
    return pa.table({"county_code": county.column("county_code").slice(0, 1), "pupils": [top]})


def test_each_county_is_handed_over_whole() -> None:
    found = per_county("duckdb", {"t": COUNTIES}, "SELECT * FROM t", largest, SCHEMA)
    assert found.to_pylist() == [
        {"county_code": "1", "pupils": 4.0},
        {"county_code": "2", "pupils": 3.0},
        {"county_code": "3", "pupils": 5.0},
    ]


def test_no_county_gives_an_empty_answer() -> None:
    found = per_county("duckdb", {"t": COUNTIES.slice(0, 0)}, "SELECT * FROM t", largest, SCHEMA)
    assert found.schema == SCHEMA
    assert found.num_rows == 0
