"""The rows a school's figure rests on, as they were read: every cell with its words and its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.basics import STAGE_NAMES
from junheng.data import load_dictionary
from junheng.judgement import Explanation
from junheng.reports.workbook import Sheet
from junheng.web.findings.models import Finding
from junheng.web.findings.shown import held_unit, unit_text
from junheng.web.findings.tables import number, source_of, text, w
from junheng.web.front.words import half

_COLUMNS = [
    "table",
    "school_id",
    "stage",
    "column",
    "value",
    "text",
    "raw",
    "unit",
    "file",
    "sheet",
    "row",
    "cell",
]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of one sheet: (heading, as typed, as used) of each cell the finding kept of it."""

    file: str
    sheet: str
    row: int | None
    cells: list[tuple[str, str, str, str]]


def _rows(finding: Finding, school_id: str) -> list[dict[str, Any]]:
    table = _cells(finding)
    own = pc.or_(
        pc.equal(table.column("school_id"), school_id),
        pc.fill_null(pc.equal(table.column("merged_into"), school_id), False),
    )
    rows: list[dict[str, Any]] = table.filter(own).select(_COLUMNS).to_pylist()
    return _once(rows)


def _cells(finding: Finding) -> pa.Table:
    """The cells of indicators, and those of items that are not among them."""
    kept = [finding.folder / name for name in ("cells.parquet", "item_cells.parquet")]
    parts = [pq.read_table(path, columns=[*_COLUMNS, "merged_into"]) for path in kept if path.exists()]
    return pa.concat_tables(parts)


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each cell once: one that an indicator and an item rest on is kept with both."""
    found = {
        (one["table"], one["school_id"], one["stage"], one["column"], one["row"], one["cell"]): one
        for one in rows
    }
    return list(found.values())


def _places(explanation: Explanation) -> Iterator[tuple[str, str, int]]:
    for cell in explanation.cells:
        if cell.row is not None:
            yield cell.file or "", cell.sheet or "", cell.row
    for child in explanation.children:
        yield from _places(child)


def read_rows(finding: Finding, school_id: str, explanation: Explanation) -> list[ReadRow]:
    """The rows behind an explanation, each with all its cells that the finding kept."""
    wanted = set(_places(explanation))
    found: dict[tuple[str, str, int], list[tuple[str, str, str, str]]] = {}
    for one in _rows(finding, school_id):
        key = (one["file"] or "", one["sheet"] or "", one["row"])
        if key in wanted:
            found.setdefault(key, []).append((_heading(one), _typed(one), _used(one), one["cell"] or ""))
    in_order = {key: sorted(cells, key=lambda cell: (len(cell[3]), cell[3])) for key, cells in found.items()}
    return [ReadRow(*key, cells) for key, cells in sorted(in_order.items())]


def _heading(one: dict[str, Any]) -> str:
    spec = load_dictionary().tables[one["table"]].columns.get(one["column"])
    return half(spec.heading) if spec else str(one["column"])


def _typed(one: dict[str, Any]) -> str:
    """As typed, with its unit where that is not the one the value is held in."""
    own = unit_text(one["unit"])
    return f"{one['raw']} {own}" if one["raw"] and own != _unit(one) else str(one["raw"] or "")


def _used(one: dict[str, Any]) -> str:
    if one["value"] is not None:
        return f"{one['value']:,.10g} {_unit(one)}".strip()
    return str(one["text"] or "")


def _unit(one: dict[str, Any]) -> str:
    return unit_text(held_unit(one["table"], one["column"]) or one["unit"])


def rows_sheet(finding: Finding, school_id: str, indicator: str) -> Sheet:
    """All cells of the school that the finding kept, as typed and as used."""
    columns = [
        text("表", "Table", 14), text("学段", "Stage", 8), text("数据", "Datum", 24), text("列", "Column", 22),
        text("原文", "As typed", 14), number("取值", "Value"), text("文字", "Words", 14), text("单位", "Unit", 8),
        text("文件", "File", 18), text("工作表", "Sheet", 16), number("行", "Row", 7), text("单元格", "Cell", 9),
    ]  # fmt: skip
    rows = [
        [one["table"], half(STAGE_NAMES[one["stage"]]) if one["stage"] else None, _heading(one), one["column"],
         _typed(one) or None, one["value"], one["text"], _unit(one), one["file"], one["sheet"], one["row"], one["cell"]]
        for one in _rows(finding, school_id)
    ]  # fmt: skip
    return Sheet(w("原始数据", "As read"), columns, rows, [f"{school_id} {indicator}", source_of(finding)], 0)
