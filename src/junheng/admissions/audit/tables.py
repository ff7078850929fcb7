"""An audit as tables for Excel and Word: every figure with its name in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.admissions.audit.publication import default_publication
from junheng.admissions.audit.report import CAUTION, Audit, outcome_names
from junheng.basics import Text

NO_NOTE = Text("", "")
Cell = str | int | None  # None: hidden, because few children are meant


@dataclass(frozen=True)
class AuditTable:
    """One table: its title, headings, rows and a note beneath (may be empty)."""

    title: Text
    headings: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Text = NO_NOTE


_COUNTS = (
    ("children", Text("报名人数", "children")),
    ("with_wishes", Text("填报志愿人数", "with wishes")),
    ("leftover", Text("统筹安排人数", "placed as leftovers")),
    ("unplaced", Text("未录取人数", "unplaced")),
    ("without_wish", Text("未填志愿人数", "without wishes")),
    ("envious", Text("有正当嫉妒的人数", "children with justified envy")),
    ("envy_schools", Text("正当嫉妒：人与学校", "justified envy: child and school")),
    ("envy_pairs", Text("正当嫉妒：人与人", "justified envy: child and child")),
    ("outranked", Text("优先类别被越过的人数", "children outranked by class")),
    ("outranked_schools", Text("优先类别被越过：人与学校", "outranked by class: child and school")),
    ("passed_over", Text("因批次先后未参加更前志愿的人数", "seated in an earlier stage below a better wish")),
    ("wasted_seats", Text("空着而有人要的学位", "empty seats that were wanted")),
    ("claimants", Text("想要空学位的人数", "children who wanted them")),
    ("over_plan", Text("超计划人数（双胞胎）", "over the plan (twins)")),
    ("proposals", Text("投档次数（校验数）", "proposals (checksum)")),
)


def audit_tables(found: Audit, *, is_public: bool = True, smallest: int | None = None) -> list[AuditTable]:
    """The tables of an audit: wishes with the rule's name, counts, then one per group.

    ``is_public`` hides counts of groups below ``smallest`` (default: as shipped) and what would give them away.
    """
    limit = (default_publication().smallest_cell if smallest is None else smallest) if is_public else None
    names = outcome_names(len(found.by_choice))
    wishes = tuple(
        (f"{name.zh} {name.en}", count, _percent(count, found.with_wishes))
        for name, count in zip(names, found.by_choice, strict=False)
    )
    rule = Text(f"录取规则：{found.mechanism.zh}", f"rule: {found.mechanism.en}")
    heads = (
        Text("志愿", "wish"),
        Text("录取人数", "admitted"),
        Text("占填报人数 %", "% of those with wishes"),
    )
    tables = [
        AuditTable(Text(f"各志愿录取（{rule.zh}）", f"Admitted by wish ({rule.en})"), heads, wishes, CAUTION)
    ]
    counts = tuple((f"{text.zh} {text.en}", getattr(found, name)) for name, text in _COUNTS)
    tables.append(
        AuditTable(
            Text(f"审计数（{rule.zh}）", f"Audit ({rule.en})"),
            (Text("项目", "item"), Text("数", "count")),
            counts,
        )
    )
    return tables + _group_tables(found, names, limit)


def _group_tables(found: Audit, names: Sequence[Text], smallest: int | None) -> list[AuditTable]:
    heads = (
        Text("组", "group"),
        Text("人数", "children"),
        *names,
        Text("有正当嫉妒", "with justified envy"),
        Text("类别被越过", "outranked by class"),
    )
    note = NO_NOTE
    if smallest is not None:
        note = Text(
            f"空格：人数少于 {smallest}，或会泄露这类数",
            f"blank: fewer than {smallest}, or would reveal such a count",
        )
    tables = []
    for group in found.groups:
        outcomes, envious, outranked, children = group.shown(smallest)
        rows = tuple(
            (f"{label.zh} {label.en}", children[i], *outcomes[i], envious[i], outranked[i])
            for i, label in enumerate(group.labels)
        )
        title = Text(
            f"按 {group.name} 分组（{found.mechanism.zh}）", f"By {group.name} ({found.mechanism.en})"
        )
        tables.append(AuditTable(title, heads, rows, note))
    return tables


def _percent(count: int, of: int) -> str:
    """Two decimals, cut off rather than rounded up: 99.996 % is not everybody."""
    return f"{count * 10_000 // of / 100:.2f}" if of else ""
