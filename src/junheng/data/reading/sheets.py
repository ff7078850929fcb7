"""A workbook or text table as plain sheets, for rooms that know their own headings.

The guards are those of every input: size, zip bombs, macros, passwords, far cells. What loads the parser is imported
when a file is read: who only knows the name of this module does not wait for it.
"""

from pathlib import Path

from junheng.basics import Text, sha256_bytes, system_words
from junheng.data.collector import collector_paused
from junheng.data.reading.grid import Grid
from junheng.data.reading.guards import (
    MACRO_SUFFIXES,
    TEXT_SUFFIXES,
    WORKBOOK_SUFFIXES,
    check_size,
    refuse,
)

_TEXTS = TEXT_SUFFIXES | {".txt"}  # a single file that was named is a table, whatever it is called


def read_sheets(path: Path) -> tuple[Grid, ...]:
    """All work sheets of ``path`` (.xlsx, .xls, .ods), or the one of a text table (.csv, .tsv, .txt; no name).

    ``broken`` of a sheet are the cells with an error value and those whose formula was never calculated; their
    value is "". In .xls and .ods a formula that gives an empty text is among them: it cannot be told from the latter.
    Raises UserError for what is absent, of another kind, empty, over-large, damaged, locked, has macros, or whose
    cells lie too far apart.
    """
    return hashed_sheets(path)[0]


@collector_paused()
def hashed_sheets(path: Path) -> tuple[tuple[Grid, ...], str]:
    """``read_sheets``, and the SHA-256 of the very bytes that were read. Raises UserError as that does."""
    content = _content(path)
    if path.suffix.lower() in _TEXTS:
        from junheng.data.reading.text_file import read_text_file

        return (read_text_file(content, path.name),), sha256_bytes(content)
    from junheng.data.reading.unsure_cells import with_unsure_cells
    from junheng.data.reading.workbook import read_workbook

    grids = read_workbook(content, path.name)
    return with_unsure_cells(grids, content, path.name), sha256_bytes(content)


def _content(path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix not in WORKBOOK_SUFFIXES | _TEXTS | MACRO_SUFFIXES:  # macros are refused in words of their own
        raise refuse(
            Text(f"不支持的文件类型“{suffix}”", f"file type {suffix!r} is not supported"),
            path.name,
            Text("请另存为 .xlsx 或 .csv", "save it as .xlsx or .csv"),
        )
    try:
        check_size(path, path.name)
        return path.read_bytes()
    except OSError as error:
        raise refuse(
            Text(
                f"无法读取文件：{system_words(error).zh}",
                f"the file cannot be read: {system_words(error).en}",
            ),
            path.name,
            Text("请检查路径和权限", "check its path and who may read it"),
        ) from error
