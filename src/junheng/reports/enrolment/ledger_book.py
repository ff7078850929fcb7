"""台账.xlsx: a sheet a ledger, an entry a row, with what to do, by when, and why a pair is in doubt."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.enrolment import FULL, VIEW_WORDS, Rules
from junheng.reports.enrolment.words import PRIORITY, STATUS
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

_SEXES = {"1": "男", "2": "女"}
_SHARED = (
    Column("台账编号 No.", 14),
    Column("姓名 name", 12),
    Column("证件号 identity number", 22),
    Column("性别 sex", 6),
    Column("学校 school", 14),
    Column("年级 grade", 8),
    Column("班级 class", 8),
    Column("比对结果 result", 18),
    Column("疑似依据 why in doubt", 40),
    Column("优先 priority", 10),
    Column("重点群体 focus", 16),
    Column("状态 state", 10),
    Column("事由 reason", 14),
    Column("建账日 opened", 12),
    Column("限期 due", 12),
    Column("逾期 overdue", 8),
    Column("来源 source", 26),
)
_FULL_ONLY = (Column("出生日期 birth", 12), Column("监护人 guardian", 12), Column("住址 address", 26))


def write_ledger_book(
    path: Path, view: str, entries: Sequence[Mapping[str, Any]], rules: Rules, owner: str
) -> None:
    """Write the ledgers of a view (full or masked). Raises OSError."""
    words = VIEW_WORDS[view]
    sheets = []
    for ledger, named in rules.ledgers.kinds.items():
        rows = [_row(entry, view, rules) for entry in entries if entry["ledger"] == ledger]
        notes = [
            str(words),
            "系统只列出线索，由人走访后认定。| The list gives leads; people decide after a visit.",
        ]
        columns = [*_SHARED, *(_FULL_ONLY if view == FULL else ())]
        sheets.append(Sheet(named.zh, columns, rows, notes, freeze=2))
    path.write_bytes(plain_book(sheets, f"{owner}（{words.zh.partition('：')[0]}）"))


def _row(entry: Mapping[str, Any], view: str, rules: Rules) -> list[Value]:
    groups = "、".join(rules.focus.words[group].zh for group in entry["focus"])
    reason = rules.reasons.words[entry["reason"]].zh if entry["reason"] else ""
    row: list[Value] = [
        entry["number"],
        entry["name"],
        entry["id_number"],
        _SEXES.get(entry["sex"], ""),
        entry["school"],
        entry["grade"],
        entry["class_no"],
        STATUS[entry["status"]].zh,
        _doubt(entry["near"]),
        PRIORITY[entry["priority"]].zh,
        groups,
        rules.states.names[entry["state"]].zh,
        reason,
        entry["opened"],
        entry["due"],
        "逾期" if entry["overdue"] else "",
        entry["place"],
    ]
    return row + ([entry["birth"], entry["guardian"], entry["address"]] if view == FULL else [])


def _doubt(near: Mapping[str, Any] | None) -> str:
    """The parts of a pair in words with their points."""
    if near is None:
        return ""
    parts = [f"{part['zh']}（{part['points']:+}）" for part in near["parts"] if part["points"]]
    rival = "；另有一人同样相近" if near["has_rival"] else ""
    return f"{near['place']}：共 {near['score']} 分：{'、'.join(parts)}{rival}"


def title(on: str) -> Text:
    """The owner line of the papers."""
    return Text(f"控辍保学台账 {on}", f"Enrolment ledgers {on}")
