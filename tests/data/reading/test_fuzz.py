"""Whatever the bytes, reading gives a snapshot or a user's error: never a traceback, never a crash."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.data import Snapshot, load_dictionary, read_input

FUZZ = settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
BOOKS = Path(__file__).parent / "books"


def outcome(content: bytes, name: str) -> Snapshot | UserError:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            return read_input(path)
        except UserError as error:
            return error


def mutated(data: st.DataObject, content: bytes) -> bytes:
    """A few bytes changed, cut out or doubled."""
    spoilt = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, max(len(spoilt) - 1, 0)))
        kind = data.draw(st.sampled_from(["set", "cut", "double"]))
        if kind == "set" and spoilt:
            spoilt[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del spoilt[at : at + data.draw(st.integers(1, 64))]
        else:
            spoilt[at:at] = spoilt[at : at + 32]
    return bytes(spoilt)


@FUZZ
@given(
    st.binary(max_size=300),
    st.sampled_from(["2024.xlsx", "2024.xls", "2024.ods", "学段.csv", "stage.parquet"]),
)
def test_random_bytes(content: bytes, name: str) -> None:
    outcome(content, name)


@FUZZ
@given(
    st.data(), st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"\xef\xbb\xbf"])
)
def test_random_bytes_behind_a_known_beginning(data: st.DataObject, magic: bytes) -> None:
    content = magic + data.draw(st.binary(max_size=600))
    for name in ("2024.xlsx", "2024.xls", "stage.parquet", "学段.csv"):
        outcome(content, name)


@settings(FUZZ, max_examples=examples(15))  # each is tried in a process of its own
@given(st.data(), st.sampled_from(["xls", "ods"]))
def test_spoilt_workbooks(data: st.DataObject, suffix: str) -> None:
    content = (BOOKS / f"county_2024.{suffix}").read_bytes()
    outcome(mutated(data, content), f"2024.{suffix}")


@pytest.fixture(scope="module")
def parts(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The parts of a good .xlsx, to be spoilt one by one behind valid checksums."""
    from junheng.data import write_template

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        tables = {"school": one_row("school"), "stage": one_row("stage")}
        write_template(path, tables=tables)
        archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        return {name: archive.read(name) for name in archive.namelist()}


def one_row(table: str) -> pa.Table:
    row: dict[str, Any] = {"year": 2024, "school_id": "1", "stage": "primary", "kind": "primary"}
    row |= {"county_code": "150102", "pupils": 860}
    columns = load_dictionary().tables[table].columns
    return pa.Table.from_pylist([{name: value for name, value in row.items() if name in columns}])


@FUZZ
@given(st.data())
def test_spoilt_parts_of_a_workbook(parts: dict[str, bytes], data: st.DataObject) -> None:
    names = [
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
    ]
    name = data.draw(st.sampled_from([*names, "xl/_rels/workbook.xml.rels", "xl/styles.xml"]))
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, mutated(data, content) if part == name else content)
    outcome(sink.getvalue(), "2024.xlsx")


@FUZZ
@given(st.data())
def test_spoilt_parquet(data: st.DataObject) -> None:
    sink = io.BytesIO()
    pq.write_table(one_row("stage"), sink)
    outcome(mutated(data, sink.getvalue()), "stage.parquet")


CELLS = st.one_of(
    st.text(max_size=12), st.sampled_from(["", "小学", "初中", "2024", "1", "860", "-", "无", "1e999", "nan"])
)


@FUZZ
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6))
def test_any_cells_under_good_headings(rows: list[list[str]]) -> None:
    from junheng.data.reading.grid import Grid
    from junheng.data.reading.part import read_block, read_part

    headings = ["年份", "学校标识码", "学段", "在校生数", "班数（个）", "备注"]
    grid = Grid("a.csv", "表", [headings, *rows])
    part = read_part(read_block(grid, 0), load_dictionary().tables["stage"], None)
    for name, array in part.data.items():
        assert len(array) == len(part.rows) == len(part.raw[name])
    blamed = {(problem.row, problem.column) for problem in part.problems}
    for index, row in enumerate(part.rows):
        text = part.raw["pupils"][index].as_py()
        value = part.data["pupils"][index].as_py()
        if value == 0:
            assert text is not None
            assert "0" in text.translate(str.maketrans("０", "0"))  # zero only where zero is written
        if value is None and text is not None and text.strip() and "pupils" in dict(part.data):
            from junheng.data.reading.numbers import is_missing

            assert is_missing(text) or (int(row), "pupils") in blamed
