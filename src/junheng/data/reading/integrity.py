"""What makes an input ambiguous: doubled keys, keyless rows, a stage without its school."""

from collections.abc import Mapping, Sequence, Set

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data.arrays import array_of, numpy_of
from junheng.data.dictionary import ColumnSpec, TableSpec, load_dictionary
from junheng.data.reading.refusals import Refusals
from junheng.data.reading.row_codes import row_codes
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN, InputFile, Source

SHOWN_ROWS = 30  # a message names this many places and counts the rest
SHOWN_FILES = 5
REQUIRED_TABLES = ("school", "stage")

Positions = npt.NDArray[np.int64]


def check_tables_present(found: Set[str], inputs: Sequence[InputFile]) -> None:
    """Refuse an input without the tables that everything hangs on. Registers may stand in for ``stage``."""
    missing = [name for name in REQUIRED_TABLES if name not in found]
    if missing == ["stage"] and "pupil" in found:
        return
    if missing:
        sheets = [load_dictionary().tables[name].sheet for name in missing]
        raise UserError(
            Text(
                f"缺少数据表，或表中没有数据行：{'、'.join(sheet.zh for sheet in sheets)}",
                f"missing or without rows: {', '.join(sheet.en for sheet in sheets)}",
            ),
            where=", ".join(file.name for file in inputs[:SHOWN_FILES]),
            why=Text("没有学校和学段就无法评估", "nothing can be judged without schools and stages"),
            fix=Text(
                "请按模板填写（junheng template），或用映射文件说明表格（--mapping）",
                "fill in the template (junheng template), or describe your table in a mapping file (--mapping)",
            ),
        )


def check_years(spec: TableSpec, table: pa.Table, sources: Sequence[Source]) -> None:
    """Refuse years beyond the dictionary's bounds: another calendar, or a slip."""
    column = spec.columns["year"]
    years = numpy_of(table.column("year"))
    low, high = column.minimum or 0, column.maximum or 9999
    wrong = np.flatnonzero((years < low) | (years > high))
    if len(wrong):
        raise UserError(
            Text(
                f"年份 {years[wrong[0]]} 不在 {low:.0f}–{high:.0f} 之间",
                f"year {years[wrong[0]]} is not in {low:.0f}–{high:.0f}",
            ),
            where=places(table, wrong, sources),
            fix=Text(
                "请填写公历年份；其他纪年请在映射文件中写 offset",
                "use calendar years; for other eras put an offset in the mapping",
            ),
        )


def check_keys(spec: TableSpec, table: pa.Table, sources: Sequence[Source]) -> None:
    """Refuse rows without a key and two rows with the same key in one year."""
    refusals = Refusals()
    whole = np.ones(table.num_rows, bool)
    for name in spec.key:
        blank = numpy_of(table.column(name).is_null())
        whole &= ~blank
        with refusals.gather():
            _check_filled(spec.columns[name], table, np.flatnonzero(blank), sources)
    told = np.flatnonzero(whole)
    doubled = doubled_rows(table if whole.all() else table.filter(array_of(whole)), ("year", *spec.key))
    with refusals.gather():
        if len(doubled):
            raise _doubled(spec, table, told[doubled], sources)
    refusals.settle()


def _check_filled(column: ColumnSpec, table: pa.Table, empty: Positions, sources: Sequence[Source]) -> None:
    if len(empty):
        raise UserError(
            Text(
                f"{len(empty)} 行没有可用的“{column.heading.zh}”",
                f"{len(empty)} rows have no usable {column.heading.en}",
            ),
            where=places(table, empty, sources),
            why=Text("无法确定这些行属于谁", "there is no telling whose rows they are"),
            fix=Text("请补上或改正该列，或删除这些行", "fill in or mend the column, or delete the rows"),
        )


def doubled_rows(table: pa.Table, key: Sequence[str]) -> Positions:
    """Positions of the rows whose key occurs more than once, those of the first such key first.

    A key with a blank in it is no key; of very many such keys, only the first are told.
    """
    told = np.flatnonzero(np.logical_and.reduce([numpy_of(table.column(name).is_valid()) for name in key]))
    codes = row_codes(table, key)[told]
    _, first, places, counts = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
    if len(first) == len(codes):
        return np.array([], np.int64)
    repeated = np.flatnonzero(counts > 1)
    repeated = repeated[np.argsort(first[repeated])][:SHOWN_ROWS]
    return np.concatenate([told[np.flatnonzero(places == place)] for place in repeated])


def _doubled(spec: TableSpec, table: pa.Table, rows: Positions, sources: Sequence[Source]) -> UserError:
    keys = dict.fromkeys(tuple(table.column(name)[int(row)].as_py() for name in spec.key) for row in rows)
    zh = "；".join("、".join(word.zh for word in _named(spec, key)) for key in keys)
    en = "; ".join(", ".join(word.en for word in _named(spec, key)) for key in keys)
    return UserError(
        Text(f"“{spec.sheet.zh}”中有重复的行：{zh}", f"{spec.sheet.en}: rows with the same key: {en}"),
        where=places(table, rows, sources),
        why=Text(
            "同一年内不能有两行，无法判断应采用哪一行",
            "a year can hold only one; there is no telling which counts",
        ),
        fix=Text("请删除多余的行，或改正代码", "delete the extra rows, or mend the code"),
    )


def _named(spec: TableSpec, key: Sequence[object]) -> list[Text]:
    """The values of a key with their headings, listed values by their names."""
    found = []
    for name, value in zip(spec.key, key, strict=True):
        column = spec.columns[name]
        word = column.values.get(str(value), Text(str(value), str(value)))
        found.append(Text(f"{column.heading.zh} {word.zh}", f"{column.heading.en} {word.en}"))
    return found


def check_stages_have_schools(tables: Mapping[str, pa.Table], sources: Sequence[Source]) -> None:
    """Refuse stage rows whose school is not in the table of schools of that year."""
    if "stage" not in tables or "school" not in tables:
        return
    key = ["year", "school_id"]
    stage, school = tables["stage"], tables["school"]
    found = row_codes(pa.concat_tables([school.select(key), stage.select(key)]), key)
    lost = ~np.isin(found[school.num_rows :], found[: school.num_rows])
    rows = np.flatnonzero(lost & numpy_of(stage.column("school_id").is_valid()))  # no code: refused as such
    if len(rows):
        lost_codes = dict.fromkeys(stage.column("school_id")[int(row)].as_py() for row in rows[:SHOWN_ROWS])
        codes = "、".join(lost_codes)
        raise UserError(
            Text(
                f"{len(rows)} 行学段没有对应的学校：{codes}",
                f"{len(rows)} stage rows have no school: {', '.join(lost_codes)}",
            ),
            where=places(stage, rows, sources),
            why=Text(
                "不知道学校类型和所在县，无法评估",
                "without the school's kind and county nothing can be judged",
            ),
            fix=Text(
                "请在“学校”表补上该校，或改正学校标识码",
                "add the school to the table of schools, or mend the code",
            ),
        )


def places(table: pa.Table, rows: Positions, sources: Sequence[Source]) -> str:
    """File, sheet and row numbers of some rows, the first few named and the rest counted."""
    named: dict[str, list[str]] = {}
    for row in rows[:SHOWN_ROWS]:
        source = sources[table.column(SOURCE_COLUMN)[int(row)].as_py()]
        where = f"{source.file} [{source.sheet}]" if source.sheet else source.file
        named.setdefault(where, []).append(str(table.column(ROW_COLUMN)[int(row)].as_py()))
    shown = "; ".join(f"{where} 行 row {', '.join(numbers)}" for where, numbers in named.items())
    rest = len(rows) - SHOWN_ROWS
    return f"{shown} …（另 {rest} 行 {rest} more）" if rest > 0 else shown
