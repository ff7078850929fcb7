"""Every bad input an officer may hand in: what is refused, what is evaluated as cannot tell, and how it is said."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Run

from junheng.basics import heading_key, sha256_file
from junheng.data import load_dictionary, write_template

Tables = dict[str, pa.Table]


def _heading(table: str, column: str) -> str:
    return load_dictionary().tables[table].columns[column].heading.zh


def _is_heading(value: object, table: str, column: str) -> bool:
    return heading_key(str(value or "")).startswith(heading_key(_heading(table, column)))


def _sheet(table: str) -> str:
    return load_dictionary().tables[table].sheet.zh


def _edit(path: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def _column(book: openpyxl.Workbook, table: str, column: str) -> int:
    """The 1-based column of the heading in the sheet's first rows."""
    for row in book[_sheet(table)].iter_rows(min_row=1, max_row=4):
        for cell in row:
            if _is_heading(cell.value, table, column):
                return int(cell.column)
    raise AssertionError(f"no heading {column}")


def _row_of(book: openpyxl.Workbook, table: str, school: str) -> int:
    """The first row of ``school`` in the sheet of ``table``."""
    column = _column(book, table, "school_id")
    cells = book[_sheet(table)].iter_rows(min_col=column, max_col=column)
    return next(int(cell.row) for (cell,) in cells if str(cell.value) == school)


def _refused(run: Run, path: Path, out: Path, *words: str) -> None:
    before = sha256_file(path) if path.is_file() else ""
    done = run("evaluate", path, "--out", out)
    assert done.code == 2, done.out
    assert "错误" in done.err
    assert "Error" in done.err
    assert "办法" in done.err
    for word in words:
        assert word in done.err, done.err
    assert not out.exists()
    assert not before or sha256_file(path) == before


def test_an_empty_workbook(junheng: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    openpyxl.Workbook().save(path)
    _refused(junheng, path, tmp_path / "f", "empty.xlsx")


def test_the_template_still_empty(junheng: Run, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    write_template(path)
    _refused(junheng, path, tmp_path / "f")


@pytest.mark.parametrize("table", ["school", "stage"])
def test_a_required_sheet_missing(junheng: Run, workbook: Path, tmp_path: Path, table: str) -> None:
    _edit(workbook, lambda book: book.remove(book[_sheet(table)]))
    _refused(junheng, workbook, tmp_path / "f", _sheet(table))


def test_premises_missing_is_cannot_tell_and_nothing_else(
    junheng: Run, workbook: Path, tmp_path: Path
) -> None:
    _edit(workbook, lambda book: book.remove(book[_sheet("premises")]))
    assert junheng("evaluate", workbook, "--out", tmp_path / "f", "--no-documents").code == 0
    primary = _verdict(tmp_path)["stages"]["primary"]
    for key in ("R4", "R5", "R6", "R7"):
        assert primary["indicators"][key]["undecided"] == primary["schools"]
        assert primary["indicators"][key]["cv_verdict"] == "cannot_tell"
    assert all(primary["indicators"][key]["undecided"] == 0 for key in ("R1", "R2", "R3"))


def test_a_renamed_heading_is_reported_with_its_nearest(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        sheet, column = book[_sheet("premises")], _column(book, "premises", "multimedia_rooms")
        for row in range(1, 5):
            if _is_heading(sheet.cell(row, column).value, "premises", "multimedia_rooms"):
                sheet.cell(row, column).value = "网络多媒体教师数"

    _edit(workbook, rename)
    checked = junheng("check", workbook)
    assert "网络多媒体教师数" in checked.out
    assert junheng("evaluate", workbook, "--out", tmp_path / "f", "--no-documents").code == 0
    assert _verdict(tmp_path)["stages"]["primary"]["indicators"]["R7"]["met"] == 0


def test_a_doubled_heading(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    def double(book: openpyxl.Workbook) -> None:
        sheet = book[_sheet("premises")]
        one, two = _column(book, "premises", "books"), _column(book, "premises", "computers")
        for row in range(1, 5):
            if _is_heading(sheet.cell(row, one).value, "premises", "books"):
                sheet.cell(row, two).value = sheet.cell(row, one).value

    _refused(junheng, _edit(workbook, double), tmp_path / "f", _heading("premises", "books"))


@pytest.mark.parametrize("value", ["约三百", -5, "12人左右"])
def test_a_value_that_cannot_be_counts_as_missing(
    junheng: Run, workbook: Path, county: Tables, tmp_path: Path, value: object
) -> None:
    school = county["teacher_count"].column("school_id")[0].as_py()

    def spoil(book: openpyxl.Workbook) -> None:
        row, column = _row_of(book, "teacher_count", school), _column(book, "teacher_count", "pe")
        book[_sheet("teacher_count")].cell(row, column).value = value

    _edit(workbook, spoil)
    checked = junheng("check", workbook)
    assert checked.code == 1
    assert str(value) in checked.out
    assert junheng("evaluate", workbook, "--out", tmp_path / "f", "--no-documents").code == 0
    undecided = [one["indicators"]["R3"]["undecided"] for one in _verdict(tmp_path)["stages"].values()]
    assert sum(undecided) == 1


def test_zero_pupils_are_skipped_and_listed(junheng: Run, county: Tables, tmp_path: Path) -> None:
    tables = dict(county)
    pupils = tables["stage"].column("pupils").to_pylist()
    pupils[0] = 0
    tables["stage"] = _with(tables["stage"], "pupils", pupils)
    tables.pop("class", None)
    path = tmp_path / "zero.xlsx"
    write_template(path, tables=tables)
    assert junheng("evaluate", path, "--out", tmp_path / "f", "--no-documents").code == 0
    text = (tmp_path / "f" / "values.parquet").read_bytes()
    rows = pq.read_table(io.BytesIO(text)).to_pylist()
    school = tables["stage"].column("school_id")[0].as_py()
    stage = tables["stage"].column("stage")[0].as_py()
    states = {row["state"] for row in rows if (row["school_id"], row["stage"]) == (school, stage)}
    assert states == {"no_pupils"}


def test_two_schools_with_one_code(junheng: Run, county: Tables, tmp_path: Path) -> None:
    tables = dict(county)
    tables["school"] = pa.concat_tables([tables["school"], tables["school"].slice(0, 1)])
    path = tmp_path / "twice.xlsx"
    write_template(path, tables=tables)
    _refused(junheng, path, tmp_path / "f", tables["school"].column("school_id")[0].as_py())


def test_a_stage_without_its_school(junheng: Run, county: Tables, tmp_path: Path) -> None:
    tables = dict(county)
    orphan = tables["school"].column("school_id")[0].as_py()
    tables["school"] = tables["school"].slice(1)
    path = tmp_path / "orphan.xlsx"
    write_template(path, tables={"school": tables["school"], "stage": tables["stage"]})
    _refused(junheng, path, tmp_path / "f", orphan)


def test_a_malformed_code_is_a_problem_not_an_end(junheng: Run, county: Tables, tmp_path: Path) -> None:
    tables = {name: county[name] for name in ("school", "stage")}
    first = tables["school"].column("school_id")[0].as_py()
    for name, table in tables.items():
        codes = ["21-X" if one == first else one for one in table.column("school_id").to_pylist()]
        tables[name] = _with(table, "school_id", codes)
    path = tmp_path / "code.xlsx"
    write_template(path, tables=tables)
    assert "21-X" in junheng("check", path).out
    assert junheng("evaluate", path, "--out", tmp_path / "f", "--no-documents").code == 0


def test_a_nine_year_school_without_one_stage(junheng: Run, county: Tables, tmp_path: Path) -> None:
    """Its shared premises cannot be told apart: R4–R7 of the stage that is there cannot be told."""
    tables = dict(county)
    kinds = tables["school"].column("kind").to_pylist()
    nine = tables["school"].column("school_id")[kinds.index("nine_year")].as_py()
    for name in ("stage", "teacher_count"):
        rows = tables[name].to_pylist()
        kept = [not (row["school_id"] == nine and row["stage"] == "junior") for row in rows]
        tables[name] = tables[name].filter(pa.array(kept))
    path = tmp_path / "nine.xlsx"
    write_template(path, tables=tables)
    assert junheng("evaluate", path, "--out", tmp_path / "f", "--no-documents").code == 0
    school = next(one for one in _verdict(tmp_path)["schools"] if one["school_id"] == nine)
    found = {key: one["verdict"] for key, one in school["indicators"].items()}
    assert all(found[key] == "cannot_tell" for key in ("R4", "R5", "R6", "R7"))
    assert all(found[key] != "cannot_tell" for key in ("R1", "R2", "R3"))


def test_a_single_school_has_no_variation(junheng: Run, county: Tables, tmp_path: Path) -> None:
    kinds = county["school"].column("kind").to_pylist()
    only = county["school"].column("school_id")[kinds.index("primary")].as_py()
    tables = {
        name: table.filter(pa.compute.equal(table.column("school_id"), only))
        for name, table in county.items()
        if "school_id" in table.column_names
    }
    path = tmp_path / "one.xlsx"
    write_template(path, tables=tables)
    assert junheng("evaluate", path, "--out", tmp_path / "f", "--no-documents").code == 0
    found = _verdict(tmp_path)["stages"]["primary"]["indicators"]
    assert {one["cv"] for one in found.values()} == {0.0}


def _with(table: pa.Table, column: str, values: list[object]) -> pa.Table:
    place = table.column_names.index(column)
    return table.set_column(place, column, pa.array(values, table.schema.field(column).type))


def _verdict(tmp_path: Path) -> Mapping[str, dict[str, dict[str, dict[str, dict[str, object]]]]]:
    found: Mapping[str, dict[str, dict[str, dict[str, dict[str, object]]]]] = json.loads(
        (tmp_path / "f" / "verdict.json").read_text("utf-8")
    )
    return found


def test_a_zip_bomb_named_xlsx(junheng: Run, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    _refused(junheng, path, tmp_path / "f", "bomb.xlsx")


def test_a_macro_workbook(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(workbook, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    _refused(junheng, workbook, tmp_path / "f", "宏")


def test_a_file_of_300_megabytes(junheng: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as stream:
        stream.truncate(300 << 20)
    _refused(junheng, path, tmp_path / "f", "300 MB")


def test_a_truncated_parquet(junheng: Run, county: Tables, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in ("school", "stage"):
        pq.write_table(county[name], folder / f"{name}.parquet")
    whole = (folder / "stage.parquet").read_bytes()
    (folder / "stage.parquet").write_bytes(whole[: len(whole) // 2])
    _refused(junheng, folder, tmp_path / "f", "stage.parquet")


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_corrupt_workbook(junheng: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "corrupt.xlsx"
    path.write_bytes(content)
    _refused(junheng, path, tmp_path / "f", "corrupt.xlsx")


def test_an_input_that_is_not_there(junheng: Run, tmp_path: Path) -> None:
    _refused(junheng, tmp_path / "nowhere.xlsx", tmp_path / "f", "nowhere.xlsx")


def test_schools_without_a_county_belong_to_none(junheng: Run, county: Tables, tmp_path: Path) -> None:
    tables = dict(county)
    codes = tables["school"].column("county_code").to_pylist()
    tables["school"] = _with(tables["school"], "county_code", [None, *codes[1:]])
    path = tmp_path / "nowhere.xlsx"
    write_template(path, tables=tables)
    run = junheng("evaluate", path, "--out", tmp_path / "f", "--no-documents")
    assert (run.code, "县级区划代码" in run.out) == (0, True)
    judged = {one["school_id"] for one in _verdict(tmp_path)["schools"]}
    assert tables["school"].column("school_id")[0].as_py() not in judged
    assert junheng("verify", tmp_path / "f", "--input", path).code == 0
