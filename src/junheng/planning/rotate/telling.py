"""The tables of a rotation for workbook and report. Persons appear by the officer's ids only."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import exact
from junheng.planning.rotate.reading.rule import SHARE_PARAMETERS
from junheng.planning.rotate.reasons import BLOCKED, SHARES, percent_text, post_text, school_names
from junheng.planning.tables import Cell, Table, column

Json = dict[str, Any]
_KM = 1000
_CERTAINTY = {
    "found": Text("见于公开文本", "found in a published text"),
    "known": Text("通行做法", "common practice"),
    "local": Text("地方规定", "local rule"),
    "assumed": Text("本软件的缺省，请核定", "assumed by the program; settle it"),
}


def tables(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> tuple[Table, ...]:
    """Everything an officer wants to see: the list, the shares by name, schools, evenness, limits, doubts, sources."""
    ways = (
        _obstacles(outcome),
        _missing(problem),
        _paper(problem, outcome),
        _differences(problem),
        _sources(problem),
    )
    if "reasons" in outcome:
        return (_reasons(outcome), *ways)
    plan = (
        _moves(problem, outcome),
        _shares(problem, outcome),
        _share_names(outcome),
        _units(problem, outcome),
    )
    return (*plan, _evenness(problem, outcome), _binding(problem, outcome), *ways)


_PERSON, _SCHOOL, _STAGE = (
    column("教师编号", "Teacher id"),
    column("学校", "School"),
    column("学段", "Stage"),
)


def _stage(stage: str) -> Text:
    return STAGE_NAMES[stage]


def _moves(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Table:
    names = school_names(dict(problem))
    columns = [
        _PERSON,
        column("原学校", "From"),
        column("新学校", "To"),
        _STAGE,
        column("岗位（学科）", "Post (subject)"),
    ]
    columns += [column("路程", "Way", "km", 1), column("理由", "Reason")]
    rows = [
        [
            move["person"], names[move["from"]], names[move["to"]], _stage(move["stage"]), post_text(move["post"]),
            Fraction(move["metres"], _KM) if isinstance(move["metres"], int) else None, Text(move["zh"], move["en"]),
        ]
        for move in outcome["moves"]
    ]  # fmt: skip
    note = Text(
        "同一学校同一学段同一学科，出几人就进几人",
        "as many arrive as leave at every school, stage and subject",
    )
    return Table(Text("交流名单", "Moves"), columns, rows, note)


def _shares(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Table:
    names = school_names(dict(problem))
    columns = [column("比例", "Share"), _SCHOOL, column("分子", "Numerator", "人")]
    columns += [
        column("分母", "Denominator", "人"),
        column("实际", "Reached", "%", 2),
        column("要求", "Asked", "%", 2),
    ]
    rows: list[Sequence[Cell]] = []
    for share in outcome["shares"]:
        kind, _, school = share["id"].partition(":")
        above, below = len(share["numerator"]), len(share["denominator"])
        reached = Fraction(100 * above, below) if below else None
        asked = 100 * exact(problem["rule"][kind])
        rows.append([SHARES[kind], names.get(school) if school else None, above, below, reached, asked])
    return Table(
        Text("比例", "Shares"), columns, rows, Text("名单见“比例名单”", "the names are in the list of shares")
    )


def _share_names(outcome: Mapping[str, Any]) -> Table:
    """Numerator and denominator of the county's shares, one person a row."""
    rows: list[Sequence[Cell]] = []
    for share in outcome["shares"]:
        if ":" not in share["id"]:
            above = set(share["numerator"])
            rows += [
                [SHARES[share["id"]], name, Text("是", "yes") if name in above else Text("否", "no")]
                for name in share["denominator"]
            ]
    columns = [column("比例", "Share"), _PERSON, column("计入分子", "In the numerator")]
    note = Text(
        "每行是分母中的一人；年限等未填者按可能符合计入",
        "a row is a person of the denominator; possibly eligible ones included",
    )
    return Table(Text("比例名单", "Names of the shares"), columns, rows, note)


def _units(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Table:
    names, attributes = school_names(dict(problem)), problem["attributes"]
    pupils = {(s["id"], part["stage"]): part["pupils"] for s in problem["schools"] for part in s["stages"]}
    columns = [
        _SCHOOL,
        _STAGE,
        column("在校生", "Pupils", "人"),
        column("名册教师", "Teachers listed", "人"),
    ]
    columns += [
        column("符合条件", "Eligible", "人"),
        column("交流出（=进）", "Leave (= arrive)", "人"),
        column("应出", "Part", "人"),
    ]
    for attribute in attributes:
        columns.append(column(f"{attribute['zh']}（交流前）", f"{attribute['en']} before", "人"))
        columns.append(column(f"{attribute['zh']}（交流后）", f"{attribute['en']} after", "人"))
        columns.append(
            column(
                f"每百名学生{attribute['zh']}（交流后）",
                f"{attribute['en']} per 100 pupils after",
                "人/百人",
                2,
            )
        )
    rows = []
    for unit in outcome["units"]:
        here = pupils[unit["school"], unit["stage"]]
        row: list[Cell] = [
            names[unit["school"]],
            _stage(unit["stage"]),
            here,
            unit["listed"],
            unit["eligible"],
        ]
        row += [unit["moved"], unit["part"]]
        for attribute in attributes:
            after = unit["after"][attribute["id"]]
            row += [unit["before"][attribute["id"]], after, Fraction(100 * after, here)]
        rows.append(row)
    note = Text(
        "应出 = 全县交流比例 × 本校符合条件人数，进一取整",
        "part = the county's share of the school's eligible, rounded up",
    )
    return Table(Text("各校变化", "Schools"), columns, rows, note)


def _evenness(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Table:
    names = {a["id"]: Text(a["zh"], a["en"]) for a in problem["attributes"]}
    columns = [
        column("指标", "Attribute"),
        _STAGE,
        column("差异系数（前）", "CV before", "", 4),
        column("差异系数（后）", "CV after", "", 4),
    ]
    columns += [
        column("平均差距（前）", "Mean distance before", "人/百人", 4),
        column("平均差距（后）", "Mean distance after", "人/百人", 4),
    ]
    keys = ("cv_before", "cv_after", "deviation_before", "deviation_after")
    rows: list[Sequence[Cell]] = [
        [names[r["attribute"]], _stage(r["stage"]), *(Fraction(r[key]) for key in keys)]
        for r in outcome["evenness"]
    ]
    note = Text("按学生数加权；只含参加交流的学校", "weighted by pupils; only the schools of the exchange")
    return Table(Text("校际差距", "Between schools"), columns, rows, note)


def _binding(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Table:
    rows: list[Sequence[Cell]] = [
        [Text(row["zh"], row["en"]), abs(exact(outcome["prices"][row["row"]]))] for row in outcome["binding"]
    ]
    unit = "" if problem["objective"] == "cv" else "人/百人"
    columns = [
        column("起作用的限制", "What binds"),
        column("放宽 1 人，校际差距至多再减", "Relaxed by one, the distance falls by at most", unit, 6),
    ]
    note = Text("数值越大，越值得放宽", "the larger, the more it is worth to relax")
    return Table(Text("起作用的限制", "What binds"), columns, rows, note)


def _reasons(outcome: Mapping[str, Any]) -> Table:
    rows = [[Text(row["zh"], row["en"]), row.get("short", row.get("persons"))] for row in outcome["reasons"]]
    columns = [column("原因", "Reason"), column("人数", "Persons", "人")]
    return Table(Text("没有方案的原因", "Why there is no plan"), columns, rows)


def _obstacles(outcome: Mapping[str, Any]) -> Table:
    rows = [[row["person"], BLOCKED[row["reason"]]] for row in outcome["blocked"]]
    note = Text("这些人计入符合条件的分母", "these persons are in the denominators")
    return Table(Text("不能安排的人", "Not to be moved"), [_PERSON, column("原因", "Reason")], rows, note)


def _missing(problem: Mapping[str, Any]) -> Table:
    rows = [
        [row["name"] or row["school_id"], _stage(row["stage"]), Text(row["zh"], row["en"])]
        for row in problem["cannot_tell"]
    ]
    note = Text("缺失不是 0：补齐后再算", "absent is not 0: fill in and solve again")
    return Table(
        Text("缺数据的学校", "Schools without data"),
        [_SCHOOL, _STAGE, column("先要的数据", "Needed first")],
        rows,
        note,
    )


def _paper(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Table:
    names = school_names(dict(problem))
    columns = [
        _PERSON,
        column("名册学校", "Listed at"),
        column("发工资学校", "Paid at"),
        column("排课学校", "Timetabled at"),
    ]
    rows = [
        [
            row["person"],
            names.get(row["school"], row["school"]),
            *_elsewhere(row, names, ("paid_at", "timetabled_at")),
        ]
        for row in outcome["paper"]
    ]
    note = Text(
        "人、工资、课表不在同一学校：可能是“纸面交流”，请核实",
        "person, pay and timetable apart: perhaps a rotation on paper",
    )
    return Table(Text("疑似纸面交流", "Rotation on paper"), columns, rows, note)


def _elsewhere(row: Json, names: Mapping[str, str], keys: Iterable[str]) -> list[Cell]:
    return [names.get(row[key], row[key]) if key in row else None for key in keys]


def _differences(problem: Mapping[str, Any]) -> Table:
    names = school_names(dict(problem))
    columns = [
        _SCHOOL,
        _STAGE,
        column("名册", "Listed", "人"),
        column("填报专任教师", "Reported full-time", "人"),
    ]
    rows = [
        [names.get(r["school_id"], r["school_id"]), _stage(r["stage"]), r["listed"], r["reported"]]
        for r in problem["differences"]
    ]
    return Table(Text("名册与填报不符", "List and report differ"), columns, rows)


def _setting(row: Json) -> str:
    """A parameter's value; shares as percent."""
    is_share = row["parameter"] in SHARE_PARAMETERS
    return percent_text(row["value"]) if is_share else str(row["value"])


def _sources(problem: Mapping[str, Any]) -> Table:
    columns = [
        column("参数", "Parameter"),
        column("取值", "Value"),
        column("依据", "Source"),
        column("可靠程度", "Certainty"),
    ]
    rows = [
        [Text(row["zh"], row["en"]), _setting(row), row["document"], _CERTAINTY[row["certainty"]]]
        for row in problem["sources"]
    ]
    return Table(Text("参数与依据", "Parameters and sources"), columns, rows)
