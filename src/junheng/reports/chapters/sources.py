"""数据与依据: clauses, files, fingerprint, what was left out, problems found in the data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.basics import STAGE_NAMES
from junheng.data import load_dictionary
from junheng.reports.certainty import CERTAINTY_WORDS
from junheng.reports.chapters.items import PART_NAMES
from junheng.reports.chapters.special_counting import special_counting
from junheng.reports.chapters.wording import ORDER, verdict_word
from junheng.reports.facts import Facts, Json
from junheng.reports.fingerprint import finding_fingerprint
from junheng.reports.item_facts import has_items
from junheng.reports.number_text import short
from junheng.reports.problem_facts import problem_groups
from junheng.reports.provenance_facts import OverlayFacts, overlay_words, overlays_of
from junheng.reports.read_facts import chinese
from junheng.reports.word.blocks import Block, Heading, Paragraph, Table

_MOST_PROBLEMS = 30
_LONGEST_PROBLEM = 140  # characters of one problem in the report
_MOST_SKIPPED = 60


def sources_chapter(facts: Facts) -> list[Block]:
    """Everything needed to check the report, except the index of numbers."""
    sections = (
        ("评价依据", _clauses(facts)),
        ("放宽口径与并入的学校", special_counting(facts)),
        ("输入数据与结论指纹", _inputs(facts)),
        ("数据问题", _problems(facts)),
        ("未纳入评价的学段", _skipped(facts)),
        ("其他部分各项", _items(facts)),
    )
    blocks: list[Block] = [Heading(1, "数据与依据")]
    order = iter(ORDER)
    for title, found in sections:
        section = list(found)
        if section:
            blocks += [Heading(3, f"（{next(order)}）{title}"), *section]
    return blocks


def _clauses(facts: Facts) -> Iterator[Block]:
    standard = facts.standard
    text = f"标准：{chinese(standard['name'])}，《{standard['title']}》（{standard['document']}），按{standard['on']}有效的版本。"
    overlays, region = overlay_words(facts), str(standard.get("region") or "")
    text += f"地方口径：{overlays}。" if overlays else "未叠加地方口径。"
    yield Paragraph((text + (f"地区代码：{region}。" if region else ""),))
    rows, applied = [], overlays_of(facts)
    for rule in facts.indicators:
        lines = [
            f"{stage.name}{short(rule.lines[stage.stage].threshold)}"
            for stage in facts.stages
            if rule.lines[stage.stage].threshold is not None
        ]
        rows.append((rule.key, rule.name, "、".join(lines) or "—", *_citation(rule.citation, applied)))
    for name, key in (
        ("学校判定规则", "school_rule"),
        ("全县判定规则", "county_rule"),
        ("差异系数", "variation"),
    ):
        found = standard.get(key)
        if found:
            rows.append(("—", name, found.get("text") or "—", *_citation(found["citation"], applied)))
    heads = ("编号", "指标或规则", "要求", "文件与条款", "确定程度", "核对日期")
    widths = (8, 30, 26, 24, 13, 12)
    yield Table("clauses", "标准条款与出处", heads, tuple(rows), widths,
                ("center", "left", "left", "left", "center", "center"), 8.0)  # fmt: skip
    yield Paragraph(
        ("“确定程度”说明该数值的出处是否见于公开文本；“核对日期”为空表示尚未由人核对原文。",), "Note"
    )


def _citation(citation: Json, overlays: Sequence[OverlayFacts] = ()) -> tuple[str, str, str]:
    where = f"{citation.get('document', '')} {citation.get('article') or ''}".strip()
    if citation.get("overlay"):
        names = {overlay.id: overlay.name for overlay in overlays}
        where += f"（{names.get(citation['overlay'], citation['overlay'])}口径）"
    sure = CERTAINTY_WORDS.get(str(citation.get("certainty")), str(citation.get("certainty", "")))
    return where, sure, str(citation.get("last_checked_on") or "—")


def _inputs(facts: Facts) -> Iterator[Block]:
    manifest = facts.manifest
    rows = tuple(
        (str(entry["name"]), _row_counts(entry.get("rows")), str(entry["sha256"]))
        for entry in manifest.get("inputs") or []
    )
    if rows:
        yield Table("inputs", "输入文件", ("文件", "各表行数", "SHA-256"), rows, (14, 44, 52),
                    ("left", "left", "left"), 8.0)  # fmt: skip
    software = manifest.get("software") or {}
    version = software.get("version") if isinstance(software, Mapping) else manifest.get("version")
    command = manifest.get("command")
    shown = " ".join(command) if isinstance(command, list) else command
    yield Paragraph((f"结论指纹（SHA-256）：{finding_fingerprint(facts)}",), "Note")
    yield Paragraph((f"标准文件 SHA-256：{facts.standard.get('sha256', '—')}",), "Note")
    yield Paragraph((f"软件：均衡 junheng {version or '—'}；命令：{shown or '—'}",), "Note")
    yield Paragraph(
        ("用 junheng verify 可独立复算本结论，用 junheng explain --figure 编号 可追溯任一数字。",), "Note"
    )


def _row_counts(rows: Any) -> str:
    if isinstance(rows, Mapping):
        sheets = load_dictionary().tables
        return "、".join(
            f"{sheets[table].sheet.zh if table in sheets else table} {count}" for table, count in rows.items()
        )
    return str(rows) if rows is not None else "—"


def _problems(facts: Facts) -> Iterator[Block]:
    groups = problem_groups(facts.problems)
    if not groups:
        yield Paragraph(("未发现数据问题。",))
        return
    logic = sum(group.count for group in groups if group.severity == "logic")
    other = sum(group.count for group in groups) - logic
    yield Paragraph(
        (
            f"共{len(groups)}类数据问题：逻辑性{logic}处（须改正，相应单元格按缺失处理），经验性{other}处（可说明）。",
        )
    )
    rows = tuple(
        (
            "逻辑" if group.severity == "logic" else "经验",
            _shortened(group.what),
            str(group.count),
            group.where,
        )
        for group in groups[:_MOST_PROBLEMS]
    )
    yield Table("problems", "数据问题（按原因归并）", ("类别", "问题", "处数", "位置（首处）"), rows,
                (9, 60, 9, 30), ("center", "left", "center", "left"), 8.0)  # fmt: skip
    if len(groups) > _MOST_PROBLEMS:
        yield Paragraph((f"其余{len(groups) - _MOST_PROBLEMS}类见 tables.xlsx。",), "Note")


def _shortened(words: str) -> str:
    """A problem that quotes a long list, cut: the annex has all of it."""
    if len(words) <= _LONGEST_PROBLEM:
        return words
    return f"{words[:_LONGEST_PROBLEM]}……（全文见 tables.xlsx）"


def _skipped(facts: Facts) -> Iterator[Block]:
    skipped = facts.verdict.get("skipped") or []
    if not skipped:
        return
    names: dict[str, str] = {stage: name.zh for stage, name in STAGE_NAMES.items()}
    rows = tuple(
        (
            str(row["name"] or row["school_id"]),
            names.get(row["stage"], str(row["stage"])),
            chinese(row["reason"]),
        )
        for row in skipped[:_MOST_SKIPPED]
    )
    yield Table("skipped", "未纳入评价的学段及原因", ("学校", "学段", "原因"), rows, (40, 12, 56),
                ("left", "center", "left"), 8.5)  # fmt: skip
    if len(skipped) > _MOST_SKIPPED:
        yield Paragraph((f"本表列前{_MOST_SKIPPED}个，全部{len(skipped)}个见 tables.xlsx。",), "Note")


def _items(facts: Facts) -> Iterator[Block]:
    """Items of a finding that does not tell their tests: where it does, a section of its own shows them."""
    if has_items(facts):
        return
    names = {item["id"]: item for item in facts.standard.get("items") or []}
    rows = []
    for key, found in (facts.verdict.get("items") or {}).items():
        item = names.get(key, {})
        part = PART_NAMES.get(str(found.get("part") or item.get("part")), "")
        rows.append(
            (key, part, chinese(item.get("name")), verdict_word(found["verdict"]), chinese(found["reason"]))
        )
    if rows:
        yield Table("items", "政府保障程度、教育质量、社会认可度和一票否决各项", ("编号", "部分", "内容", "结论", "说明"),
                    tuple(rows), (8, 17, 42, 12, 34), ("center", "center", "left", "center", "left"), 8.0)  # fmt: skip
