"""The survey's result for officers (a workbook) and for the public (no small groups)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, atomic_file
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.judgement.survey import REASON_NAMES, group_names
from junheng.reports.survey.printing import heading, lines, table, write_paper
from junheng.reports.word.blocks import Block, Paragraph, Strong
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

Json = Mapping[str, Any]
_WHOLE = Text("合计", "all")


def write_result_book(path: Path, outcome: Json) -> None:
    """Write 调查结果.xlsx: groups, topics, invalid papers with place and reason. Raises UserError."""
    owner = f"{outcome['county']['name']} {outcome['year']} 社会认可度调查（内部）"
    sheets = [_groups(outcome), _topics(outcome), _invalid(outcome), _problems(outcome)]
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book(sheets, owner))


def write_notice(path: Path, public: Json) -> None:
    """Write 调查结果公示.docx from the public figures alone. Raises UserError."""
    whole, verdict = public["whole"], VERDICT_NAMES[Verdict(public["verdict"])]
    rows = [_printed(group) for group in [*public["groups"], whole]]
    heads = [
        Text("对象", "Group"), Text("发放", "Issued"), Text("有效", "Valid"), Text("满意", "Satisfied"),
        Text("满意率", "Rate"), Text("区间", "Interval"),
    ]  # fmt: skip
    said = f"{public['county']['name']}共发放问卷 {whole['issued']} 份，有效 {whole['valid']} 份，"
    said += f"满意率 {_percent(whole['rate'])}，标准不低于 {_percent(public['limit'])}："
    blocks: list[Block] = [
        Paragraph((said, Strong(f"{verdict.zh} {verdict.en}"), "。")),
        *_near(public),
        heading(Text("分类结果", "By group")),
        *table("groups", Text("分类结果", "By group"), heads, rows, (2.4, 1, 1, 1, 1.4, 2), (1, 2, 3, 4, 5)),
        *_hidden(public),
        *lines(_basis(public)),
    ]
    write_paper(path, "社会认可度调查结果公示", f"{public['county']['name']} {public['year']}", blocks)


def _basis(told: Json) -> Text:
    """By what the verdict and the intervals are formed."""
    sure = _percent(told["confidence"])
    return Text(
        f"判定按全部有效问卷的满意率，不取整；区间为威尔逊区间（置信水平 {sure}），假定简单随机抽样，已知总人数的对象作有限总体"
        "校正；按方案加权的率只作参照，不用于判定。",
        f"The verdict is by the rate over all valid papers, unrounded. Intervals are Wilson's (confidence {sure}), assuming "
        "a simple random sample, corrected for the group's size where known. The rate weighed by the plan is for "
        "comparison, never for the verdict.",
    )


def _near(public: Json) -> list[Block]:
    if not public["limit_within_interval"]:
        return []
    return lines(
        Text(
            "提示：标准落在区间之内，换一批样本结论可能不同。",
            "Note: the limit lies within the interval; another sample might have said otherwise.",
        )
    )


def _hidden(public: Json) -> list[Block]:
    if not public["hidden"]:
        return []
    names = [group_names()[group] for group in public["hidden"]]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return lines(
        Text(
            f"为保护作答人，有效问卷较少的对象（{zh}）不单独公布，已计入合计。",
            f"To protect those who answered, small groups ({en}) are not shown apart; they are in the total.",
        )
    )


def _printed(group: Json) -> list[str]:
    name = group_names().get(group["group"], _WHOLE)
    interval = group["interval"]
    shown = "—" if interval is None else f"{100 * interval[0]:.1f}–{100 * interval[1]:.1f}%"
    return [
        f"{name.zh} {name.en}", str(group["issued"]), str(group["valid"]), str(group["satisfied"]),
        _percent(group["rate"]), shown,
    ]  # fmt: skip


def _percent(value: str | None) -> str:
    """Cut off after two decimals, so that nothing below a limit ever prints as the limit."""
    if value is None:
        return "—"
    return f"{int(Fraction(value) * 10000) / 100:.2f}%"


def _groups(outcome: Json) -> Sheet:
    rows: list[list[Value]] = []
    for group in [*outcome["groups"], outcome["whole"]]:
        name = group_names().get(group["group"], _WHOLE)
        ends = group["interval"] or (None, None)
        rows.append(
            [name.zh, name.en, group["issued"], group["returned"], group["valid"], group["satisfied"],
             _float(group["rate"]), *(None if end is None else 100 * end for end in ends), _float(group["valid_return"])]
        )  # fmt: skip
    columns = [
        Column("对象", 14), Column("group", 26), Column("发放 issued", 10, 0), Column("收回 returned", 10, 0),
        Column("有效 valid", 10, 0), Column("满意 satisfied", 10, 0), Column("满意率 rate %", 12, 4),
        Column("区间下端 low %", 12, 2), Column("区间上端 high %", 12, 2), Column("有效回收 return %", 13, 2),
    ]  # fmt: skip
    weighted, basis = _percent(outcome["weighted_by_plan"]), _basis(outcome)
    notes = [f"按方案加权 weighed by the plan：{weighted}", f"{basis.zh} {basis.en}"]
    return Sheet("分类结果", columns, rows, notes)


def _float(value: str | None) -> float | None:
    return None if value is None else float(100 * Fraction(value))


def _topics(outcome: Json) -> Sheet:
    rows: list[list[Value]] = [
        [
            t["question"],
            t["topic"],
            t["answered"],
            t["satisfied"],
            100 * t["satisfied"] / t["answered"] if t["answered"] else None,
        ]
        for t in outcome["topics"]
    ]
    columns = [
        Column("题号 question", 10), Column("主题 topic", 36), Column("作答 answered", 12, 0),
        Column("满意 satisfied", 12, 0), Column("满意率 rate %", 12, 2),
    ]  # fmt: skip
    return Sheet("分题结果", columns, rows, ["只计有效问卷。Valid papers only."])


def _invalid(outcome: Json) -> Sheet:
    rows: list[list[Value]] = [
        [entry["where"], REASON_NAMES[entry["reason"]].zh, REASON_NAMES[entry["reason"]].en]
        for entry in outcome["invalid"]
    ]
    return Sheet("无效答卷", [Column("位置 where", 44), Column("原因", 34), Column("reason", 40)], rows)


def _problems(outcome: Json) -> Sheet:
    rows: list[list[Value]] = [
        [
            problem["what"]["zh"],
            problem["what"]["en"],
            problem["fix"]["zh"],
            len(problem["where"]),
            _listed(problem["where"]),
        ]
        for problem in outcome["problems"]
    ]
    columns = [
        Column("问题", 36),
        Column("problem", 40),
        Column("办法 fix", 36),
        Column("处数 places", 8, 0),
        Column("位置 where", 60),
    ]
    return Sheet("问题", columns, rows)


def _listed(places: Sequence[str]) -> str:
    shown = "；".join(places[:30])
    return shown if len(places) <= 30 else f"{shown}…"
