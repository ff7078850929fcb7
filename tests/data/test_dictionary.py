"""The dictionary: complete, bilingual, free of clashes. Everything else is made from it."""

from collections import Counter

import pytest

from junheng.basics import UNITS, heading_key
from junheng.data import ColumnSpec, TableSpec, load_dictionary
from junheng.data.reading.cells import value_key
from junheng.data.reading.convert import convert
from junheng.data.reading.headings import column_index, table_index

TABLES = tuple(load_dictionary().tables.values())
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in TABLES
    for column in table.columns.values()
]
UNAMBIGUOUS = ("school", "stage", "teacher_count", "premises", "finance")


def test_the_tables_of_the_design_are_there() -> None:
    assert {table.name for table in TABLES} == {
        *("school", "stage", "cohort", "class", "teacher_count", "premises", "special_room", "finance"),
        *("county", "quota", "survey", "monitoring", "attestation", "pupil", "teacher"),
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_complete(table: TableSpec) -> None:
    assert table.sheet.zh
    assert table.meaning.zh
    assert table.meaning.en
    assert next(iter(table.columns)) == "year"
    assert set(table.key) <= set(table.columns)
    assert all(table.columns[name].required for name in table.key)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_column_is_complete(table: TableSpec, column: ColumnSpec) -> None:
    assert column.heading.zh
    assert column.heading.en
    assert column.meaning.zh
    assert column.meaning.en
    assert column.unit in {"", *UNITS}
    assert (column.type == "enum") <= bool(column.values)
    assert column.whole == (column.type == "integer")
    if column.minimum is not None and column.maximum is not None:
        assert column.minimum < column.maximum


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_the_example_is_valid_data(table: TableSpec, column: ColumnSpec) -> None:
    converted = convert(column, [column.example])
    assert converted.faults == ()
    if column.example:
        assert converted.array[0].as_py() is not None


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_heading_finds_its_own_column(table: TableSpec, column: ColumnSpec) -> None:
    for word in (column.name, column.heading.zh, *column.aliases):
        assert column_index(table.name)[heading_key(word)].name == column.name


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_word_means_two_values(table: TableSpec, column: ColumnSpec) -> None:
    words = Counter(
        key
        for value, name in column.values.items()
        for key in {value_key(word) for word in (value, name.zh, *column.value_aliases.get(value, ()))}
    )
    assert [word for word, times in words.items() if times > 1] == []


def test_every_sheet_name_finds_its_own_table() -> None:
    for table in TABLES:
        for word in (table.name, table.sheet.zh, *table.aliases):
            assert table_index()[heading_key(word)].name == table.name


def test_bare_names_are_unambiguous_across_the_stage_tables() -> None:
    names = Counter(
        name
        for table in UNAMBIGUOUS
        for name in load_dictionary().tables[table].columns
        if name not in ("year", "school_id", "stage")
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_registers_are_personal() -> None:
    for table in ("pupil", "teacher"):
        columns = load_dictionary().tables[table].columns
        assert columns[f"{table}_id"].privacy == "personal"
    assert load_dictionary().column("pupil", "disabled").privacy == "sensitive"
