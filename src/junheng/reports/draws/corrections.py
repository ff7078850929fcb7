"""更正: what a strike-off changed, told beside the first result and never instead of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.reports.draws.minutes import Aligns, result_blocks
from junheng.reports.word.blocks import Block, Heading, Paragraph, Table

_SMALL = 9.0


def correction_blocks(transcript: Mapping[str, Any], corrections: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Every correction in order, then the result now valid; nothing where nobody was struck off."""
    if not corrections:
        return []
    rows = tuple(
        (
            str(correction["number"]),
            str(len(correction["struck"])),
            str(len(correction["differences"])),
            str(correction["reason"]),
            str(correction["result"]["root"]),
        )
        for correction in corrections
    )
    heads = ("序号", "核减人数", "其他变动人数", "原因", "更正后的结果指纹")
    aligns: Aligns = ("right", "right", "right", "left", "left")
    return [
        Heading(1, "更正"),
        Paragraph(("公布后有学生核减，按同一种子、同一规则重演；其他学生的编号和号码都不变。",)),
        Table("corrections", "核减与重演", heads, rows, (0.6, 0.8, 1, 2, 4), aligns, size_pt=_SMALL),
        Paragraph(("更正后的结果：",)),
        *result_blocks(transcript, corrections[-1]["result"]),
    ]


def change_words(leaf: Mapping[str, Any] | None, before: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What corrections made of a child's first result ``before``; "" where nothing changed. ``leaf`` None: struck off."""
    was = _place(before, names)
    if leaf is None:
        return f"已核减（原 {was}）"
    return "" if leaf == before else f"更正（原 {was}）"


def _place(leaf: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if not leaf["school"]:
        return "未录取"
    return names.get(leaf["school"], str(leaf["school"]))
