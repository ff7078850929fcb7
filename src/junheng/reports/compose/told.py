"""工作数据.xlsx: figures that no result computes, each told by a department with the document it stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from junheng.basics import Text, UserError, heading_key, nearest
from junheng.data import read_sheets
from junheng.data.books import NOT_CALCULATED, Place, Record, as_typed, find_headings
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
    headed = find_headings(grid, {heading_key(word): name for name, word in _HEADS.items()}, _NEEDED)
    if lacking := [_HEADS[name] for name in headed.lacking(_NEEDED)]:
        told = "、".join(lacking)
        raise _refused([headed.place()], Text(f"缺少列 {told}", f"columns are missing: {told}"))
    rows = list(headed.records(as_typed))
    if broken := [row.at(name) for row in rows for name in row.broken]:
        raise _refused(broken, NOT_CALCULATED)
    return _checked([row for row in rows if row.cell("id") and row.cell("value")], rules)


def _checked(rows: Sequence[Record], rules: Mapping[str, ToldRule]) -> dict[str, Told]:
    unknown = [row for row in rows if row.cell("id") not in rules]
    if unknown:
        word = unknown[0].cell("id")
        near = nearest(word, list(rules)) or next(iter(rules))
        what = Text(f"没有编号 {word}，最接近的是 {near}", f"no number {word}; nearest: {near}")
        raise _refused([row.at("id") for row in unknown], what)
    silent = [row.at("document") for row in rows if not row.cell("document")]
    if silent:
        raise _refused(silent, Text("有数值没有出处", "a figure without its document"))
    found: dict[str, Told] = {}
    for row in rows:
        name = row.cell("id")
        if name in found:
            raise _refused([row.at("id")], Text(f"{name} 出现两次", f"{name} is told twice"))
        value = _value(row, rules[name])
        found[name] = Told(value, row.cell("period"), row.cell("document"), str(row.place))
    return found


def _value(row: Record, rule: ToldRule) -> Fraction:
    text, place = row.cell("value"), row.at("value")
    try:
        value = Fraction(Decimal(text.replace(",", "").removesuffix("%")))
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise _refused([place], Text(f"“{text}”不是数值", f"“{text}” is no number")) from error
    if value < 0 or (rule.form == "count" and value.denominator != 1):
        what = Text(f"“{text}”应为不小于零的整数", f"“{text}”: a whole number from 0 is asked")
        raise _refused([place], what)
    return value / 100 if rule.form == "percent" else value


def _refused(places: Sequence[Place], what: Text) -> UserError:
    return UserError(
        what,
        where="、".join(map(str, places)),
        why=Text("工作数据不能使用，没有写出报告", "the work data cannot be used; no report was written"),
        fix=Text(
            "空白样表：junheng compose template --out 工作数据.xlsx",
            "an empty one: junheng compose template --out …",
        ),
    )
