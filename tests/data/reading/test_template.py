"""The input workbook reads back without loss, empty or filled, and its example is never data."""

import datetime
import string
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.data import ROW_COLUMN, SOURCE_COLUMN, ColumnSpec, load_dictionary, read_input, write_template
from junheng.data.reading.convert import arrow_type
from junheng.data.reading.numbers import is_missing
from junheng.data.reading.years import FIELDS_SHEET, NOTES_SHEET
from junheng.data.template.sheet import heading_text

TABLES = load_dictionary().tables
CODES = st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=10).filter(
    lambda code: not is_missing(code)
)
WORDS = st.text("学校名称甲乙（）第１·-aZ 0'\"<&>", min_size=1, max_size=12).filter(
    lambda text: text == text.strip() and not is_missing(text)
)
WHOLE = st.integers(0, 2**53 - 1)
BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "code": CODES,
    "integer": WHOLE,
    "number": st.floats(0, 1e15, allow_subnormal=False),
    "boolean": st.booleans(),
    "date": st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)),
}


def values_of(column: ColumnSpec) -> st.SearchStrategy[Any]:
    if column.name == "year":
        return st.just(2024)
    if column.values:
        words = st.sampled_from(list(column.values))
        return words.map(int) if column.type == "integer" else words
    return BY_TYPE[column.type]


def rows_of(table: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    spec = TABLES[table]
    row = st.fixed_dictionaries(
        {
            name: values_of(column) if name in spec.key or name == "year" else st.none() | values_of(column)
            for name, column in spec.columns.items()
        }
    )
    return st.lists(row, min_size=1, max_size=4, unique_by=lambda row: tuple(row[name] for name in spec.key))


def as_table(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = pa.schema([(name, arrow_type(column)) for name, column in TABLES[table].columns.items()])
    return pa.Table.from_pylist(rows, schema)


SCHOOL = as_table("school", [{"year": 2024, "school_id": "A", "kind": "primary", "county_code": "150102"}])
STAGE = as_table("stage", [{"year": 2024, "school_id": "A", "stage": "primary", "pupils": 1}])


OTHERS = [name for name in TABLES if name not in ("school", "stage")]


@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(schools=rows_of("school"), others=st.fixed_dictionaries({name: rows_of(name) for name in OTHERS}))
def test_all_tables_read_back_exactly(
    tmp_path: Path, schools: list[dict[str, Any]], others: dict[str, list[dict[str, Any]]]
) -> None:
    stages = [
        {"year": 2024, "school_id": row["school_id"], "stage": "junior", "pupils": 1} for row in schools
    ]
    rows = {"school": schools, "stage": stages, **others}
    written = {name: as_table(name, found) for name, found in rows.items()}
    path = tmp_path / "book.xlsx"
    write_template(path, tables=written)
    snapshot = read_input(path)
    assert snapshot.problems == ()
    for name, table in written.items():
        assert snapshot.tables[name].drop_columns([SOURCE_COLUMN, ROW_COLUMN]).equals(table), name


def test_what_was_read_writes_and_reads_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_template(first, tables={"school": SCHOOL, "stage": STAGE})
    snapshot = read_input(first)
    write_template(second, tables=snapshot.tables)
    again = read_input(second)
    write_template(tmp_path / "c.xlsx", tables=snapshot.tables)
    assert (tmp_path / "c.xlsx").read_bytes() == second.read_bytes()
    assert {name: table.equals(again.tables[name]) for name, table in snapshot.tables.items()} == {
        "school": True,
        "stage": True,
    }


def test_doubles_keep_their_last_digit(tmp_path: Path) -> None:
    sum_of_doubles = 0.1 + 0.2  # 17 digits; XlsxWriter alone would write 0.3
    finance = as_table("finance", [{"year": 2024, "school_id": "A", "operating_budget_yuan": sum_of_doubles}])
    path = tmp_path / "a.xlsx"
    write_template(path, tables={"school": SCHOOL, "stage": STAGE, "finance": finance})
    assert read_input(path).tables["finance"].column("operating_budget_yuan").to_pylist() == [sum_of_doubles]


def test_the_empty_template(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [NOTES_SHEET, *(table.sheet.zh for table in TABLES.values()), FIELDS_SHEET]
    for table in TABLES.values():
        sheet = book[table.sheet.zh]
        assert [cell.value for cell in sheet[1]] == [
            heading_text(column) for column in table.columns.values()
        ]
        assert sheet["A2"].value.startswith("#示例")
        assert sheet.freeze_panes is not None
        checked = {str(rule.sqref).split(":")[0] for rule in sheet.data_validations.dataValidation}
        assert len(checked) == len(table.columns)
    kinds = next(
        rule.formula1
        for rule in book["学校"].data_validations.dataValidation
        if str(rule.sqref).startswith("D3")
    )
    assert "九年一贯制学校" in kinds
    with pytest.raises(UserError, match="没有数据行"):
        read_input(path)


def test_a_filled_in_template_takes_the_year_of_the_notes(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    book[NOTES_SHEET]["C4"] = 2023
    book["学校"].append([None, "A", "甲", "小学", None, None, "150102"])
    book["学段"].append([None, "A", "小学", 5])
    book.save(path)
    snapshot = read_input(path)
    assert snapshot.years() == (2023,)
    assert snapshot.problems == ()
    assert snapshot.tables["stage"].column(ROW_COLUMN).to_pylist() == [3]


def test_units_may_be_changed_in_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_template(path, tables={"school": SCHOOL, "stage": STAGE})
    book = openpyxl.load_workbook(path)
    sheet = book["经费"]
    assert sheet["C1"].value == "公用经费预算（元）"
    sheet["C1"].value = "公用经费预算（万元）"
    sheet.append([2024, "A", 72.35])
    book.save(path)
    assert read_input(path).tables["finance"].column("operating_budget_yuan").to_pylist() == [723_500.0]


def test_text_that_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    long = as_table("school", [{"year": 2024, "school_id": "A", "kind": "primary", "name": "长" * 40_000}])
    with pytest.raises(UserError, match="32767"):
        write_template(tmp_path / "a.xlsx", tables={"school": long})
    assert list(tmp_path.iterdir()) == []


def test_every_step_of_the_notes_has_room_for_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_template(path)
    sheet = openpyxl.load_workbook(path)["说明"]
    widths = {letter: sheet.column_dimensions[letter].width for letter in "BCDE"}
    steps = [row for row in range(1, sheet.max_row + 1) if isinstance(sheet.cell(row, 1).value, int)]
    assert len(steps) == 8
    for row in steps:
        zh, en = str(sheet.cell(row, 2).value), str(sheet.cell(row, 4).value)
        for text, width in ((zh, widths["B"] + widths["C"]), (en, widths["D"] + widths["E"])):
            taken = sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
            lines = -(-taken // int(0.85 * width))
            assert sheet.row_dimensions[row].height >= 16 * lines, (row, text)
