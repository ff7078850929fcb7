"""Groups problems by cause: “this one wrong code explains 2,000 rows”."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.basics import Text
from junheng.data.checks.definition import CheckRule
from junheng.data.checks.load import load_checks
from junheng.data.dictionary import load_dictionary
from junheng.data.tables import Problem, Severity

SAMPLES = 5
BLANK_COLUMN = ":column"  # what the cause of a wholly blank column ends with


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All problems with one cause. ``value`` is the wrong value when they share one, else empty.

    ``samples`` are the first few in the order of the files; ``problems`` all of them in that order.
    """

    check: str
    severity: Severity
    cause: str
    title: Text
    why: Text
    fix: Text
    source: str
    table: str
    column: str
    value: str
    count: int
    samples: tuple[Problem, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """The group as plain data, with its samples but without all its problems."""
        return {
            "check": self.check,
            "severity": self.severity,
            "cause": self.cause,
            "title": {"zh": self.title.zh, "en": self.title.en},
            "why": {"zh": self.why.zh, "en": self.why.en},
            "fix": {"zh": self.fix.zh, "en": self.fix.en},
            "source": self.source,
            "table": self.table,
            "column": self.column,
            "value": self.value,
            "count": self.count,
            "samples": [problem_json(problem) for problem in self.samples],
        }


def problem_json(problem: Problem) -> dict[str, Any]:
    """One problem as plain data: its text in both languages and its place."""
    return {
        "check": problem.check,
        "severity": problem.severity,
        "what": {"zh": problem.what.zh, "en": problem.what.en},
        "fix": {"zh": problem.fix.zh, "en": problem.fix.en},
        "table": problem.table,
        "column": problem.column,
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "cell": problem.cell,
        "value": problem.value,
        "year": problem.year,
        "school_id": problem.school_id,
        "stage": problem.stage,
    }


def group_problems(problems: Iterable[Problem]) -> tuple[ProblemGroup, ...]:
    """Problems by cause: logic before experience, the biggest group first, ties by check and cause.

    The order of ``problems`` does not change the answer.
    """
    causes: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        causes.setdefault((problem.severity, problem.check, problem.cause), []).append(problem)
    groups = [_group(members) for members in causes.values()]
    return tuple(sorted(groups, key=lambda g: (g.severity != "logic", -g.count, g.check, g.cause)))


def _order(problem: Problem) -> tuple[Any, ...]:
    place = (problem.file, problem.sheet, problem.row, len(problem.cell), problem.cell)
    row = (problem.year, problem.school_id, problem.stage, problem.table, problem.column)
    return (*place, *row, problem.what.zh, problem.what.en, problem.fix.zh, problem.value)


def _group(members: Sequence[Problem]) -> ProblemGroup:
    ordered = sorted(members, key=_order)
    first = ordered[0]
    rule = next((check.rule for check in load_checks() if check.id == first.check), None)
    value = first.value if all(problem.value == first.value for problem in ordered) else ""
    return ProblemGroup(
        check=first.check,
        severity=first.severity,
        cause=first.cause,
        title=_title(rule, ordered, value),
        why=rule.why if rule else Text("", ""),
        fix=first.fix,
        source=rule.source if rule else "",
        table=first.table,
        column=first.column,
        value=value,
        count=len(ordered),
        samples=tuple(ordered[:SAMPLES]),
        problems=tuple(ordered),
    )


def _title(rule: CheckRule | None, ordered: Sequence[Problem], value: str) -> Text:
    """One line for the whole group: the problem itself when alone, else what they share and how many."""
    first, count = ordered[0].what, len(ordered)
    if count == 1:
        return first
    if rule and rule.absence == "row":
        return _absent_rows(rule, ordered)
    if rule and rule.absence and ordered[0].cause.endswith(BLANK_COLUMN):
        return _blank_columns(ordered)
    if all(problem.what == first for problem in ordered):
        if value and (rule is None or rule.cause):
            return Text(
                f"{first.zh}：这一个值造成 {count} 处问题",
                f"{first.en}: this one value explains {count} problems",
            )
        return Text(f"{first.zh}（共 {count} 处）", f"{first.en} ({count} places)")
    if rule is None:
        return Text(f"{first.zh}，等 {count} 处", f"{first.en}, and the like in {count} places")
    return Text(
        f"{rule.name.zh}：{count} 处，如：{first.zh}", f"{rule.name.en}: {count} places, such as: {first.en}"
    )


def _absent_rows(rule: CheckRule, ordered: Sequence[Problem]) -> Text:
    """The schools, or school-stages, that lack a row, the first few by name."""
    staged = bool(ordered[0].stage)
    named = list(dict.fromkeys(problem.value or problem.school_id for problem in ordered))
    more = Text("等", " and others") if len(named) > SAMPLES else Text("", "")
    kind = Text("个学段", "school-stages") if staged else Text("所学校", "schools")
    return Text(
        f"{len(ordered)} {kind.zh}{rule.name.zh}：{'、'.join(named[:SAMPLES])}{more.zh}",
        f"{len(ordered)} {kind.en} {rule.name.en}: {', '.join(named[:SAMPLES])}{more.en}",
    )


def _blank_columns(ordered: Sequence[Problem]) -> Text:
    headings = [load_dictionary().column(problem.table, problem.column).heading for problem in ordered]
    return Text(
        f"{len(ordered)} 列整列没有数据：" + "、".join(heading.zh for heading in headings),
        f"no data at all in {len(ordered)} columns: " + ", ".join(heading.en for heading in headings),
    )
