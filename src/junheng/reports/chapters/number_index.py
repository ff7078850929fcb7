"""数字索引: every printed number's id, what it is and where it comes from."""

from junheng.reports.numbers import NumberIndex
from junheng.reports.word.blocks import Block, Cell, Heading, Paragraph, Table
from junheng.reports.word.body import figure_anchor


def number_index_chapter(numbers: NumberIndex) -> list[Block]:
    """A table of all numbers; each row carries the bookmark its tags in the text jump to."""
    rows = []
    for entry in numbers.entries.values():
        where = entry.refs.get("path") or _formula(entry.refs)
        rows.append((Cell(entry.id, anchor=figure_anchor(entry.id)), entry.label, entry.text, where))
    words = "正文数字右上角的灰色编号与本表对应；运行 junheng explain 结论文件夹 --figure 编号，可打开其公式、学校和数据单元格。"
    return [
        Heading(1, "数字索引"),
        Paragraph((words,), "Note"),
        Table(
            "numbers",
            "",
            ("编号", "含义", "数值", "出处"),
            tuple(rows),
            (9, 54, 16, 57),
            ("center", "left", "center", "left"),
            7.5,
        ),
    ]


def _formula(refs: object) -> str:
    if isinstance(refs, dict) and "part" in refs:
        return f"{refs['part']} ÷ {refs['whole']}"
    return str(refs.get("file", "")) if isinstance(refs, dict) else ""
