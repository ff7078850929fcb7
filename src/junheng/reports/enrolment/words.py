"""The words of enrolment papers: statuses, priorities, tables and cells in both languages."""

from collections.abc import Mapping

from junheng.basics import Text

STATUS: Mapping[str, Text] = {
    "not_found": Text("名单中找不到", "not found"),
    "to_check": Text("疑似同一人，待走访核实", "maybe found, to be checked by a visit"),
    "age_unknown": Text("缺出生日期，无法判断年龄", "no date of birth: age cannot be told"),
    "excused": Text("有合法事由", "explained"),
    "found_now": Text("本次已找到，待核实销号", "found now, to be closed"),
}
PRIORITY: Mapping[str, Text] = {
    "yes": Text("优先", "priority"),
    "to_check": Text("帮扶名单疑似，待核", "relief list: to check"),
    "no": Text("", ""),
    "unknown": Text("没有帮扶名单", "no relief list"),
}
TABLES: Mapping[str, Text] = {
    "ages": Text("户籍儿童年龄", "Ages of the household list"),
    "household_register": Text("户籍 × 学籍", "Household × register"),
    "register_onsite": Text("学籍 × 在校", "Register × on-site"),
    "ledger_states": Text("台账与状态", "Ledgers and states"),
    "priority": Text("与帮扶名单比对（未销号）", "Held against the relief list (not closed)"),
    "focus": Text("重点群体（未销号）", "Focus groups (not closed)"),
    "schools": Text("按学校（未销号）", "By school (not closed)"),
    "reasons": Text("事由", "Reasons"),
    "overdue": Text("逾期", "Overdue"),
}
CELLS: Mapping[str, Text] = {
    "in": Text("学龄内", "of school age"),
    "outside": Text("学龄外", "outside school age"),
    "unknown": Text("年龄不明", "age unknown"),
    "left": Text("前一名单人数", "on the first list"),
    "right": Text("后一名单人数", "on the second list"),
    "certain": Text("确定找到", "certainly found"),
    "rest": Text("待核与找不到", "to check or not found"),
    "overdue": Text("逾期未走访", "no visit in time"),
}
HIDDEN = "过少，不显示 hidden"
