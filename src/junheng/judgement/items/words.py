"""Reasons of items: codes, and sentences that name the schools and cells."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from junheng.basics import Text
from junheng.data import load_dictionary
from junheng.indicators import Absent, ItemFact, Number
from junheng.judgement.compare import sign
from junheng.judgement.items.lines import word_of
from junheng.judgement.reasons import column_name, reason
from junheng.judgement.results import Reason
from junheng.standards import Item, Limit

SHOWN = 5
_HUNDRED = Decimal(100)


def figure_text(value: Number | Decimal | float, limit: Limit | None, unit: Text) -> Text:
    """A figure for people: ratios as percentages, cut off after two digits, never rounded up to a line."""
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator)
        if isinstance(value, Fraction)
        else Decimal(value)
    )
    if limit is not None and limit.unit == "ratio":
        said = _cut(exact * _HUNDRED)
        return Text(f"{said}%", f"{said}%")
    said = _cut(exact)
    return Text(f"{said}{unit.zh}", f"{said} {unit.en}".strip())


def _cut(value: Decimal) -> str:
    cut = value.quantize(Decimal("0.01"), ROUND_FLOOR)
    return format(cut.normalize(), "f")


def below(fact: ItemFact, key: str, limit: Limit, value: Fraction, line: Decimal) -> Reason:
    """A county's figure that does not keep its limit."""
    if fact.truth:
        return Reason(f"below:{key}", Text(f"{fact.name.zh}：否", f"{fact.name.en}: no"))
    found, asked = figure_text(value, limit, fact.unit), figure_text(line, limit, fact.unit)
    mark = sign(word_of(limit))
    return Reason(
        f"below:{key}",
        Text(
            f"{fact.name.zh}为 {found.zh}，要求 {mark} {asked.zh}",
            f"{fact.name.en} is {found.en}, asked {mark} {asked.en}",
        ),
    )


def offence(item: Item, fact: ItemFact, key: str, limit: Limit, value: Fraction) -> Reason:
    """A veto that occurs."""
    found = figure_text(value, limit, fact.unit)
    return Reason(
        f"below:{key}",
        Text(f"{item.name.zh}：{fact.name.zh} {found.zh}", f"{item.name.en}: {fact.name.en} {found.en}"),
    )


def school_below(fact: ItemFact, key: str, shortfall: Number, more: bool) -> Reason:
    """What a school lacks, or has too much of."""
    amount = figure_text(shortfall, None, fact.quantity_unit)
    zh, en = ("差", "lacks") if more else ("超出", "too many:")
    return Reason(
        f"below:{key}", Text(f"{fact.name.zh}{zh} {amount.zh}", f"{fact.name.en}: {en} {amount.en}")
    )


def missing_in(absent: Sequence[Absent], names: Mapping[str, str]) -> Reason:
    """The rows of a county in which something is absent, the first by name."""
    columns = list(dict.fromkeys(column for found in absent for column in found.columns))
    told = [column_name(column) for column in columns]
    owners = list(dict.fromkeys(names.get(found.owner, found.owner) for found in absent))
    first = "、".join(owners[:SHOWN]) + ("等" if len(owners) > SHOWN else "")
    return Reason(
        f"missing_in:{len(absent)}:{','.join(columns)}",
        Text(
            f"{len(absent)} 行缺{'、'.join(name.zh for name in told)}：{first}",
            f"{len(absent)} rows lack {', '.join(name.en for name in told)}: {first}",
        ),
    )


def fault(code: str) -> Reason:
    """Why a total has no value although no cell is absent."""
    kind, _, detail = code.partition(":")
    if kind == "no_rows":
        sheet = load_dictionary().tables[detail].sheet
        return Reason(code, Text(f"没有《{sheet.zh}》数据", f"no data of {sheet.en}"))
    if kind == "conflict":
        name = column_name(detail)
        return Reason(code, Text(f"{name.zh}各行不一致", f"{name.en} differs between its rows"))
    return reason(code)


def absent_cells(columns: Sequence[str]) -> Reason:
    """Cells that are absent in one school."""
    return reason(f"missing:{','.join(columns)}") if columns else reason("no_value")


def schools_failed(failed: int, of: int) -> Reason:
    """So many units fail."""
    return Reason(
        f"schools_failed:{failed}/{of}",
        Text(f"{of} 个中有 {failed} 个未达到", f"{failed} of {of} do not reach it"),
    )


def schools_undecided(count: int, of: int) -> Reason:
    """So many units cannot be told."""
    return Reason(
        f"schools_undecided:{count}/{of}",
        Text(f"{of} 个中有 {count} 个因缺数据无法判定", f"{count} of {of} cannot be told for lack of data"),
    )


NONE_CONCERNED = Reason("none_concerned", Text("没有须受检验的学校", "no school is concerned"))
