"""What a pairing plan says: a few sentences, Chinese first, claiming no more than was shown."""

from collections import Counter

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.pair.telling_tables import tables

__all__ = ["summary", "tables"]

_WORDS = {
    "optimal": Text("已证明没有更好的安排", "proven: nothing better exists"),
    "within_gap": Text("在要求的差距以内", "within the gap asked for"),
    "time_limit": Text("时间到，给出找到的最好安排", "time was up: the best plan found"),
    "interrupted": Text("被中断，给出找到的最好安排", "interrupted: the best plan found"),
    "infeasible": Text(
        "要求无法全部满足，下列安排是能做到的部分", "not all that was asked can be had: this is what can"
    ),
}


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """Three to eight sentences: the plan, its proof, what binds, who is left, coverage, paper alliances, changes."""
    found = [_plan(problem, outcome), _proof(problem, outcome), *_ceiling(problem, outcome)]
    found += [Text(row["zh"], row["en"]) for row in outcome.get("reasons", [])]
    if outcome["binding"]:
        row = max(outcome["binding"], key=lambda row: (row["need_at_most"], row["row"]))
        count = len(outcome["binding"])
        found.append(
            Text(f"{count} 所强校名额用满；{row['zh']}", f"{count} strong schools are full; {row['en']}")
        )
    if outcome["unserved"] or problem["cannot_tell"]:
        left, untold = len(outcome["unserved"]), len(problem["cannot_tell"])
        found.append(
            Text(
                f"{left} 所薄弱校没有安排（原因见表），{untold} 所学校缺数据、无法判断",
                f"{left} weak schools are left (reasons in the table); {untold} schools lack data, cannot tell",
            )
        )
    found.append(_coverage(outcome))
    if outcome["alliances"]:
        found.append(_alliances(problem, outcome))
    if outcome["changes"]:
        found.append(_changes(problem, outcome))
    return tuple(Text(f"{line.zh}。", f"{line.en}.") for line in found)


def _plan(problem: Json, outcome: Json) -> Text:
    pairs, kept = outcome["objective"]["pairs"], len(outcome["kept"])
    cores = len({row["core"] for row in outcome["pairs"]})
    metres = sum(row["metres"] for row in outcome["pairs"])
    form = problem["mode"]["form"]
    if not pairs:
        return Text(
            f"{form}：保留现有 {kept} 对，没有可以新提出的对",
            f"{form}: {kept} ties are kept, none can be proposed",
        )
    mean = f"{metres / pairs / 1000:.1f}"
    return Text(
        f"{form}：保留现有 {kept} 对，新提出 {pairs} 对（{cores} 所强校），平均路程 {mean} 公里",
        f"{form}: {kept} ties are kept, {pairs} pairs proposed ({cores} strong schools), {mean} km on average",
    )


def _ceiling(problem: Json, outcome: Json) -> list[Text]:
    """The limit on the number of groups, beside how many there are: where they are more already, none is founded."""
    mode = problem["mode"]
    if "most_groups" not in mode:
        return []
    forms = outcome["coverage"]["before"]["by_form"]
    now = sum(row["groups"] for row in forms if row["key"] == mode["form"])
    over = (
        Text("，已超过，只能加入现有集团", ": already more, so that only these can grow")
        if now > mode["most_groups"]
        else Text("", "")
    )
    return [
        Text(
            f"{mode['form']}总数上限 {mode['most_groups']} 个，现有 {now} 个{over.zh}",
            f"at most {mode['most_groups']} groups, {now} exist{over.en}",
        )
    ]


def _proof(problem: Json, outcome: Json) -> Text:
    own, bound, word = outcome["objective"], outcome["bound"], _WORDS[outcome["status"]]
    unit = ("所", "schools") if problem["rules"]["serve"] == "all" else ("点需要", "points of need")
    gap = exact(outcome["gap"])
    shown = f"{float(gap * 100):.3g}%"
    proof_zh = "（由价格独立复核）" if not gap else f"，独立的界还差 {shown}"
    proof_en = (
        " (confirmed independently by prices)" if not gap else f", the independent bound is {shown} away"
    )
    return Text(
        f"覆盖 {own['need']} {unit[0]}，任何安排至多 {bound['need']}；{word.zh}{proof_zh}",
        f"{own['need']} {unit[1]} served, no plan serves more than {bound['need']}; {word.en}{proof_en}",
    )


def _coverage(outcome: Json) -> Text:
    now, then = outcome["coverage"]["before"], outcome["coverage"]["after"]
    return Text(
        f"覆盖：{now['groups']} 个集团（对）{now['schools']}/{now['whole']} 所（{now['printed']}%）→ "
        f"{then['groups']} 个 {then['schools']}/{then['whole']} 所（{then['printed']}%）",
        f"coverage: {now['groups']} groups with {now['schools']} of {now['whole']} schools ({now['printed']} %) → "
        f"{then['groups']} with {then['schools']} ({then['printed']} %)",
    )


def _alliances(problem: Json, outcome: Json) -> Text:
    count = Counter(row["verdict"] for row in outcome["alliances"])
    year = problem["evidence"]["year"]
    return Text(
        f"{year} 学年协作：有往来 {count['active']}，有名无实 {count['paper']}，未满一年 {count['part_year']}，"
        f"缺记录 {count['cannot_tell']}",
        f"school year {year}: {count['active']} work together, {count['paper']} only on paper, "
        f"{count['part_year']} joined within the year, {count['cannot_tell']} lack records",
    )


def _changes(problem: Json, outcome: Json) -> Text:
    count = Counter(row["verdict"] for row in outcome["changes"])
    asked, told = problem["changes"], len(outcome["changes"])
    if lacking := _lacking(problem):
        return Text(
            f"与可比学校相比：没有 {'、'.join(lacking)} 的指标值，无法判定",
            f"beside comparable schools: there are no values of {', '.join(lacking)}; cannot tell",
        )
    return Text(
        f"{asked['before']}→{asked['after']} 年与可比学校相比（{told} 项）：成员校变化更大 {count['more']}，更小 "
        f"{count['less']}，看不出差别 {count['no_difference']}，学校太少无法判定 {count['cannot_tell']}；"
        "学校不是随机加入的，差别不等于由集团化、结对造成",
        f"{asked['before']} to {asked['after']} beside comparable schools ({told} indicators): members changed more in "
        f"{count['more']}, less in {count['less']}, no difference shown in {count['no_difference']}, too few schools in "
        f"{count['cannot_tell']}; schools did not join at random: a difference is not an effect",
    )


def _lacking(problem: Json) -> list[str]:
    """Years that are compared though nobody reports a value of them."""
    known = {row["year"] for row in problem["values"]}
    return [
        str(problem["changes"][name]) for name in ("before", "after") if problem["changes"][name] not in known
    ]
