"""Which file is which table; absent files and empty tables end the reading with that one fault."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.sheet_records import Record
from junheng.planning.sheet_titles import sheet_name, tables_of
from junheng.planning.zone.reading.faults import Faults
from junheng.planning.zone.reading.settings import Settings, library

_HEADED = frozenset({".csv", ".tsv", ".txt"})  # one table a file, whatever it is called
Sheets = Mapping[str, list[Record]]


def table_files(settings: Settings, folder: Path, file: str, faults: Faults) -> dict[Path, str]:
    """File → the one table it holds, "" where its sheets' names say. ``file``: the problem file, for messages.

    Raises UserError where a table or a file is none, a file does not exist, or one csv is named for two tables.
    """
    tables = tables_of(library("columns"))
    named: dict[Path, list[str]] = defaultdict(list)
    for key, name in _given(settings):
        table = sheet_name(key, tables) if key else ""
        if table is None:
            shown = "、".join(tables)
            faults.add(
                f"{file} → tables",
                f"不认识的表“{key}”；表名应为 {shown}",
                f"unknown table {key!r}; the tables are {shown}",
            )
        else:
            named[folder / name].append(table)
    for path, names in named.items():
        if len(set(names)) > 1 and path.suffix.lower() in _HEADED:
            shown = "、".join(names)
            faults.add(
                f"{file} → tables",
                f"{shown} 写的是同一个文件 {path.name}；每张表请写自己的文件",
                f"{shown} name the same file {path.name}; name each table's own",
            )
    _require_files(settings, folder, file, faults)
    faults.refuse()
    return {path: names[0] if len(names) == 1 else "" for path, names in named.items()}


def _given(settings: Settings) -> Iterator[tuple[str, str]]:
    """(name of the table, file); "" where a list names only files."""
    given = settings.get("tables", [])
    if isinstance(given, dict):
        yield from given.items()
    else:
        yield from (("", name) for name in ([given] if isinstance(given, str) else given))


def _require_files(settings: Settings, folder: Path, file: str, faults: Faults) -> None:
    """Every file that is named exists; the others are told with the key that names them and the whole path."""
    named = [(f"tables.{key}" if key else "tables", name) for key, name in _given(settings)]
    named += [(f"roads.{key}", name) for key, name in settings.get("roads", {}).items()]
    named += [(f"{key}.file", settings[key]["file"]) for key in ("areas", "catchments") if key in settings]
    others = settings.get("cut", {}).get("with", [])
    named += [("cut.with", layer["file"]) for layer in ([others] if isinstance(others, dict) else others)]
    named += [("boundary", settings["boundary"])] if settings.get("boundary") else []
    for key, name in named:
        path = (folder / name).absolute()
        if not path.exists():
            faults.add(f"{file} → {key}", f"找不到文件 {path}", f"there is no file {path}")


def require_rows(sheets: Sheets, files: Mapping[Path, str], head: Json, is_cut: bool, faults: Faults) -> None:
    """Schools and blocks (unless they are ``is_cut``) have rows, and blocks a column of pupils: else nothing else is told.

    Raises UserError with what the reading of the sheets noted, or that the table has no rows.
    """
    for name in ("学校", *(() if is_cut else ("片块",))):
        if sheets.get(name):
            continue
        if not faults.found:
            own = "、".join(path.name for path in files if name in (files[path], _named(path)))
            where = own or "、".join(path.name for path in files) or "tables"
            is_there = name in sheets or own
            said = Text(
                f"{name}表没有行" if is_there else f"没有{name}表",
                f"the table {name} has no rows" if is_there else f"there is no table {name}",
            )
            faults.add(where, said.zh, said.en)
        faults.refuse()
    if not is_cut and "year" not in head:
        _require_pupils_column(sheets["片块"], head["stage"], faults)


def _named(path: Path) -> str | None:
    return sheet_name(path.stem, tables_of(library("columns"))) if path.suffix.lower() in _HEADED else None


def _require_pupils_column(blocks: Sequence[Record], stage: str, faults: Faults) -> None:
    own = {"primary": "小学生", "junior": "初中生"}[stage]
    if not any(name in record.line.letters for record in blocks for name in ("pupils", stage)):
        raise faults.ending(
            blocks[0].file,
            f"缺少列 {own}（或 学生数）",
            f"the column {own} (or 学生数) of pupils is missing",
        )
