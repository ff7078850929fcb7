"""Empty problems of every kind that is read from tables: a problem file to fill in, and its tables with headings."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_file, nearest
from junheng.planning.plain_yaml import read_plain_mapping

_HERE = Path(__file__).parent
_PLANNING = _HERE.parent
_FIX = Text("请重新安装本软件", "install this software again")
_CREATED = datetime(2024, 9, 1, tzinfo=UTC)  # fixed, so that the same headings give the same bytes
PROBLEM = "problem.yaml"
# kind → workbook → the tables of its library that stand in it, by key; "*" stands for all of them
_BOOKS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "rotate": {
        "teachers.xlsx": ["teachers"],
        "schools.xlsx": ["schools"],
        "places.xlsx": ["places"],
        "distances.xlsx": ["distances"],
    },
    "staff": {"tables.xlsx": ["*"]},
    "itinerant": {"tables.xlsx": ["*"]},
    "pair": {"tables.xlsx": ["*"]},
    "site": {"tables.xlsx": ["*"]},
    "zone": {"tables.xlsx": ["*"]},
    "merge": {"tables.xlsx": ["*"]},
}
FORMS = tuple(_BOOKS)
_LIBRARIES = {"staff": ("staff", "reading", "columns.yaml")}  # the others: <kind>/library/columns.yaml
_WIDTH = 16


def write_problem_form(kind: str, folder: Path) -> tuple[Path, ...]:
    """Write problem.yaml and the empty tables of ``kind`` (one of FORMS) into ``folder``; returns their paths.

    Headings that must be filled in are red; a note on each says its English name. Raises UserError for another kind, and
    where the place cannot be written.
    """
    if kind not in _BOOKS:
        near, known = nearest(kind, FORMS) or FORMS[0], "、".join(FORMS)
        raise UserError(
            Text(f"没有 {kind} 的空白问题", f"there is no empty problem of {kind}"),
            fix=Text(f"最接近的是 {near}；可用：{known}", f"the nearest is {near}; known: {known}"),
        )
    tables = _tables(kind)
    written = []
    for name, wanted in _BOOKS[kind].items():
        chosen = {key: tables[key] for key in (tables if wanted == ["*"] else wanted)}
        _write_book(folder / name, chosen)
        written.append(folder / name)
    with atomic_file(folder / PROBLEM) as temporary:
        temporary.write_text((_HERE / f"{kind}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return (folder / PROBLEM, *written)


def _tables(kind: str) -> dict[str, Mapping[str, Any]]:
    """The tables that the reader of ``kind`` knows, by key."""
    parts = _LIBRARIES.get(kind, (kind, "library", "columns.yaml"))
    library = read_plain_mapping(_PLANNING.joinpath(*parts), _FIX)
    return {key: table for key, table in library.items() if isinstance(table, dict) and "columns" in table}


def _write_book(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    import xlsxwriter

    with atomic_file(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), {"strings_to_urls": False, "strings_to_formulas": False})
        bold = {"bold": True, "border": 1, "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        looks = {
            True: book.add_format({**bold, "bg_color": "#C8553D"}),
            False: book.add_format({**bold, "bg_color": "#3A6EA5"}),
        }
        for key, table in tables.items():
            sheet = book.add_worksheet(key)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table["columns"]):
                needed = "needed" in column or "needed_heading" in column
                sheet.set_column(place, place, _WIDTH)
                sheet.write(0, place, column["zh"], looks[needed])
                sheet.write_comment(0, place, _note(column, needed=needed))
        book.set_properties({"title": "规划问题表", "comments": "junheng plan", "created": _CREATED})
        book.close()


def _note(column: Mapping[str, Any], *, needed: bool) -> str:
    """What a heading's note says: needed or not, other headings that are read, and words of its cells."""
    lines = ["必填 needed" if needed else "可不填 may be left out"]
    lines += [f"也可写 also: {'、'.join(map(str, column['aliases']))}"] if column.get("aliases") else []
    values = column.get("values")
    if isinstance(values, Mapping):
        lines.append(f"填 values: {'、'.join(str(words[0]) for words in values.values() if words)}")
    return "\n".join(lines)


__all__ = ["FORMS", "PROBLEM", "write_problem_form"]
