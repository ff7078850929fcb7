"""工作数据.xlsx: figures that no result computes, each told by a department with the document it stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from junheng.basics import Text, UserError, nearest
from junheng.data import Grid, read_sheets
from junheng.reports.compose.definition import ToldRule
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

SHEET = "工作数据"
_HEADS = {
    "id": "编号",
    "name": "事项",
    "value": "数值",
    "unit": "单位",
    "period": "时期",
    "document": "出处",
    "note": "备注",
}
_WIDTHS = {"id": 26, "name": 44, "value": 14, "unit": 10, "period": 14, "document": 34, "note": 24}
_NEEDED = ("id", "value", "document")
_NOTES = (
    "只填本县有的；空着的不写进报告，列入“尚缺”。金额填元。有数值必须写出处（文件、文号或台账）。",
    "Fill in what the county has: what is empty is not printed and listed as lacking. Money in yuan. A figure needs its document.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure a department tells; ``where`` is its row, ``period`` and ``document`` as written."""

    value: Fraction
    period: str
    document: str
    where: str


def told_template(
    rules: Mapping[str, ToldRule], filled: Mapping[str, Sequence[Value]] | None = None
) -> bytes:
    """The workbook with a row for each figure; ``filled``: value, period, document by id."""
    columns = [Column(head, _WIDTHS[name]) for name, head in _HEADS.items()]
    rows: list[list[Value]] = []
    for rule in rules.values():
        value, period, document = (filled or {}).get(rule.id, ("", "", ""))
        unit = "元" if rule.form == "money" else "%" if rule.form == "percent" else rule.unit
        rows.append([rule.id, f"{rule.name.zh} | {rule.name.en}", value, unit, period, document, ""])
    return plain_book([Sheet(SHEET, columns, rows, _NOTES, freeze=2)], SHEET)


def read_told(path: Path, rules: Mapping[str, ToldRule]) -> dict[str, Told]:
    """The figures of the workbook at ``path`` by id; rows without a value are left out.

    Raises UserError, naming every row, for a number nobody knows, one told twice, a value that is no number, and
    a figure without its document.
    """
    grids = read_sheets(path)
    grid = next((one for one in grids if one.sheet == SHEET), grids[0])
    rows = [["" if cell is None else str(cell).strip() for cell in row] for row in grid.rows]
    head = next((at for at, row in enumerate(rows) if _HEADS["id"] in row), None)
    places = (
        {}
        if head is None
        else {name: rows[head].index(word) for name, word in _HEADS.items() if word in rows[head]}
    )
    lacking = [_HEADS[name] for name in _NEEDED if name not in places]
    if head is None or lacking:
        what = "、".join(lacking)
        raise _refused(path, grid, [1], Text(f"缺少列 {what}", f"columns are missing: {what}"))
    entries = [
        (number, {name: row[at] if at < len(row) else "" for name, at in places.items()})
        for number, row in enumerate(rows[head + 1 :], start=head + 2)
    ]
    return _checked(path, grid, [(n, cells) for n, cells in entries if cells["id"] and cells["value"]], rules)


def _checked(
    path: Path, grid: Grid, entries: Sequence[tuple[int, Mapping[str, str]]], rules: Mapping[str, ToldRule]
) -> dict[str, Told]:
    unknown = [number for number, cells in entries if cells["id"] not in rules]
    if unknown:
        word = next(cells["id"] for number, cells in entries if number == unknown[0])
        near = nearest(word, list(rules)) or next(iter(rules))
        raise _refused(
            path,
            grid,
            unknown,
            Text(f"没有编号 {word}，最接近的是 {near}", f"no number {word}; nearest: {near}"),
        )
    silent = [number for number, cells in entries if not cells["document"]]
    if silent:
        raise _refused(path, grid, silent, Text("有数值没有出处", "a figure without its document"))
    found: dict[str, Told] = {}
    for number, cells in entries:
        if cells["id"] in found:
            raise _refused(
                path, grid, [number], Text(f"{cells['id']} 出现两次", f"{cells['id']} is told twice")
            )
        value = _value(path, grid, number, cells["value"], rules[cells["id"]])
        where = f"{path.name} [{grid.sheet or SHEET}] 第{number}行"
        found[cells["id"]] = Told(value, cells.get("period", ""), cells["document"], where)
    return found


def _value(path: Path, grid: Grid, number: int, text: str, rule: ToldRule) -> Fraction:
    try:
        value = Fraction(Decimal(text.replace(",", "").removesuffix("%")))
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise _refused(path, grid, [number], Text(f"“{text}”不是数值", f"“{text}” is no number")) from error
    if value < 0 or (rule.form == "count" and value.denominator != 1):
        raise _refused(
            path,
            grid,
            [number],
            Text(f"“{text}”应为不小于零的整数", f"“{text}”: a whole number from 0 is asked"),
        )
    return value / 100 if rule.form == "percent" else value


def _refused(path: Path, grid: Grid, numbers: Sequence[int], what: Text) -> UserError:
    rows = "、".join(map(str, numbers))
    return UserError(
        what,
        where=f"{path.name} {grid.sheet} 第 {rows} 行 | row {rows}",
        why=Text("工作数据不能使用，没有写出报告", "the work data cannot be used; no report was written"),
        fix=Text(
            "空白样表：junheng compose template --out 工作数据.xlsx",
            "an empty one: junheng compose template --out …",
        ),
    )
