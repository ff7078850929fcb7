"""What an officer reads of a staffing plan: its tables, and a few sentences."""

from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import exact
from junheng.planning.staff.telling_people import (
    VERDICTS,
    comparison_table,
    left_out_table,
    source_table,
    structure_table,
    training_table,
    untold_table,
)
from junheng.planning.staff.telling_posts import (
    move_table,
    open_table,
    price_table,
    quota_table,
    recruitment_table,
    school_subject_table,
    subject_table,
    totals_table,
)
from junheng.planning.tables import Table

Json = dict[str, Any]


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Every table of the plan, first the posts, then the people, then what is lacking."""
    return (
        quota_table(problem, outcome),
        totals_table(outcome),
        subject_table(problem, outcome),
        school_subject_table(problem, outcome),
        move_table(problem, outcome),
        open_table(problem, outcome),
        price_table(outcome),
        recruitment_table(outcome),
        structure_table(problem, outcome),
        training_table(problem, outcome),
        comparison_table(outcome),
        untold_table(problem, outcome),
        left_out_table(problem),
        source_table(problem),
    )


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """Quota, placement with its proof, recruitment, training and pay, what cannot be told."""
    found = [_quota(outcome["totals"]), _placement(outcome), *_binding(outcome), *_recruitment(outcome)]
    found.append(_people(outcome))
    found += [
        Text(
            f"“{one['name']}”：分项之和 {one['parts']} 与合计 {one['total']} 不符",
            f"{one['name']}: the parts give {one['parts']}, the total says {one['total']}",
        )
        for one in outcome["sums"]
        if exact(one["difference"])
    ][:1]
    if outcome["cannot_tell"]:
        schools = {one.get("school_id", "") for one in outcome["cannot_tell"]}
        found.append(
            Text(
                f"有 {len(outcome['cannot_tell'])} 项因缺数据无法判定（涉及 {len(schools)} 个单位），未当作 0",
                f"{len(outcome['cannot_tell'])} things of {len(schools)} units cannot be told for want of data; none was taken for 0",
            )
        )
    return tuple(Text(f"{line.zh}。", f"{line.en}.") for line in found)


def _quota(totals: Json) -> Text:
    zh = f"{totals['schools']}/{totals['of']} 所学校应核教职工编制 {totals['posts']} 名"
    en = f"{totals['schools']} of {totals['of']} schools are due {totals['posts']} posts"
    over = totals.get("over")
    if over is not None:
        zh += f"，县核定总量 {totals['approved']} 名，" + (
            f"超出 {over} 名" if over > 0 else f"尚余 {-over} 名"
        )
        en += f"; the county's total is {totals['approved']}: {abs(over)} " + (
            "too few" if over > 0 else "to spare"
        )
    told = totals["in_quota_schools"]
    if not told:
        return Text(
            f"{zh}；没有一所学校填报在编人数，在编、空编、超编无法判定",
            f"{en}; no school reports its staff on the quota: vacant and above quota cannot be told",
        )
    if told < totals["schools"]:
        zh, en = (
            f"{zh}；以下只计填报了在编人数的 {told} 所",
            f"{en}; of the {told} schools that report their staff",
        )
    zh += (
        f"；在编 {totals['in_quota']} 名（其中不在岗 {totals['off_post']} 名），在岗不在编 {totals['outside']} 名"
        f"（其中借用 {totals['borrowed']} 名）；空编 {totals['vacant_posts']} 名、超编 {totals['above_quota']} 名可在县内统筹"
    )
    en += (
        f"; {totals['in_quota']} on the quota ({totals['off_post']} not on post), {totals['outside']} outside it "
        f"({totals['borrowed']} borrowed); {totals['vacant_posts']} vacant and {totals['above_quota']} above quota, to be pooled"
    )
    return Text(zh, en)


def _placement(outcome: Json) -> Text:
    by_round = [
        sum(one["persons"] for one in outcome["moves"] if one["round"] == place) for place in (1, 2, 3)
    ]
    goal, bound = outcome["objective"], outcome["bound"]
    if outcome["status"] in ("optimal", "within_gap"):
        proof = Text(
            f"按影子价格独立推算至少仍缺 {bound['unmet']} 岗（求解器下界 {bound['solver_unmet']}）",
            f"the prices alone prove that at least {bound['unmet']} stay open (solver: {bound['solver_unmet']})",
        )
    else:
        proof = Text("搜索提前结束，是找到的最好方案", "the search was cut short: the best found")
    return Text(
        f"学科岗位调整：校内 {by_round[0]} 人、跨校 {by_round[1]} 人、县级调剂 {by_round[2]} 人，之后仍缺 {goal['unmet']} 岗"
        f"（薄弱学校 {goal['unmet_weak']}）；{proof.zh}",
        f"Placement by subject: {by_round[0]} inside schools, {by_round[1]} between schools, {by_round[2]} by the county; "
        f"{goal['unmet']} posts stay open ({goal['unmet_weak']} at weak schools); {proof.en}",
    )


def _binding(outcome: Json) -> list[Text]:
    """Which limits keep posts open, by kind, and the first of them."""
    prices = outcome["prices"]
    if not prices:
        return []
    kinds = {
        kind: sum(one["row"].startswith(kind) for one in prices) for kind in ("surplus", "room", "shortage")
    }
    first = max(prices, key=lambda one: (one["row"].startswith("room"), abs(exact(one["value"])), one["row"]))
    return [
        Text(
            f"起作用的限制：{kinds['surplus']} 处没有更多超岗人员可调、{kinds['room']} 所学校编制内没有余地、"
            f"{kinds['shortage']} 处岗位已补满；例如“{first['zh']}”放宽一个，可多补 {abs(exact(first['value']))} 岗",
            f"What binds: {kinds['surplus']} subjects with nobody more to spare, {kinds['room']} schools without room in "
            f"their quota, {kinds['shortage']} subjects filled; one more of “{first['en']}” fills {abs(exact(first['value']))}",
        )
    ]


def _recruitment(outcome: Json) -> list[Text]:
    rows = outcome["recruitment"]
    if not rows or not rows[0]["schools"]:
        return [Text("补充需求无法判定", "recruitment cannot be told")]
    low, high, alone = (
        sum(one[key] for one in rows) for key in ("recruit_low", "recruit_high", "separate_low")
    )
    last = rows[-1]
    retired, needed = _range(last["retired_low"], last["retired_high"]), _range(low, high)
    return [
        Text(
            f"{rows[0]['year']}–{last['year']} 年（{last['schools']} 所学校）：累计退休 {retired} 人，"
            f"县内统筹需补充 {needed} 人；若各校各自补充至少 {alone} 人",
            f"{rows[0]['year']}–{last['year']} ({last['schools']} schools): {retired} retire, "
            f"{needed} to recruit when pooled; at least {alone} if each school recruits alone",
        )
    ]


def _range(low: int, high: int) -> str:
    """Two ends as told: one number where they are the same."""
    return str(low) if low == high else f"{min(low, high)}–{max(low, high)}"


def _people(outcome: Json) -> Text:
    training, pay = outcome["training"], outcome["pay"]
    behind = sum(one["behind_persons"] for one in training["schools"])
    done, paid = VERDICTS[training["verdict"]], VERDICTS[pay["verdict"]]
    return Text(
        f"五年培训完成：{training['reached']}/{training['full_time']} 人，{done.zh}，落后于进度线 {behind} 人；"
        f"教师平均工资收入不低于公务员：{paid.zh}",
        f"Training cycle: {training['reached']} of {training['full_time']}, {done.en}, {behind} behind the line; "
        f"teachers' pay not below civil servants': {paid.en}",
    )
