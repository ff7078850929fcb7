"""tables.xlsx: schools × indicators, variation, totals, shortfalls, problems; and ``data``."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from junheng.basics import STAGE_NAMES
from junheng.reports.certainty import CERTAINTY_WORDS
from junheng.reports.chapters.gaps import unit_of
from junheng.reports.chapters.wording import verdict_word
from junheng.reports.facts import AREA_NAMES, Facts, IndicatorFacts, SchoolFacts, StageFacts
from junheng.reports.problem_facts import problem_groups
from junheng.reports.provenance_facts import merged_rows, overlay_words, relaxed_values
from junheng.reports.read_facts import chinese
from junheng.reports.workbook.formats import Formats, make_formats
from junheng.reports.workbook.item_sheets import item_sheets
from junheng.reports.workbook.sensitivity_sheets import sensitivity_sheets
from junheng.reports.workbook.sheets import ALL_DECIMALS, Column, Value, colour_states, write_sheet

DATA_WIDTHS: Mapping[str, float] = {
    "standard": 12, "year": 7, "county_code": 9, "school_id": 11, "school_name": 18, "stage": 8, "area": 6,
    "pupils": 7, "indicator": 9, "numerator": 11, "denominator": 11, "value": 11, "threshold": 9, "floor": 8,
    "verdict": 11, "below_floor": 7, "shortfall": 11, "shortfall_unit": 9, "school_verdict": 11, "reason": 20,
    "relaxed": 12,
}  # fmt: skip
DATA_COLUMNS = tuple(DATA_WIDTHS)
_NUMBERS = {"year", "pupils", "numerator", "denominator", "value", "threshold", "floor", "shortfall"}
Notes = Mapping[tuple[str, str, str], str]
_WORDS = {"达标": "met", "未达标": "not_met", "低于底线": "below", "无法判定": "cannot_tell"}


def write_workbook(facts: Facts, path: Path) -> None:
    """Write the annex to ``path``. Raises OSError when the place cannot be written."""
    book = Workbook(
        str(path), {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = make_formats(book, f"{facts.county_name} {facts.school_year}")
    _summary(book, formats, facts)
    relaxed, hosts = _relaxed_words(facts), _hosts(facts)
    for stage in facts.stages:
        _stage(book, formats, facts, stage, relaxed, hosts)
    _variation(book, formats, facts)
    _shortfalls(book, formats, facts)
    item_sheets(book, formats, facts)
    sensitivity_sheets(book, formats, facts)
    _problems(book, formats, facts)
    _skipped(book, formats, facts)
    _merged(book, formats, facts)
    columns = [
        Column(name, width, ALL_DECIMALS if name in _NUMBERS else None) for name, width in DATA_WIDTHS.items()
    ]
    write_sheet(book, formats, "data", columns, list(_data(facts)))
    try:
        book.close()
    except FileCreateError as error:
        # XlsxWriter wraps the system's error; the caller knows how to tell that one.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _summary(book: Workbook, formats: Formats, facts: Facts) -> None:
    """汇总: the county's verdict, then counts by stage and indicator."""
    rows: list[list[Value]] = []
    for stage in facts.stages:
        counts = stage.counts
        passed = [
            counts["passed"],
            stage.total - counts["passed"] - counts["undecided"],
            None,
            counts["undecided"],
        ]
        whole = passed if facts.has_school_rule else [None] * 4
        rows.append([stage.name, "学校整体", None, None, stage.total, *whole])
        for rule in facts.used(stage):
            line, found = rule.lines[stage.stage], stage.indicator(rule.key)
            judged = line.threshold is not None
            rows.append([stage.name, f"{rule.key} {rule.name}", line.threshold, line.floor, stage.total,
                         *([found["met"], found["not_met"], found["floor_missed"], found["undecided"]]
                           if judged else [None] * 4)])  # fmt: skip
    heads = ("学段", "指标", "达标值", "底线", "学校数", "达标", "未达标", "其中低于底线", "无法判定")
    columns = [Column(heads[0], 8), Column(heads[1], 51), *(Column(head, 11, ALL_DECIMALS) for head in heads[2:4]),
               *(Column(head, 11, 0) for head in heads[4:])]  # fmt: skip
    verdict = verdict_word(facts.verdict["county"]["verdict"])
    notice = "（虚构数据，仅供演示）" if facts.made_up else ""
    notes = [
        f"{facts.county_name} {facts.school_year} 《{facts.standard['title']}》 总体结论：{verdict}{notice}"
    ]
    if overlay_words(facts):
        notes.append(f"地方口径：{overlay_words(facts)}")
    write_sheet(book, formats, "汇总", columns, rows, freeze_columns=2, notes=notes)


def _stage(
    book: Workbook,
    formats: Formats,
    facts: Facts,
    stage: StageFacts,
    relaxed: Notes,
    hosts: Mapping[str, str],
) -> None:
    """One row per school and indicator: 基本值 / 达标值 / 实际值 / 是否达标 / 缺口."""
    rows = [row for school in stage.schools for row in _school_rows(facts, stage, school, relaxed, hosts)]
    columns = [
        Column("学校标识码", 11), Column("学校", 18), Column("城乡", 6), Column("学生数", 7, 0),
        Column("学校结论", 9), Column("指标", 5), Column("指标名称", 33), Column("基本值\n（底线）", 9, ALL_DECIMALS),
        Column("达标值", 7, ALL_DECIMALS), Column("实际值", 11, 4), Column("是否达标", 9), Column("缺口", 11, 2),
        Column("缺口单位", 8), Column("说明", 26),
    ]  # fmt: skip
    sheet = write_sheet(book, formats, f"{stage.name}各校指标", columns, rows, freeze_columns=2)
    for column in (4, 10):
        colour_states(sheet, formats, (1, column), (max(len(rows), 1), column), _WORDS)


def _school_rows(
    facts: Facts, stage: StageFacts, school: SchoolFacts, relaxed: Notes, hosts: Mapping[str, str]
) -> Iterator[list[Value]]:
    for rule in facts.used(stage):
        found = school.indicators.get(rule.key)
        if found is None:
            continue
        line = rule.lines[stage.stage]
        notes = (
            found.reason,
            relaxed.get((school.school_id, stage.name, rule.key)),
            hosts.get(school.school_id),
        )
        word = "低于底线" if found.below_floor else verdict_word(found.verdict)
        yield [
            school.school_id, school.name, AREA_NAMES.get(school.area), school.pupils,
            verdict_word(school.verdict), rule.key, rule.name, line.floor, line.threshold, found.value,
            word, found.shortfall, None if found.shortfall is None else found.shortfall_unit, "；".join(filter(None, notes)),
        ]  # fmt: skip


def _variation(book: Workbook, formats: Formats, facts: Facts) -> None:
    rows: list[list[Value]] = []
    for stage in facts.stages:
        for rule in facts.used(stage):
            found = stage.indicator(rule.key)
            rows.append([
                stage.name, f"{rule.key} {rule.name}", found["mean"], found["sd"], found["cv"],
                rule.lines[stage.stage].cv_limit, verdict_word(found["cv_verdict"]), found["cv_unweighted"],
                chinese(found.get("reason")),
            ])  # fmt: skip
        counts = stage.counts
        rows.append([stage.name, "综合（算术平均）", None, None, counts["composite_cv"],
                     counts.get("composite_limit"), verdict_word(counts.get("composite_verdict"))])  # fmt: skip
    columns = [
        Column("学段", 6), Column("指标", 38), Column("平均值", 13, 6), Column("标准差", 13, 6),
        Column("差异系数", 10, 6), Column("限值", 7, 2), Column("结论", 9),
        Column("未加权差异系数（仅供参考，非判定依据）", 17, 6), Column("说明", 30),
    ]  # fmt: skip
    sheet = write_sheet(book, formats, "差异系数", columns, rows, freeze_columns=2)
    colour_states(sheet, formats, (1, 6), (max(len(rows), 1), 6), _WORDS)


def _shortfalls(book: Workbook, formats: Formats, facts: Facts) -> None:
    rows: list[list[Value]] = []
    for stage in facts.stages:
        for rule in facts.used(stage):
            if rule.lines[stage.stage].threshold is not None:
                rows.append(_shortfall_row(stage, rule))
    columns = [Column("学段", 8), Column("指标", 51), Column("有缺口学校数", 13, 0),
               Column("无法测算学校数", 13, 0), Column("缺口合计", 16, 2), Column("单位", 9)]  # fmt: skip
    if rows:
        write_sheet(book, formats, "缺口合计", columns, rows, freeze_columns=2)


def _shortfall_row(stage: StageFacts, rule: IndicatorFacts) -> list[Value]:
    found = [
        school.indicators[rule.key].shortfall for school in stage.schools if rule.key in school.indicators
    ]
    known = [amount for amount in found if amount is not None]
    lacking = sum(amount > 0 for amount in known)
    name = f"{rule.key} {rule.name}"
    return [stage.name, name, lacking, len(found) - len(known), sum(known), unit_of(stage, rule.key)]


def _problems(book: Workbook, formats: Formats, facts: Facts) -> None:
    rows: list[list[Value]] = [
        ["逻辑" if group.severity == "logic" else "经验", group.what, group.count, group.where, group.fix]
        for group in problem_groups(facts.problems)
    ]
    columns = [Column("类别", 7), Column("问题", 62), Column("处数", 8, 0), Column("位置（首处）", 28),
               Column("办法", 42)]  # fmt: skip
    write_sheet(book, formats, "问题", columns, rows, notes=() if rows else ("没有数据问题",))


def _skipped(book: Workbook, formats: Formats, facts: Facts) -> None:
    rows: list[list[Value]] = [
        [str(row["school_id"]), str(row["name"]), _stage_name(row["stage"]), chinese(row["reason"])]
        for row in facts.verdict.get("skipped") or []
    ]
    if rows:
        columns = [Column("学校标识码", 13), Column("学校", 30), Column("学段", 9), Column("原因", 60)]
        write_sheet(book, formats, "未纳入评价", columns, rows)


def _stage_name(stage: str) -> str:
    return STAGE_NAMES[stage].zh if stage in STAGE_NAMES else stage


def _merged(book: Workbook, formats: Formats, facts: Facts) -> None:
    """并入学校: campuses and teaching points counted with the school they belong to."""
    rows: list[list[Value]] = [
        [row.school_id, row.name, row.into_id, row.into_name, row.where] for row in merged_rows(facts)
    ]
    if rows:
        columns = [Column("校区或教学点标识码", 16), Column("校区或教学点", 30), Column("并入学校标识码", 16),
                   Column("并入学校", 30), Column("位置", 36)]  # fmt: skip
        write_sheet(book, formats, "并入学校", columns, rows)


def _hosts(facts: Facts) -> dict[str, str]:
    """What 说明 says of a school that others were merged into."""
    parts: dict[str, list[str]] = {}
    for row in merged_rows(facts):
        parts.setdefault(row.into_id, []).append(row.name)
    return {school: f"含并入的{'、'.join(names)}" for school, names in parts.items()}


def _relaxed_words(facts: Facts) -> dict[tuple[str, str, str], str]:
    """What 说明 says of a value that rests on a relaxation, by school, stage and indicator."""
    found = {}
    for value in relaxed_values(facts):
        told = []
        for rule, amount in zip(value.relaxations, value.amounts, strict=True):
            citation = rule.get("citation") or {}
            sure = str(citation.get("certainty", ""))
            where = f"{citation.get('document', '')} {citation.get('article') or ''}".strip()
            told.append(
                f"{rule['id']}{f' 计入{amount}' if amount else ''}（{where}，{CERTAINTY_WORDS.get(sure, sure)}）"
            )
        found[value.school_id, value.stage, value.indicator] = "依据放宽口径：" + "；".join(told)
    return found


def _data(facts: Facts) -> Iterator[list[Value]]:
    """The long form, English names, for programs."""
    verdict = facts.verdict
    head: list[Value] = [str(verdict["standard"]), facts.year, str(verdict["county"]["code"])]
    for stage in facts.stages:
        for school in stage.schools:
            for rule in facts.used(stage):
                found = school.indicators.get(rule.key)
                if found is not None:
                    line = rule.lines[stage.stage]
                    yield [
                        *head, school.school_id, school.name, stage.stage, school.area, school.pupils, rule.key,
                        found.numerator, found.denominator, found.value, line.threshold, line.floor,
                        found.verdict, "true" if found.below_floor else "false", found.shortfall,
                        found.shortfall_unit, school.verdict, found.reason, ",".join(found.relaxed),
                    ]  # fmt: skip
