"""A rotation in a few sentences: what it brings, its proof, what binds, who cannot move."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import exact
from junheng.planning.rotate.reasons import BLOCKED, SHARES, percent_text

Json = dict[str, Any]
_SHOWN = 3  # binding rows named
_BY_PRICES = Text("按所附价格独立复算（不用求解器）", "By the prices attached, recomputed without a solver")
_BY_SOLVER = Text("按求解器自己的界", "by the solver's own bound")


def summary(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> tuple[Text, ...]:
    """Three to eight sentences for screen and report."""
    if "reasons" in outcome:
        return _without_plan(outcome)
    found = [
        _result(problem, outcome),
        _proof(outcome),
        _evenness(problem, outcome),
        _shares(problem, outcome),
    ]
    found += [_fairness(outcome), *_binding(outcome), *_blocked(outcome), *_doubts(problem, outcome)]
    return tuple(found)


def _without_plan(outcome: Mapping[str, Any]) -> tuple[Text, ...]:
    if outcome["status"] != "infeasible":
        return tuple(Text(reason["zh"], reason["en"]) for reason in outcome["reasons"])
    head = Text(
        "做不到：规则的要求不能同时满足。", "It cannot be done: the rule asks for more than is possible."
    )
    lines = [Text(f"{reason['zh']}。", f"{reason['en']}.") for reason in outcome["reasons"]]
    if "short" in outcome["bound"]:
        least = float(exact(outcome["bound"]["short"]))
        lines.append(
            Text(
                f"证明：按所附价格复算，任何方案合计至少差 {least:.4g} 人（>0），不需要求解器。",
                f"Proof: by the prices attached, every plan is short of at least {least:.4g} persons (> 0); no solver needed.",
            )
        )
    elif outcome["reasons"][0]["row"] != "no_eligible":
        lines.append(
            Text(
                "此结论只来自求解器，没有独立证明。",
                "This rests on the solver alone; there is no independent proof.",
            )
        )
    return (head, *lines)


def _result(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Text:
    persons, year = len(outcome["moves"]), problem["year"]
    schools = len({move["from"] for move in outcome["moves"]} | {move["to"] for move in outcome["moves"]})
    before, after = (
        float(exact(value)) for value in (outcome["start"], outcome["objective"]["between_schools"])
    )
    is_cv = problem["objective"] == "cv"
    zh, en = (
        ("差异系数平方之和", "sum of squared CVs")
        if is_cv
        else ("每百名学生的平均差距", "mean distance per 100 pupils")
    )
    return Text(
        f"{year} 年交流 {persons} 人，涉及 {schools} 所学校，各校各学科人数不变；校际{zh}由 {before:.4f} 降到 {after:.4f}。",
        f"In {year} {persons} persons move between {schools} schools, every school's count by subject unchanged; the "
        f"{en} between schools falls from {before:.4f} to {after:.4f}.",
    )


def _proof(outcome: Mapping[str, Any]) -> Text:
    """Two bounds: the one anybody recomputes from the prices, and the solver's own, which must be trusted."""
    priced, solver = (outcome["bound"].get(name) for name in ("between_schools", "solver_between_schools"))
    if priced is None and solver is None:
        return Text(
            "时间内没有得到界，不知道离最好还差多少。",
            "No bound was reached in the time: how far from the best is not known.",
        )
    value = exact(outcome["objective"]["between_schools"])
    zh, en = list[str](), list[str]()
    for bound, by in ((priced, _BY_PRICES), (solver, _BY_SOLVER)):
        if bound is not None:
            apart = max(float((value - exact(bound)) / value), 0.0) if value else 0.0
            zh.append(f"{by.zh}，离最好至多 {apart:.4%}")
            en.append(f"{by.en}: at most {apart:.4%} from the best")
    return Text(f"{'；'.join(zh)}。", f"{'; '.join(en)}.")


def _evenness(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Text:
    names = {a["id"]: Text(a["zh"], a["en"]) for a in problem["attributes"]}
    zh, en = [], []
    for row in outcome["evenness"]:
        stage, name = STAGE_NAMES[row["stage"]], names[row["attribute"]]
        before, after = row["cv_before"][:5], row["cv_after"][:5]
        zh.append(f"{stage.zh}{name.zh} {before} → {after}")
        en.append(f"{name.en}, {stage.en} {before} → {after}")
    return Text(f"差异系数（截断）：{'；'.join(zh)}。", f"CV (cut off): {'; '.join(en)}.")


def _shares(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> Text:
    zh, en = [], []
    for share in outcome["shares"]:
        if ":" in share["id"]:
            continue
        above, below = len(share["numerator"]), len(share["denominator"])
        name, least = SHARES[share["id"]], percent_text(problem["rule"][share["id"]])
        percent = f"{float(Fraction(above, below)):.2%}" if below else "–"
        zh.append(f"{name.zh} {above}/{below} = {percent}（≥{least}）")
        en.append(f"{name.en} {above}/{below} = {percent} (≥ {least})")
    return Text(f"{'；'.join(zh)}；名单附后。", f"{'; '.join(en)}; the names are listed.")


def _fairness(outcome: Mapping[str, Any]) -> Text:
    fair, persons = outcome["fairness"], max(len(outcome["moves"]), 1)
    known = persons - fair["unknown_metres"]
    zh = f"首次交流 {fair['never_moved']} 人，以前交流过 {fair['moved_before']} 人，未填 {fair['not_known']} 人"
    zh += f"；超出本校应出人数合计 {fair['over_part']} 人"
    en = (
        f"{fair['never_moved']} move for the first time, {fair['moved_before']} moved before, {fair['not_known']} not known; "
        f"schools send {fair['over_part']} persons beyond their parts"
    )
    if known > 0:
        mean, longest = fair["total_m"] / known / 1000, fair["longest_m"] / 1000
        zh += f"；平均路程 {mean:.1f} 公里，最远 {longest:.1f} 公里"
        en += f"; mean way {mean:.1f} km, longest {longest:.1f} km"
    return Text(f"{zh}。", f"{en}.")


def _binding(outcome: Mapping[str, Any]) -> list[Text]:
    if not (rows := outcome["binding"]):
        return []
    zh, en = ("；".join(row["zh"] for row in rows[:_SHOWN]), "; ".join(row["en"] for row in rows[:_SHOWN]))
    return [Text(f"起作用的限制：{zh}（共 {len(rows)} 项）。", f"What binds: {en} ({len(rows)} in all).")]


def _blocked(outcome: Mapping[str, Any]) -> list[Text]:
    if not outcome["blocked"]:
        return []
    found = Counter(row["reason"] for row in outcome["blocked"])
    zh = "；".join(f"{BLOCKED[why].zh} {found[why]} 人" for why in BLOCKED if found[why])
    en = "; ".join(f"{BLOCKED[why].en}: {found[why]}" for why in BLOCKED if found[why])
    return [Text(f"计入分母但不能安排：{zh}。", f"Counted but not to be moved: {en}.")]


def _doubts(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> list[Text]:
    """One sentence: schools left out, lists that differ, rotations on paper."""
    paper, missing, differ = len(outcome["paper"]), len(problem["cannot_tell"]), len(problem["differences"])
    if not paper + missing + differ:
        return []
    return [
        Text(
            f"须核实：工资或课表在别的学校 {paper} 人（可能是“纸面交流”）；缺数据不参加的学校学段 {missing} 个；"
            f"名册与填报人数不符的学校学段 {differ} 个。",
            f"To be looked into: {paper} persons paid or timetabled elsewhere (rotation on paper?); {missing} school-stages "
            f"without data left out; {differ} whose list differs from the teachers reported.",
        )
    ]
