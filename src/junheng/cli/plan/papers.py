"""The papers of a plan, written into its folder: workbook of actions, Word report, pictures."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import file_name

if TYPE_CHECKING:
    from junheng.cli.plan.judged import Effect, Judged
    from junheng.judgement import IndicatorResult
    from junheng.planning import Kind
    from junheng.reports.planning import SchoolPage

Json = dict[str, Any]
BOOK, REPORT = "行动清单.xlsx", "规划报告.docx"


def write_papers(kind: "Kind", problem: Json, outcome: Json, effect: "Effect", folder: Path) -> None:
    """Write the workbook, the report, the pictures and the map page of ``outcome`` into ``folder``."""
    from junheng.cli.plan.pictures import pictures_of, write_map_page
    from junheng.planning import KINDS
    from junheng.reports.planning import PlanPaper, plan_document, write_plan_book

    name = KINDS[problem["kind"]].zh
    owner = str(problem.get("county", {}).get("name", "") or problem.get("name", ""))
    summary = (*kind.summary(problem, outcome), *effect.words)
    tables = kind.tables(problem, outcome)
    write_plan_book(folder / BOOK, f"{owner} {name}", summary, (*effect.tables, *tables))
    pictures = pictures_of(kind, problem, outcome)
    for picture in pictures:
        (folder / f"{file_name(picture.caption)}.png").write_bytes(picture.png)
    write_map_page(kind, problem, outcome, f"{owner} {name}", folder)
    pages = _pages(problem, outcome, effect.judged) if problem["kind"] == "invest" else []
    basis = f"问题摘要 {outcome['problem_hash']}；可用 junheng verify 独立核对。"
    paper = PlanPaper(name, owner, summary, tables, pictures, pages, basis, effect.tables)
    (folder / REPORT).write_bytes(plan_document(paper))


def _state(result: "IndicatorResult") -> str:
    """达标, 达底线 or 未达标; blank where it cannot be told."""
    if result.verdict is None or result.verdict == "cannot_tell":
        return ""
    if result.verdict == "met":
        return "达标"
    return "达底线" if result.floor_verdict == "met" else "未达标"


def _pages(problem: Json, outcome: Json, judged: "Sequence[Judged]") -> "list[SchoolPage]":
    """The one-school plans, with each indicator before (on the pupils of the target year) and after."""
    from junheng.reports.planning import school_pages, values_before

    values = {}
    before = values_before(problem)
    target = next((found for found in judged if found.year == problem["target"]), None)
    if target is not None:
        for school in target.county.schools:
            for indicator, result in school.indicators.items():
                key = (school.school_id, school.stage, indicator)
                if key in before and result.value is not None and result.threshold is not None:
                    values[key] = (
                        f"{result.threshold:f}", f"{before[key]:.2f}", f"{result.value:.2f}", _state(result)
                    )  # fmt: skip
    return school_pages(problem, outcome, values)
