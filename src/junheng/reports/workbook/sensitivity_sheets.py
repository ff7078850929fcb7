"""Sheets on what may be lost, who moves the spread, further measures of inequality."""

from collections.abc import Iterator
from typing import Any

from xlsxwriter import Workbook

from junheng.reports.facts import Facts
from junheng.reports.read_facts import chinese
from junheng.reports.workbook.formats import Formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

_MOST_CONTRIBUTORS = 10
_LINES = {"threshold": "标准值", "floor": "底线"}


def sensitivity_sheets(book: Workbook, formats: Formats, facts: Facts) -> None:
    """余量, 差异贡献 and 其他均衡指标; each only where the finding has something to say."""
    name = Column("指标", 51)
    sheets = (
        (
            "余量",
            [Column("学校标识码", 12), Column("学校", 24), Column("学段", 7), name, Column("可减少", 13, 2),
             Column("单位", 8), Column("减少到此数即不达标", 13), Column("触及", 9)],
            list(_losses(facts)),
        ),
        (
            "差异贡献",
            [Column("学段", 8), name, Column("次序", 7, 0), Column("学校标识码", 13), Column("学校", 26),
             Column("占方差的比重", 12, 4), Column("高于均值", 10)],
            list(_contributions(facts)),
        ),
        (
            "其他均衡指标",
            [Column("学段", 8), name, Column("基尼系数", 11, 4), Column("泰尔指数", 11, 4),
             Column("泰尔：城乡之间", 11, 4), Column("泰尔：城乡之内", 11, 4), Column("最大与最小之比", 11, 2)],
            list(_inequality(facts)),
        ),
    )  # fmt: skip
    for title, columns, rows in sheets:
        if rows:
            write_sheet(book, formats, title, columns, rows, freeze_columns=2)


def _rule_names(facts: Facts) -> dict[str, str]:
    return {rule.key: f"{rule.key} {rule.name}" for rule in facts.indicators}


def _losses(facts: Facts) -> Iterator[list[Value]]:
    """What each passing school may lose of each indicator before it passes no longer."""
    rules = _rule_names(facts)
    schools = {(s.school_id, s.stage): s.name for stage in facts.stages for s in stage.schools}
    stages = {stage.stage: stage.name for stage in facts.stages}
    for loss in facts.sensitivity.get("losses") or []:
        identity = (str(loss["school_id"]), str(loss["stage"]))
        yield [
            identity[0], schools.get(identity, ""), stages.get(identity[1], ""), rules[loss["indicator"]],
            loss["amount"], chinese(loss["unit"]), "是" if loss["breaks_at"] else "超过此数",
            _LINES.get(loss["against"], str(loss["against"])),
        ]  # fmt: skip


def _each(facts: Facts, key: str) -> Iterator[tuple[str, str, Any]]:
    """(stage's name, indicator's name, entry) of a part of sensitivity.json."""
    rules = _rule_names(facts)
    found = facts.sensitivity.get(key) or {}
    for stage in facts.stages:
        for indicator, entry in (found.get(stage.stage) or {}).items():
            yield stage.name, rules[indicator], entry


def _contributions(facts: Facts) -> Iterator[list[Value]]:
    for stage, rule, entries in _each(facts, "contributions"):
        for place, entry in enumerate(entries[:_MOST_CONTRIBUTORS], start=1):
            yield [
                stage, rule, place, str(entry["school_id"]), str(entry["name"]), entry["share"],
                "是" if entry["above_mean"] else "否",
            ]  # fmt: skip


def _inequality(facts: Facts) -> Iterator[list[Value]]:
    for stage, rule, entry in _each(facts, "inequality"):
        areas = entry.get("by_area") or {}
        yield [
            stage, rule, entry.get("gini"), entry.get("theil"), areas.get("between"), areas.get("within"),
            entry.get("max_min_ratio"),
        ]  # fmt: skip
