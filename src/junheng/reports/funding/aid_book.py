"""资助统计.xlsx: totals of aid, loans of students apart, and every row that does not fit, with its place."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.reports.funding.funds_book import problem_sheet
from junheng.reports.funding.sheets import LiveSheet, number, write_live_book
from junheng.reports.funding.words import FINDINGS, STAGES, Json, basis
from junheng.reports.workbook.sheets import Column, Value

TITLES = {"category": "按困难类别", "scheme": "按资助项目", "stage": "按学段", "term": "按学期"}
_COLUMNS = (
    Column("项目", 26),
    Column("人次", 10, 0),
    Column("人数", 10, 0),
    Column("金额（元）", 16, 2),
    Column("金额不明（行）", 9, 0),
)


def write_aid_book(path: Path, problem: Json, outcome: Json) -> None:
    """Write the workbook. Raises OSError."""
    sheets = [_totals(problem, outcome, "totals", name, title) for name, title in TITLES.items()]
    sheets.append(_totals(problem, outcome, "apart", "scheme", "另列：助学贷款"))
    sheets += [_findings(outcome), _published(outcome), _rules(problem), problem_sheet(outcome["problems"])]
    write_live_book(path, sheets, f"学生资助 {outcome['on']}")


def name_of(problem: Json, column: str, key: str) -> str:
    """A key of a total in words; 未填 where the archive does not say."""
    if not key:
        return "未填或不认识"
    if column == "stage":
        return STAGES.get(key, key)
    if column == "term":
        return key
    word: str = problem["rules"][column]["values"][key]["zh"]
    return word


def _totals(problem: Json, outcome: Json, part: str, column: str, title: str) -> LiveSheet:
    groups: Mapping[str, Json] = outcome[part][column]
    rows: list[list[Value]] = [
        [name_of(problem, column, key), one["times"], one["pupils"], number(one["yuan"]), one["unknown"]]
        for key, one in groups.items()
    ]
    whole = outcome[part]["all"]
    formulas = {}
    if rows:
        for place, letter in ((1, "B"), (3, "D"), (4, "E")):
            formulas[len(rows), place] = f"=SUM({letter}2:{letter}{len(rows) + 1})"
    rows.append(["合计", whole["times"], whole["pupils"], number(whole["yuan"]), whole["unknown"]])
    notes = ["同一学生可有多行，人数合计不是各行之和。| A pupil may stand in several rows."]
    return LiveSheet(title, _COLUMNS, rows, formulas, notes, freeze=1)


def _findings(outcome: Json) -> LiveSheet:
    columns = [Column("问题", 26), Column("学生代号", 14), Column("应发（元）", 12, 2), Column("实发（元）", 12, 2),
               Column("位置", 60)]  # fmt: skip
    rows: list[list[Value]] = [
        [FINDINGS[one["kind"]].zh, one["pupil_id"], number(one.get("wanted_yuan")), number(one.get("paid_yuan")),
         "；".join(one["at"])]
        for one in outcome["findings"]
    ]  # fmt: skip
    return LiveSheet("待核对", columns, rows, notes=() if rows else ("没有待核对的行",))


def _published(outcome: Json) -> LiveSheet:
    columns = [
        Column("种类", 10),
        Column("标题", 40),
        Column("公开日期", 12),
        Column("地点", 30),
        Column("位置", 30),
    ]
    words = {"policy": "政策", "matter": "事项"}
    rows: list[list[Value]] = [
        [words.get(one["kind"], ""), one["title"], one["on"], one["where"], one["at"]]
        for one in outcome["publication"]["published"]
    ]
    return LiveSheet("政策与事项公开", columns, rows)


def _rules(problem: Json) -> LiveSheet:
    columns = [
        Column("学期首日", 12),
        Column("规则", 16),
        Column("名称", 36),
        Column("数值", 40),
        Column("依据", 60),
    ]
    rows: list[list[Value]] = [
        [day, rule["id"], rule["name"]["zh"], _values(rule), basis(rule)]
        for day, rules in problem["days"].items()
        for slot, rule in rules.items()
        if slot in ("living", "living_day", "aid_share")
    ]
    return LiveSheet("规则与依据", columns, rows)


def _values(rule: Json) -> str:
    return "，".join(f"{key}={_word(value)}" for key, value in rule["values"].items())


def _word(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "、".join(value)
