"""Numbers and lines of a school standard as officers read them: never rounded across a line."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from junheng.basics import STAGE_NAMES, STAGES, Text, urban_town_rural
from junheng.data import load_dictionary
from junheng.judgement import Verdict
from junheng.judgement.school_standards import RowResult, SchoolRate
from junheng.reports.percent import format_share
from junheng.standards.school_standards import Change, Line, LineTable, Row, SchoolStandard

_PLACES = 100
_SIGNS = {"at_least": "≥", "at_most": "≤"}
_AREAS = {
    "urban": Text("城区", "city"),
    "town": Text("镇区", "town"),
    "rural": Text("乡村", "rural"),
    "unknown": Text("城乡分类未填", "place unknown"),
}
AREA_OF = {"city": "urban", "town": "town", "rural": "rural"}
WHOLE = Text("全部项目", "all rows")


def number(value: Fraction | None, *, up: bool = False) -> str:
    """Two decimals, cut off (``up``: the next above); “—” where absent."""
    if value is None:
        return "—"
    units = ceil(value * _PLACES) if up else floor(value * _PLACES)
    return f"{(Decimal(units) / _PLACES).normalize():,f}"


def present(result: RowResult) -> str:
    """What a school has: where it falls short, cut away from the line, so that it never reads as the line itself."""
    return number(result.value, up=_is_short(result) and result.side == "at_most")


def asked(result: RowResult) -> str:
    """The line a school was held against."""
    if result.line is None:
        return "—"
    return f"{_SIGNS[result.side]}{number(result.line, up=_is_short(result) and result.side == 'at_least')}"


def _is_short(result: RowResult) -> bool:
    return result.verdict is Verdict.NOT_MET


def gap(result: RowResult, row: Row) -> Text:
    """What a school lacks, or has too much of, in the row's quantity."""
    told = number(result.lacks, up=True)
    if result.side == "at_most":
        return Text(f"超出{told}{row.quantity.zh}", f"{told} {row.quantity.en} too many")
    return Text(f"差{told}{row.quantity.zh}", f"lacks {told} {row.quantity.en}")


def rate_words(rate: SchoolRate) -> str:
    """“86.5” or, where some cannot be told, “85.1–86.5”; “—” without schools."""
    if not rate.whole:
        return "—"
    least, most = (format_share(part, rate.whole) for part in (rate.met, rate.met + rate.unknown))
    return least if least == most else f"{least}–{most}"


def quotient_words(row: Row) -> str:
    """How a row is reckoned: “books ÷ pupils”."""
    if row.denominator == "1":
        return row.numerator
    top, bottom = (text if text.isidentifier() else f"({text})" for text in (row.numerator, row.denominator))
    return f"{top} ÷ {bottom}"


def line_words(line: Line) -> str:
    """A line as it is written: “≥6.6 (12)、5.8 (18) …”."""
    bound, sign = line.bound, _SIGNS[line.side]
    if not isinstance(bound, LineTable):
        return f"{sign}{bound}"
    sizes = "、".join(f"{size}：{value}" for size, value in sorted(bound.sizes.items()))
    between = "按较小规模" if bound.between == "lower_size" else "按直线内插"
    outside = "档外取最近" if bound.outside == "nearest" else "档外不判"
    return f"{sign}{{{bound.by} → {sizes}}}，两档之间{between}，{outside}"


def kind_name(kind: str) -> Text:
    """What a kind of school is called."""
    name = load_dictionary().tables["school"].columns["kind"].values.get(kind)
    return Text(kind or "办学类型未填", kind or "kind unknown") if name is None else name


def area_name(key: str) -> Text:
    """What an area of the rates is called."""
    return _AREAS[key]


def area_of_code(code: str) -> Text:
    """The area of an urban–rural code."""
    word = urban_town_rural(code)
    return _AREAS["unknown" if word is None else AREA_OF[word.en]]


def fact_name(name: str, standard: SchoolStandard) -> str:
    """What a name of an expression is called: the column's heading, a stage's part, rooms of a kind, a figure."""
    tables = load_dictionary().tables
    for figure in standard.figures:
        if figure.id == name:
            return figure.name.zh
    kinds = tables["special_room"].columns["kind"].values
    if name.removeprefix("rooms_") in kinds:
        return f"{kinds[name.removeprefix('rooms_')].zh}间数"
    for stage in STAGES:
        if name.startswith(f"{stage}_"):
            return f"{STAGE_NAMES[stage].zh}{fact_name(name.removeprefix(f'{stage}_'), standard)}"
    found = [table.columns[name].heading.zh for table in tables.values() if name in table.columns]
    return found[0] if found else name


def change_words(change: Change) -> str:
    """One value that an overlay set, with the words it rests on: “rows.books.lines.1.at_least ← 某文 第一条（…）”."""
    cited, path = change.citation, ".".join(change.walk)
    return f"{cited.overlay}：{path} ← {cited.document} {cited.article}（{cited.certainty}，{cited.in_force_from} 起）"


def overlay_names(standard: SchoolStandard) -> Text:
    """The overlays that hold, by name; empty where there is none."""
    names = [one.content.overlay.name for one in standard.overlays]
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
