"""The board as a workbook: one line a figure, numbers as numbers where they are plain ones."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from junheng.basics import Text
from junheng.data import load_dictionary
from junheng.web.filing.sections import row_name, shown
from junheng.web.front.words import half
from junheng.web.sources.board import RETURN, Line
from junheng.web.sources.models import SourceKind

_PLAIN = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?")
_HEAD = (
    Text("标识码", "Code"), Text("学校", "School"), Text("表", "Table"), Text("行", "Row"), Text("栏", "Column"),
    Text("单位", "Unit"), Text("填报", "Return"),
)  # fmt: skip
_TAIL = (
    Text("最大差", "Spread"),
    Text("决定", "Decision"),
    Text("理由", "Reason"),
    Text("决定人", "By"),
    Text("时间", "At"),
)


def board_workbook(lines: Iterable[Line], kinds: Sequence[SourceKind]) -> bytes:
    """The bytes of an .xlsx with all ``lines``."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet, bold = book.add_worksheet(half(Text("两源核对", "Sources"))), book.add_format({"bold": True})
    places = [Text(f"{kind.label} 位置", f"{kind.label} place") for kind in kinds]
    labels = [str(kind.label) for kind in kinds]
    sheet.write_row(0, 0, [*map(half, _HEAD), *labels, *map(half, places), *map(half, _TAIL)], bold)
    for number, line in enumerate(lines, 1):
        for column, cell in enumerate(_cells(line, kinds)):
            is_figure = column >= len(_HEAD) - 1 and bool(_PLAIN.fullmatch(cell))
            sheet.write(number, column, float(cell)) if is_figure else sheet.write_string(
                number, column, cell
            )
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 6, 14)
    book.close()
    return stream.getvalue()


def _cells(line: Line, kinds: Sequence[SourceKind]) -> list[str]:
    figure, said, last = line.found.figure, line.found.said, line.decision
    table = load_dictionary().tables[figure.table]
    spec = table.columns[figure.column]
    values = [shown(spec, said[kind].value) if kind in said else "" for kind in (RETURN, *kinds)]
    places = [said[kind].file if kind in said else "" for kind in kinds]
    spread = "" if line.found.spread is None else f"{float(line.found.spread):.10g}"
    decided = (
        [last.get_choice_display(), last.reason, last.by_name, f"{last.at:%Y-%m-%d %H:%M}"]
        if last
        else [""] * 4
    )
    names = [figure.school_id, line.filing.school.name, half(table.sheet), row_name(figure.table, figure.key)]
    return [*names, half(spec.heading), spec.unit, *values, *places, spread, *map(str, decided)]
