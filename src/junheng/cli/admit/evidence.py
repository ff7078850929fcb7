"""Eligibility beside a trial: papers shown, against the rule, for every public school wished."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.basics import Text, UserError, heading_key, nearest
from junheng.cli.admit.decide import Decided
from junheng.cli.small_table import TableRow, read_small_table
from junheng.data.books import parse_day

if TYPE_CHECKING:
    from junheng.admissions import EligibilityRule, Evidence, ZoneTable

HEADINGS = {
    "id_number": ("证件号码", "儿童证件号码", "身份证号", "id_number"),
    "kind": ("材料", "材料类别", "证明材料", "evidence"),
    "holder": ("持有人", "权利人", "holder"),
    "address": ("地址", "坐落", "address"),
    "dated_on": ("登记日期", "发证日期", "dated on"),
    "valid_to": ("有效期至", "失效日期", "valid to"),
}
_OPTIONAL = ("address", "dated_on", "valid_to")
ANSWERS = {
    "eligible": Text("符合", "eligible"),
    "not_eligible": Text("不符合", "not eligible"),
    "cannot_tell": Text("无法判定", "cannot tell"),
}


def read_evidence(path: Path, rule: "EligibilityRule") -> dict[str, list["Evidence"]]:
    """The papers by document number of the child, in the words of ``rule``.

    Raises UserError naming the row: a kind or holder the rule does not know, a date that is none.
    """
    from junheng.admissions import Evidence

    kinds = {key: (name.zh, name.en) for key, name in rule.kinds.items()}
    holders = {key: (name.zh, name.en) for key, name in rule.holders.items()}
    found: dict[str, list[Evidence]] = {}
    for row in read_small_table(path, HEADINGS, _refused, optional=_OPTIONAL):
        paper = Evidence(
            kind=_word(row, "kind", kinds),
            holder=_word(row, "holder", holders),
            address=row.cells.get("address", ""),
            dated_on=_date(row, "dated_on"),
            valid_to=_date(row, "valid_to"),
        )
        found.setdefault("".join(row.cells["id_number"].split()).upper(), []).append(paper)
    return found


def _word(row: TableRow, column: str, known: dict[str, tuple[str, str]]) -> str:
    typed = row.cells[column]
    words = {heading_key(word): key for key, names in known.items() for word in (key, *names)}
    found = words.get(heading_key(typed))
    if found is None:
        near = nearest(typed, [names[0] for names in known.values()])
        hint = f"，最接近的是“{near}”" if near else ""
        raise _refused(row.where, f"规则中没有“{typed}”{hint}", f"the rule does not know {typed!r}")
    return found


def _date(row: TableRow, column: str) -> date | None:
    text = row.cells.get(column, "")
    if not text:
        return None
    if (day := parse_day(text)) is None:
        raise _refused(row.where, f"“{text}”不是日期", f"{text!r} is no date")
    return day


def eligibility_rows(
    decided: Decided,
    table: "ZoneTable",
    rule: "EligibilityRule",
    papers: dict[str, list["Evidence"]],
    on: date,
) -> Sequence[tuple[str, str, str, str, str, str]]:
    """For every child and public school it wished: the answer, the class due, the class on the form, the reasons."""
    from junheng.admissions import assess

    classes = {entry.code: entry.name or str(entry.code) for entry in decided.problem.classes}
    public = {school.id for school in decided.problem.schools if school.ownership == "public"}
    found = []
    for row in decided.roll.rows:
        shown = papers.get(decided.roll.names[row["pid"]].get("id_number", ""), [])
        for school, declared in zip(row["choices"], row["classes"], strict=True):
            if school in public and not shown:
                found.append(
                    (row["pid"], school, "没有材料", "", classes[declared], "证明材料表中没有该儿童")
                )
            elif school in public:
                answer = assess(rule, table, shown, school, on)
                due = "" if answer.code is None else classes.get(answer.code, str(answer.code))
                reasons = "；".join(reason.zh for reason in answer.reasons)
                found.append((row["pid"], school, ANSWERS[answer.state].zh, due, classes[declared], reasons))
    return found


def _refused(where: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(f"证明材料表：{zh}", f"Table of evidence: {en}"),
        where=where,
        why=Text("材料决定类别，不能猜", "papers decide the class; none can be guessed"),
        fix=Text(
            "每份材料一行：证件号码、材料、持有人、地址、登记日期（如 2027-04-30）",
            "one paper a row, dates like 2027-04-30",
        ),
    )
