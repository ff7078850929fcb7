"""A composed report's blocks: chapters of printed sentences, what lacks, and the index of figures."""

from collections.abc import Iterator, Mapping, Sequence

from junheng.basics import Text
from junheng.reports.chapters.wording import ORDER
from junheng.reports.compose.definition import Library, SectionRule, Shape
from junheng.reports.compose.figure import source_name
from junheng.reports.compose.sentence import Sentence
from junheng.reports.numbers import NumberIndex
from junheng.reports.word.blocks import Block, Break, Cell, Editable, Heading, Inline, Paragraph, Table
from junheng.reports.word.body import figure_anchor

_SMALL = 8.0
_NOTHING = "（本节没有可以写出的内容，见文末“尚缺事项”。）"


def report_blocks(
    shape: Shape, told: Mapping[str, Sentence], numbers: NumberIndex, library: Library
) -> list[Block]:
    """The report after its title. ``told``: every sentence of ``shape`` by id."""
    blocks: list[Block] = []
    for order, chapter in zip(ORDER, shape.chapters, strict=False):
        blocks.append(Heading(1, f"{order}、{chapter.title.zh}"))
        for place, section in zip(ORDER, chapter.sections, strict=False):
            blocks += [Heading(2, f"（{place}）{section.title.zh}"), *_section(section, told)]
    blocks += [Break("page"), *_lacking(told, library), *_index(numbers)]
    return blocks


def _section(section: SectionRule, told: Mapping[str, Sentence]) -> Iterator[Block]:
    empty = True
    for run in section.paragraphs:
        content: tuple[Inline, ...] = tuple(part for name in run for part in told[name].content)
        if content:
            empty = False
            yield Paragraph(content)
    if section.prompt is not None:
        yield Editable(f"edit.{section.prompt.tag}", section.title.zh, section.prompt.prompt)
    elif empty:
        yield Paragraph((_NOTHING,), "Note")


def lacking_rows(told: Mapping[str, Sentence], library: Library) -> list[tuple[str, Text, tuple[str, ...]]]:
    """What lacks: its source, the reason, and the sentences it keeps out; one row for each reason."""
    rows: dict[tuple[str, str], tuple[Text, list[str]]] = {}
    for sentence in told.values():
        for unknown in sentence.reasons:
            kept = rows.setdefault((unknown.source, unknown.reason.zh), (unknown.reason, []))
            kept[1].append(sentence.id)
    return [
        (_name(source, library), reason, tuple(ids)) for (source, _), (reason, ids) in sorted(rows.items())
    ]


def _name(source: str, library: Library) -> str:
    if source == "told":
        return "工作数据"
    return source_name(source, library).zh if source else "—"


def _lacking(told: Mapping[str, Sentence], library: Library) -> Iterator[Block]:
    yield Heading(1, "尚缺事项")
    rows = tuple((name, reason.zh, "、".join(ids)) for name, reason, ids in lacking_rows(told, library))
    if not rows:
        yield Paragraph(("本报告各句所需的数字都已具备。",), "Note")
        return
    yield Paragraph(("下列数字没有提供或无法得到，有关句子没有写出；软件不补写、不估计。",), "Note")
    heads, widths = ("来源", "原因", "没有写出的句子"), (18, 46, 46)
    yield Table("lacking", "尚缺事项", heads, rows, widths, ("left", "left", "left"), _SMALL)


def _index(numbers: NumberIndex) -> Iterator[Block]:
    rows = []
    for entry in numbers.entries.values():
        rows.append(
            (Cell(entry.id, anchor=figure_anchor(entry.id)), entry.label, entry.text, origin(entry.refs))
        )
    yield Heading(1, "数字索引")
    note = "正文数字右上角的灰色编号与本表对应；各数字的来源文件、路径和数值另见同名的 .figures.json。"
    yield Paragraph((note,), "Note")
    heads, widths = ("编号", "含义", "数值", "出处"), (9, 48, 20, 60)
    yield Table("numbers", "", heads, tuple(rows), widths, ("center", "left", "center", "left"), 7.5)


def origin(refs: Mapping[str, object]) -> str:
    """Where a figure comes from, in a line: a result's file and path, a row of the work data, or a reckoning."""
    if "path" in refs:
        return f"{refs['source']}：{refs['file']} {refs['path']}"
    if "told" in refs:
        period = f"，{refs['period']}" if refs.get("period") else ""
        return f"{refs['file']}（{refs['document']}{period}）"
    if "part" in refs:
        return f"{refs['part']} ÷ {refs['whole']}"
    parts = refs.get("parts")
    return "由 " + "、".join(map(str, parts if isinstance(parts, Sequence) else ())) + " 算出"
