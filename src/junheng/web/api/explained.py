"""An explanation of the library as JSON: the tree the page shows."""

from junheng.judgement import CellReference, Explanation
from junheng.web.api.problems import Words
from junheng.web.api.service import Schema


class CellOut(Schema):
    """A cell of the input: the value used, the words as typed, where it stood."""

    label: Words
    column: str
    value: str
    raw: str
    unit: str
    file: str
    sheet: str
    row: int | None
    cell: str


class ExplanationOut(Schema):
    """Title, sentences, cells, and the parts it rests on."""

    title: Words
    lines: list[Words]
    cells: list[CellOut]
    children: list["ExplanationOut"]


def told_tree(one: Explanation) -> ExplanationOut:
    """The tree from ``one`` down."""
    return ExplanationOut(
        title=Words(zh=one.title.zh, en=one.title.en),
        lines=[Words(zh=line.zh, en=line.en) for line in one.lines],
        cells=[_cell(cell) for cell in one.cells],
        children=[told_tree(child) for child in one.children],
    )


def _cell(one: CellReference) -> CellOut:
    return CellOut(
        label=Words(zh=one.label.zh, en=one.label.en), column=one.column, value=one.value, raw=one.raw, unit=one.unit,
        file=one.file, sheet=one.sheet, row=one.row, cell=one.cell,
    )  # fmt: skip
