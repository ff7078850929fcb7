"""The files of an input: one file, or all data files below a folder, in a fixed order."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.basics import Text, UserError
from junheng.data.reading.guards import (
    MACRO_SUFFIXES,
    PARQUET_SUFFIXES,
    TEXT_SUFFIXES,
    WORKBOOK_SUFFIXES,
    check_size,
    refuse,
)

if TYPE_CHECKING:
    from junheng.data.tables import Problem

MAPPING_NAMES = ("mapping.yaml", "mapping.yml")
MAX_DEPTH = 4  # folders below the input: year and table, with room for exports that add one or two
MAX_FILES = 2_000
DOCUMENT_SUFFIXES = frozenset(
    {".md", ".txt", ".pdf", ".docx", ".doc", ".yaml", ".yml", ".json", ".png", ".jpg"}
)

_READABLE = WORKBOOK_SUFFIXES | TEXT_SUFFIXES | PARQUET_SUFFIXES


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the input. ``name`` is its path within the input with forward slashes."""

    path: Path
    name: str

    @property
    def suffix(self) -> str:
        """The extension in lower case, with its point."""
        return self.path.suffix.lower()


def data_files(path: Path) -> "tuple[list[DataFile], list[Problem]]":
    """The files of an input, sorted by name, and a problem for each data-like file of a folder left unread.

    ``check_file`` says of each whether it may be read.
    """
    if path.is_file():
        return [DataFile(path, path.name)], []
    found = [DataFile(entry, entry.relative_to(path).as_posix()) for entry in _walk(path)]
    ignored = [file for file in found if file.suffix not in _READABLE | MACRO_SUFFIXES]
    files = [file for file in found if file.suffix in _READABLE | MACRO_SUFFIXES]
    if not files:
        raise nothing_to_read(str(path))
    return files, _unread([file for file in ignored if file.suffix not in DOCUMENT_SUFFIXES])


def nothing_to_read(where: str) -> UserError:
    """What is said of a folder without data."""
    return UserError(
        Text("文件夹中没有可读取的数据文件", "no readable data file in the folder"),
        where=where,
        fix=Text(
            "可读取 .xlsx、.xls、.ods、.csv、.parquet", "readable are .xlsx, .xls, .ods, .csv, .parquet"
        ),
    )


def _unread(files: list[DataFile]) -> "list[Problem]":
    if not files:  # else the dictionary would be loaded before a parser is at work
        return []
    from junheng.data.reading.faults import unread_part

    return [unread_part(file.name, "", "") for file in files]


def _walk(folder: Path, depth: int = 0) -> list[Path]:
    """All files, hidden ones and office lock files (~$) left out."""
    found: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "~$", "_")):
            continue
        if entry.is_dir() and depth < MAX_DEPTH:
            found += _walk(entry, depth + 1)
        elif entry.is_file():
            found.append(entry)
        if len(found) > MAX_FILES:
            raise refuse(
                Text(f"文件多于 {MAX_FILES} 个", f"more than {MAX_FILES} files"),
                str(folder),
                Text("请只放数据文件", "keep only the data files in it"),
            )
    return found


def check_file(file: DataFile) -> None:
    """Refuse a file of another type, one with macros by its name, or one too large. Raises UserError."""
    if file.suffix not in _READABLE | MACRO_SUFFIXES:
        raise refuse(
            Text(f"不支持的文件类型“{file.suffix}”", f"file type {file.suffix!r} is not supported"),
            file.name,
            Text(
                "可读取 .xlsx、.xls、.ods、.csv、.parquet", "readable are .xlsx, .xls, .ods, .csv, .parquet"
            ),
        )
    check_size(file.path, file.name)
