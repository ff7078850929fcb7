"""The empty book of further figures: one row a school, one column a figure that the reported data lack."""

from collections.abc import Sequence

from junheng.judgement.school_standards import figure_forms
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value
from junheng.standards.school_standards import SchoolStandard

_WIDEST = 40


def figures_template(standard: SchoolStandard, schools: Sequence[tuple[str, str]] = ()) -> bytes:
    """The book that ``standard`` asks for, with a row for each of ``schools`` (code, name); an example row without."""
    form = figure_forms(standard)["figures"]
    headings = list(form.headings.values())
    columns = [
        Column(
            ("*" if one.is_required else "") + one.title.zh, min(_WIDEST, max(14, 2 * len(one.title.zh) + 4))
        )
        for one in headings
    ]
    rows: list[list[Value]] = [[code, name] for code, name in schools]
    if not schools:
        rows = [[f"# {headings[0].example}", *(one.example for one in headings[1:])]]
    meanings: list[list[Value]] = [
        [one.title.zh, one.title.en, "是" if one.is_required else "", one.meaning.zh] for one in headings
    ]
    about = [Column("列", 26), Column("heading", 26), Column("必填", 8), Column("说明", 40)]
    return plain_book(
        [Sheet(form.title.zh, columns, rows, freeze=2), Sheet("填写说明", about, meanings)],
        f"{standard.head.name.zh}：补充数据",
    )
