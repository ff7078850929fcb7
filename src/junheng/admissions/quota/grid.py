"""Opening the quota workbook or a folder of CSV: sheets of plain cells, nothing trusted yet."""

from pathlib import Path

from junheng.basics import Text, UserError
from junheng.data import Grid, hashed_sheets
from junheng.data.books import files_in

TABLES = frozenset({".csv", ".tsv"})


def open_grids(path: Path) -> tuple[list[Grid], list[tuple[str, str]]]:
    """The sheets of a workbook, a CSV file or a folder of CSV files; and (name, SHA-256) of each file.

    Raises UserError when it is absent, of another kind, locked, damaged, over-large or with macros.
    """
    files = files_in(path, TABLES)
    if not files:
        raise UserError(
            Text("找不到输入", "the input does not exist"),
            where=path.name,
            why=Text("没有读取任何数据", "nothing was read"),
            fix=Text(
                "请给出工作簿或 CSV 文件夹", "give a workbook (.xlsx, .xls, .ods) or a folder of CSV files"
            ),
        )
    grids: list[Grid] = []
    hashes = []
    for file in files:
        sheets, digest = hashed_sheets(file)
        grids += sheets
        hashes.append((file.name, digest))
    return grids, hashes
