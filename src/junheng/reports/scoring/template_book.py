"""The scorers' empty book: a sheet per table with an example, and the system's items to copy from."""

from collections.abc import Mapping
from pathlib import Path

from junheng.basics import atomic_file
from junheng.judgement.scoring import ITEMS_SHEET, Form, score_forms
from junheng.reports.scoring.numbers import shown
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value
from junheng.standards.scoring import IndexSystem


def write_template(path: Path, system: IndexSystem) -> None:
    """Write the template for ``system``. Raises UserError."""
    sheets = [_sheet(form) for form in score_forms(system).values()]
    sheets.append(_items(system))
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book(sheets, system.name.zh))


def _sheet(form: Form) -> Sheet:
    headings = list(form.headings.values())
    columns = [
        Column(f"{'*' if h.is_required else ''}{h.title.zh}", max(12, 2 * len(h.title.zh) + 4))
        for h in headings
    ]
    example: list[Value] = [f"#示例 {h.example}" if i == 0 else h.example for i, h in enumerate(headings)]
    notes = [
        f"# {h.title.zh} {h.title.en}：{h.meaning.zh} {h.meaning.en}{_values(h.values)}" for h in headings
    ]
    return Sheet(form.title.zh, columns, [example], notes)


def _values(values: Mapping[str, str]) -> str:
    return f"（{'、'.join(values.values())}）" if values else ""


def _items(system: IndexSystem) -> Sheet:
    rows: list[list[Value]] = [
        [
            area.name.zh,
            item.id,
            item.name.zh,
            item.name.en,
            shown(str(item.points)),
            "本系统缺省 own" if item.is_own_default else "",
        ]
        for area in system.areas
        for item in area.items
    ]
    columns = [
        Column("方面 area", 18), Column("编号 id", 10), Column("指标", 40), Column("item", 44), Column("分值 points", 10),
        Column("来历 origin", 16),
    ]  # fmt: skip
    return Sheet(ITEMS_SHEET, columns, rows)
