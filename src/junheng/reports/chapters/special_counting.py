"""Under 数据与依据: the values that rest on a relaxation, and the rows counted with another school."""

from collections.abc import Iterator
from typing import Any

from junheng.basics import STAGE_NAMES
from junheng.reports.certainty import CERTAINTY_WORDS
from junheng.reports.facts import Facts, Json
from junheng.reports.provenance_facts import RelaxedValue, merged_rows, overlays_of, relaxed_values
from junheng.reports.word.blocks import Block, Paragraph, Table

_MOST_ROWS = 60
_FIELDS = {"thresholds": "标准值", "floors": "底线", "floor": "底线", "cv_limits": "差异系数限值"}


def special_counting(facts: Facts) -> Iterator[Block]:
    """Two tables, or a sentence each where there is nothing to list."""
    yield from _local_values(facts)
    relaxed = list(relaxed_values(facts))
    if relaxed:
        yield Paragraph((f"下列{len(relaxed)}个数值依据放宽口径计算，放宽口径的确定程度见表。",))
        rows = tuple(row for value in relaxed[:_MOST_ROWS] for row in _relaxed_rows(value))
        heads = ("学校", "学段", "指标", "放宽口径", "计入数量", "文件与条款", "确定程度")
        yield Table("relaxed", "依据放宽口径的数值", heads, rows, (26, 9, 8, 42, 13, 26, 14),
                    ("left", "center", "center", "left", "center", "left", "center"), 8.0)  # fmt: skip
        yield from _rest(len(relaxed))
    else:
        yield Paragraph(("没有数值依据放宽口径计算。",))
    merged = merged_rows(facts)
    if merged:
        yield Paragraph((f"下列{len(merged)}个校区或教学点并入所属学校计算。",))
        shown = tuple(
            (row.name, f"{row.into_name}（{row.into_id}）", row.where) for row in merged[:_MOST_ROWS]
        )
        yield Table("merged", "并入其他学校的校区和教学点", ("校区或教学点", "并入", "位置"), shown, (30, 50, 40),
                    ("left", "left", "left"), 8.0)  # fmt: skip
        yield from _rest(len(merged))
    else:
        yield Paragraph(("没有并入其他学校的校区或教学点。",))


def _local_values(facts: Facts) -> Iterator[Block]:
    """The values of the standard that an overlay changed, each with its own source."""
    names = {overlay.id: overlay.name for overlay in overlays_of(facts)}
    rows = []
    for rule in (*facts.standard["indicators"], facts.standard.get("variation") or {}):
        for place, citation in (rule.get("value_citations") or {}).items():
            if citation.get("overlay") in names and place:
                sure = str(citation.get("certainty", ""))
                where = f"{citation.get('document', '')} {citation.get('article') or ''}".strip()
                value = _at(rule, place)
                rows.append((
                    names[citation["overlay"]], str(rule.get("id") or "差异系数"), _place_words(place), value, where,
                    CERTAINTY_WORDS.get(sure, sure),
                ))  # fmt: skip
    if rows:
        yield Table("overlays", "地方口径改动的数值", ("地方口径", "指标", "项目", "数值", "文件与条款", "确定程度"),
                    tuple(rows), (24, 12, 26, 14, 40, 16),
                    ("left", "center", "left", "center", "left", "center"), 8.0)  # fmt: skip


def _at(rule: Json, place: str) -> str:
    found: Any = rule
    for step in place.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return str(found) if isinstance(found, str | int | float) else "—"


def _place_words(place: str) -> str:
    """“标准值（小学）” for "thresholds.primary"; a place without a name of its own as it stands."""
    field, _, stage = place.partition(".")
    where = {name: words.zh for name, words in STAGE_NAMES.items()}.get(stage, stage)
    return _FIELDS.get(field, field) + (f"（{where}）" if where else "")


def _rest(count: int) -> Iterator[Block]:
    if count > _MOST_ROWS:
        yield Paragraph((f"本表列前{_MOST_ROWS}个，全部{count}个见 tables.xlsx。",), "Note")


def _relaxed_rows(value: RelaxedValue) -> Iterator[tuple[str, ...]]:
    for rule, amount in zip(value.relaxations, value.amounts, strict=True):
        citation = rule.get("citation") or {}
        where = f"{citation.get('document', '')} {citation.get('article') or ''}".strip()
        sure = str(citation.get("certainty", ""))
        yield (
            value.name, value.stage, value.indicator, f"{rule['id']} {rule.get('text', '')}".strip(),
            amount or "—", where or "—", CERTAINTY_WORDS.get(sure, sure),
        )  # fmt: skip
