"""评分表.xlsx: totals, a sheet of every subject's items with evidence, raters, rounds, appeals, targets."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, atomic_file
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.reports.scoring.numbers import (
    APPEAL_STATES,
    MANY,
    SIGNATURE_STATES,
    TARGET_KINDS,
    TARGET_STATES,
    ends,
    grade_words,
    names_of,
    place,
    shown,
)
from junheng.reports.scoring.rater_sheets import between_sheet, rater_sheet
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

Json = Mapping[str, Any]
AID = Text(
    "名次只作参考：分数相同并列，缺项时是一个范围；不得据此公布排队。",
    "Ranks are only an aid: equal totals share their places, missing items make a range; not for publication.",
)
MISSING = Text(
    "缺项不作零分：总分写成“缺项全为 0～缺项满分”。",
    "A missing item is no zero: totals run from 0 to full for it.",
)
_EMPTY = Text("", "")


def write_score_book(path: Path, problem: Json, outcome: Json) -> None:
    """Write the workbook from the frozen files alone. Raises UserError."""
    title = f"{problem['system']['name']['zh']} {outcome['on']}"
    sheets = [
        _totals(problem["system"], outcome), _items(problem["system"], outcome), rater_sheet(outcome),
        between_sheet(outcome), _appeals(outcome), _signatures(outcome), _targets(outcome), _problems(outcome),
    ]  # fmt: skip
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book(sheets, title))


def _totals(system: Json, outcome: Json) -> Sheet:
    grades, rounds = names_of(system["grades"]), names_of(system["rounds"])
    rows: list[list[Value]] = []
    for entry in outcome["subjects"]:
        verdict = VERDICT_NAMES[Verdict(entry["verdict"])]
        rows.append(
            [entry["subject"], entry["name"], rounds.get(entry["round"], _EMPTY).zh, ends(entry["points"]),
             *(ends(area["points"]) for area in entry["areas"]), grade_words(entry, grades),
             f"{verdict.zh} {verdict.en}", place(entry["rank"]), "、".join(entry["missing"])]
        )  # fmt: skip
    areas = [Column(f"{a['name']['zh']}（{shown(a['most'])}）", 12) for a in system["areas"]]
    columns = [
        Column("代码 code", 14), Column("名称 name", 28), Column("计分轮次 round", 12), Column(f"总分（{shown(system['full'])}）", 14),
        *areas, Column("等级 grade", 14), Column("结论 verdict", 18), Column("参考名次 rank", 10), Column("缺项 missing", 24),
    ]  # fmt: skip
    required = grades[outcome["required_grade"]]
    notes = [
        f"要求 required：{required.zh} {required.en} 以上",
        f"{MISSING.zh} {MISSING.en}",
        f"{AID.zh} {AID.en}",
    ]
    return Sheet("总分", columns, rows, notes, freeze=2)


def _items(system: Json, outcome: Json) -> Sheet:
    known = {item["id"]: (area, item) for area in system["areas"] for item in area["items"]}
    rows: list[list[Value]] = []
    for entry in outcome["subjects"]:
        for item in entry["items"]:
            area, told = known[item["item"]]
            rows.append(
                [entry["name"], area["name"]["zh"], item["item"], told["name"]["zh"], shown(told["points"]),
                 ends(item["points"]), "；".join(item["evidence"]), "；".join(item["rows"])]
            )  # fmt: skip
    columns = [
        Column("名称 name", 28), Column("方面 area", 16), Column("编号 item", 10), Column("指标 name", 36),
        Column("分值 points", 9), Column("得分 score", 12), Column("佐证 evidence", 36), Column("出处 rows", 40),
    ]  # fmt: skip
    own = sum(item["is_own_default"] for _, item in known.values())
    notes = (
        [f"其中 {own} 项为本系统缺省，不是官方用语。 {own} items are own defaults, not official wording."]
        if own
        else []
    )
    return Sheet("分项得分", columns, rows, notes, freeze=1)


def _appeals(outcome: Json) -> Sheet:
    rows: list[list[Value]] = [
        [a["id"], a["subject"], a["round"], a["item"], a["filed_on"], a["ground"], APPEAL_STATES.get(a["state"], _EMPTY).zh,
         a["decided_on"], shown(a["points"]), "采用 taken" if a["is_taken"] else "不采用 not taken", a["where"]]
        for a in outcome["appeals"]
    ]  # fmt: skip
    heads = ("申诉 appeal", "代码 code", "轮次 round", "编号 item", "提出 filed", "理由 ground", "结果 state", "决定 decided",
             "复核得分 points", "采用 taken", "出处 row")  # fmt: skip
    return Sheet("申诉", [Column(head, 14) for head in heads], rows)


def _signatures(outcome: Json) -> Sheet:
    return Sheet(
        "签字",
        _SIGNED,
        list(_signed(outcome)),
        ["签字前核对指纹前 12 位。 Compare the first 12 digits before signing."],
    )


_SIGNED = [
    Column("代码 code", 14), Column("轮次 round", 12), Column("评分指纹 fingerprint", 68), Column("角色 role", 20),
    Column("姓名 name", 12), Column("日期 signed on", 12), Column("状态 state", 24),
]  # fmt: skip


def _signed(outcome: Json) -> Iterator[list[Value]]:
    for entry in outcome["sign_off"]:
        for s in entry["signatures"]:
            state = SIGNATURE_STATES[s["state"]]
            yield [
                entry["subject"],
                entry["round"],
                entry["fingerprint"],
                s["role"],
                s["name"],
                s["signed_on"],
                state.zh,
            ]
        for role in entry["missing"]:
            yield [entry["subject"], entry["round"], entry["fingerprint"], role, "", "", "待签 to be signed"]


def _targets(outcome: Json) -> Sheet:
    rows: list[list[Value]] = [
        [t["subject"], t["name"], TARGET_KINDS.get(t["kind"], _EMPTY).zh, t["title"], t["owner"], t["due_on"], t["achieved_on"],
         f"{TARGET_STATES[t['state']].zh} {TARGET_STATES[t['state']].en}", "是 yes" if t["is_awarded"] else "", t["evidence"]]
        for t in outcome["targets"]
    ]  # fmt: skip
    columns = [
        Column("代码 code", 14), Column("名称 name", 26), Column("类别 kind", 14), Column("目标 target", 34), Column("责任人 owner", 12),
        Column("期限 due", 12), Column("完成 achieved", 12), Column("状态 state", 20), Column("按期奖励 award", 10), Column("佐证", 22),
    ]  # fmt: skip
    return Sheet("目标", columns, rows)


def _problems(outcome: Json) -> Sheet:
    rows: list[list[Value]] = [
        [p["what"]["zh"], p["what"]["en"], p["fix"]["zh"], len(p["where"]), "；".join(p["where"][:MANY])]
        for p in outcome["problems"]
    ]
    columns = [
        Column("问题", 40),
        Column("problem", 44),
        Column("办法 fix", 34),
        Column("处数", 7, 0),
        Column("位置 where", 50),
    ]
    return Sheet("问题", columns, rows)
