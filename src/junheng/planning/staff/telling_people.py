"""Tables of people, of what cannot be told, who is left out, and the sources."""

from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import exact
from junheng.planning.staff.reasons import subject_name
from junheng.planning.staff.telling_posts import names_of, person, stage_name
from junheng.planning.tables import Cell, Column, Table

Json = dict[str, Any]
_LEVELS = {
    "doctor": Text("博士研究生", "doctor"),
    "master": Text("硕士研究生", "master"),
    "bachelor": Text("本科", "bachelor"),
    "associate": Text("专科", "associate"),
    "secondary_or_below": Text("高中阶段及以下", "secondary or below"),
}
_TITLES = {
    "top": Text("正高级", "full senior"),
    "senior": Text("高级", "senior"),
    "middle": Text("中级", "middle"),
    "junior": Text("初级", "junior"),
    "untitled": Text("未定级", "no title"),
}
_CERTAINTY = {
    "found": Text("见于公开文本", "found in a published text"),
    "known": Text("通行做法", "common practice"),
    "local": Text("地方规定或示例，请换成本地的", "local or an example: put in your own"),
    "unconfirmed": Text("未核对原文", "not checked against the text"),
}
_SOURCED = {
    "curriculum": Text("课程课时", "periods a week"),
    "general.loads": Text("标准课时", "standard load"),
    "general.may_teach_lower_stage": Text("可任教低学段", "may teach a lower stage"),
    "general.pay": Text("待遇比较", "pay comparison"),
    "general.training": Text("教师培训", "training"),
    "retirement": Text("退休年龄", "age of retirement"),
    "rules": Text("编制比例", "ratios of posts"),
    "rules.non_teaching": Text("非教学人员上限", "limit of staff not teaching"),
    "rules.small": Text("小规模学校", "small schools"),
    "overrides": Text("本地覆盖", "overrides"),
}
VERDICTS = {
    "met": Text("达到", "met"),
    "not_met": Text("未达到", "not met"),
    "cannot_tell": Text("无法判定", "cannot tell"),
}


def percent(part: int, whole: int) -> Fraction | None:
    """Percent, or None of nobody."""
    return Fraction(100 * part, whole) if whole else None


def structure_table(problem: Json, outcome: Json) -> Table:
    """Education, graduates together, ages and titles, each with its own total."""
    found, rows = outcome["structure"], list[list[Cell]]()
    everyone = {key: sum(one[key] for one in found["education"]) for key in ("full_time", *_LEVELS)}
    everyone_rows = [*((stage_name(one["stage"]), one) for one in found["education"])]
    for scope, one in [*everyone_rows, (Text("全部学段", "all stages"), everyone)]:
        kind, total = Text(f"学历（{scope.zh}）", f"education ({scope.en})"), one["full_time"]
        graduates = one["doctor"] + one["master"]
        rows += [[kind, name, one[key], percent(one[key], total)] for key, name in _LEVELS.items()]
        rows.append([kind, Text("研究生合计", "graduates together"), graduates, percent(graduates, total)])
        both = graduates + one["bachelor"]
        rows.append([kind, Text("本科及以上", "bachelor and above"), both, percent(both, total)])
    rows += _age_rows(problem, found["ages"])
    total = sum(found["titles"][key] for key in _TITLES)
    titles = Text("职称", "title")
    rows += [
        [titles, name, found["titles"][key], percent(found["titles"][key], total)]
        for key, name in _TITLES.items()
    ]
    columns = [
        Column(Text("结构", "structure")), Column(Text("类别", "class")), person("人数", "persons"),
        Column(Text("占比", "share"), "%", 1),
    ]  # fmt: skip
    note = Text(
        "学历按专任教师，年龄按在编人员；只计整行齐全的学校。“本科”与“本科及以上”分列：公开数字常不说明是哪一个",
        "Education of full-time teachers, age of those on the quota, whole rows only. Bachelor and “and above” stand apart",
    )
    return Table(Text("队伍结构", "Structure"), columns, rows, note)


def _age_rows(problem: Json, ages: Json) -> list[list[Cell]]:
    kind, total = Text("年龄", "age"), ages["persons"]
    edges = [str(one) for one in problem["rules"]["ages"]["bands"]]
    rows: list[list[Cell]] = []
    for place, persons in enumerate(ages["bands"]):
        low, high = (edges[place - 1] if place else ""), (edges[place] if place < len(edges) else "")
        zh = f"{low}–{int(high) - 1}岁" if low and high else f"{low}岁及以上" if low else f"{high}岁以下"
        en = f"{low}–{int(high) - 1}" if low and high else f"{low} and above" if low else f"below {high}"
        rows.append([kind, Text(zh, en), persons, percent(persons, total)])
    young = problem["rules"]["ages"]["young_below"]
    unsure = Text("月份未知，不能归段", "month unknown, no band")
    rows.append([kind, unsure, ages["undated"], percent(ages["undated"], total)])
    rows.append(
        [kind, Text(f"{young}岁以下", f"below {young}"), ages["young"], percent(ages["young"], total)]
    )
    return rows


def training_table(problem: Json, outcome: Json) -> Table:
    """Schools with teachers behind the even line of the cycle."""
    names = names_of(problem)
    rows: list[list[Cell]] = [
        [names[one["school_id"]], one["persons"], one["behind_persons"], exact(one["behind_hours"])]
        for one in outcome["training"]["schools"]
    ]
    rule = problem["rules"]["training"]
    columns = [
        Column(Text("学校", "school")), person("已填报教师", "teachers reported"), person("落后人数", "behind"),
        Column(Text("欠学时", "hours behind"), "学时", 0),
    ]  # fmt: skip
    note = Text(
        f"进度线：{rule['hours']} 学时 ÷ {rule['years']} 年 × 周期第几年",
        f"The line: {rule['hours']} hours ÷ {rule['years']} years × year of the cycle",
    )
    return Table(Text("培训进度", "Training"), columns, rows, note)


def comparison_table(outcome: Json) -> Table:
    """Training completion, pay, and stated sums."""
    training, pay = outcome["training"], outcome["pay"]
    rows: list[list[Cell]] = [
        [Text("五年培训完成（人）", "training cycle completed (persons)"), training["reached"], training["full_time"],
         training["reached"] - training["full_time"], VERDICTS[training["verdict"]]],
        [Text("教师平均工资收入不低于公务员（元/年）", "teachers' pay not below civil servants' (yuan a year)"),
         *(exact(pay[key]) if key in pay else None for key in ("teacher", "civil_servant", "difference")),
         VERDICTS[pay["verdict"]]],
    ]  # fmt: skip
    for one in outcome["sums"]:
        says = (
            Text("分项之和与合计不符", "parts and total differ")
            if exact(one["difference"])
            else Text("相符", "agree")
        )
        rows.append([one["name"], *(exact(one[key]) for key in ("parts", "total", "difference")), says])
    columns = [
        Column(Text("事项", "item")), Column(Text("本数", "figure")), Column(Text("对照数", "compared with")),
        Column(Text("差", "difference")), Column(Text("结论", "finding")),
    ]  # fmt: skip
    note = Text("合计不符只指出，不改数字", "A sum that differs is told, never mended")
    return Table(Text("比较与核对", "Comparisons and sums"), columns, rows, note)


def untold_table(problem: Json, outcome: Json) -> Table:
    """What cannot be told, and what to report first."""
    names = names_of(problem)
    rows: list[list[Cell]] = [
        [names.get(one.get("school_id", ""), Text("全县", "county")),
         stage_name(one["stage"]) if "stage" in one else None,
         subject_name(problem, one["subject"]) if "subject" in one else None, Text(one["zh"], one["en"])]
        for one in outcome["cannot_tell"]
    ]  # fmt: skip
    columns = [
        Column(Text("学校", "school")), Column(Text("学段", "stage")), Column(Text("学科", "subject")),
        Column(Text("无法判定", "cannot tell")),
    ]  # fmt: skip
    return Table(Text("无法判定", "Cannot tell"), columns, rows)


def left_out_table(problem: Json) -> Table:
    """Schools that are not the county's to staff."""
    rows: list[list[Cell]] = [
        [one.get("name", one["school_id"]), Text(one["zh"], one["en"])] for one in problem["left_out"]
    ]
    return Table(
        Text("不在核编范围", "Left out"),
        [Column(Text("学校", "school")), Column(Text("原因", "reason"))],
        rows,
    )


def _part_name(part: str) -> Text:
    """The name of a parameter and, for whoever edits the file, its key."""
    known = next((one for one in sorted(_SOURCED, key=len, reverse=True) if part.startswith(one)), None)
    if known is None:
        return Text(part, part)
    return Text(f"{_SOURCED[known].zh}（{part}）", f"{_SOURCED[known].en} ({part})")


def source_table(problem: Json) -> Table:
    """Where each parameter comes from, and how sure it is."""
    rows: list[list[Cell]] = []
    for one in problem["rules"]["sources"]:
        note = one.get("note", {})
        said = Text(note["zh"], note["en"]) if isinstance(note, dict) and {"zh", "en"} <= set(note) else None
        certainty = _CERTAINTY.get(str(one.get("certainty", "")), Text("未注明", "not said"))
        rows.append([_part_name(str(one["part"])), str(one.get("document", "")), certainty, said])
    columns = [
        Column(Text("参数", "parameter")), Column(Text("文件", "document")), Column(Text("可靠程度", "certainty")),
        Column(Text("说明", "note")),
    ]  # fmt: skip
    return Table(Text("参数出处", "Sources"), columns, rows)
