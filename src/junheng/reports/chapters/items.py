"""（条款）: government, quality, recognition and vetoes, item by item; and the schools that miss them."""

from collections.abc import Iterator

from junheng.reports.chapters.wording import verdict_word
from junheng.reports.facts import Facts
from junheng.reports.item_facts import MissRow, has_items, item_rows, miss_rows
from junheng.reports.number_text import short
from junheng.reports.word.blocks import Block, Heading, Paragraph, Strong, Table

PART_NAMES = {
    "resource": "资源配置",
    "government": "政府保障程度",
    "quality": "教育质量",
    "recognition": "社会认可度",
    "veto": "一票否决事项",
}
MOST_NAMES = 40  # schools named for one item; all stand in tables.xlsx


def items_section(facts: Facts, order: str) -> Iterator[Block]:
    """The section with one table for each part, and a paragraph for each item that schools miss."""
    if not has_items(facts):
        return
    yield Heading(2, f"（{order}）政府保障、教育质量、社会认可度与一票否决各项")
    rows = list(item_rows(facts))
    for part in dict.fromkeys(row.part for row in rows):
        yield _table(facts, part)
    yield from _misses(facts)


def _table(facts: Facts, part: str) -> Block:
    rows, previous = [], ""
    for row in item_rows(facts):
        if row.part == part:
            first = row.key != previous
            previous = row.key
            lacks = f"，缺口 {short(row.shortfall)} {row.unit}" if row.shortfall else ""
            rows.append(
                (
                    row.key if first else "",
                    row.name if first else "",
                    row.test,
                    row.value,
                    row.line,
                    verdict_word(row.verdict) if row.verdict else "—",
                    (row.reason + lacks).removeprefix("，"),
                )
            )
    title = f"{PART_NAMES.get(part, part)}各项"
    heads = ("编号", "条款", "检验", "数值", "要求", "结论", "说明")
    return Table(f"items_{part}", title, heads, tuple(rows), (8, 20, 24, 13, 13, 12, 30),
                 ("center", "left", "left", "right", "right", "center", "left"), 8.0)  # fmt: skip


def _misses(facts: Facts) -> Iterator[Block]:
    found: dict[str, list[MissRow]] = {}
    for row in miss_rows(facts):
        found.setdefault(row.key, []).append(row)
    if found:
        yield Paragraph(
            (Strong("未达到的学校："), "逐校数值、界限和缺口见 tables.xlsx 的“条款未达到的学校”。")
        )
    for key, rows in found.items():
        names = _named(rows)
        shown = "、".join(names[:MOST_NAMES])
        rest = f"等，共{len(names)}个" if len(names) > MOST_NAMES else f"，共{len(names)}个"
        yield Paragraph((Strong(f"{key} {rows[0].name}："), f"{shown}{rest}。"))


def _named(rows: list[MissRow]) -> list[str]:
    """Each school with what it lacks: the amount, or the words where the item asks several things or cannot be told."""
    told: dict[str, list[str]] = {}
    several = len({row.fact for row in rows}) > 1
    for row in rows:
        is_plain = row.verdict == "not_met" and not several and row.shortfall is not None
        lacks = f"{short(row.shortfall)}{row.unit}" if is_plain else row.reason.replace(" ", "")
        told.setdefault(row.school + row.stage, []).append(lacks)
    return [f"{name}（{'，'.join(lacks)}）" for name, lacks in told.items()]
