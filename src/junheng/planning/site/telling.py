"""What a siting plan says, in a few sentences: claiming no more than was shown."""

from fractions import Fraction

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json, exact
from junheng.planning.site.telling_sites import onto_points
from junheng.planning.site.telling_words import (
    SCENARIOS,
    STATUS,
    gaps_of,
    lead_of,
    names_of,
    percent,
    seats_of,
    some_of,
    unfinished,
    wan,
)

_SHOWN = 6


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """The lead plan, its proof, what every scenario chooses, who lacks a seat, seats left over, what is not told."""
    if not outcome["plans"]:
        first = _headline(problem, outcome)
        head = Text(f"{first.zh}没有可行的方案", f"{first.en}there is no feasible plan")
        return tuple(_ended(text) for text in (head, *_reasons(outcome)))
    found = [_plan(problem, outcome), _proof(problem, outcome), *_chosen(problem, outcome)]
    found += [*_reasons(outcome)[:2], _unmet(problem, outcome), *_untold(problem), *_doubts(problem)]
    found.append(_idle(problem, outcome))
    return tuple(_ended(text) for text in found[:8])


def _ended(text: Text) -> Text:
    return Text(f"{text.zh}。", f"{text.en}.")


def _reasons(outcome: Json) -> list[Text]:
    return [Text(row["zh"], row["en"]) for row in outcome.get("reasons", [])]


def _plan(problem: Json, outcome: Json) -> Text:
    plan = lead_of(problem, outcome)
    count = {
        kind: sum(row["kind"] == kind and plan["scenario"] in row["by"] for row in outcome["choices"])
        for kind in ("open", "expand", "close")
    }
    stage, first, last = STAGE_NAMES[problem["stage"]], problem["years"][0], problem["years"][-1]
    word = SCENARIOS[plan["scenario"]]
    costs, head = plan["costs"], _headline(problem, outcome)
    return Text(
        f"{head.zh}{first}–{last} 年{stage.zh}（{word.zh}）：新建 {count['open']} 所，扩建 {count['expand']} 所，撤并 {count['close']} 所；"
        f"投资 {wan(costs['capital_yuan'])} 万元，{len(problem['years'])} 年运行 {wan(costs['running_yuan'])} 万元",
        f"{head.en}{stage.en}, {first} to {last} ({word.en} scenario): {count['open']} opened, {count['expand']} expanded, "
        f"{count['close']} merged or closed; building {wan(costs['capital_yuan'])}, running {wan(costs['running_yuan'])} (10,000 yuan)",
    )


def _headline(problem: Json, outcome: Json) -> Text:
    """What must be read before any figure: standing schools that are not counted, scenarios not solved."""
    zh, en = "", ""
    left = [row for row in problem["cannot_tell"] if row["what"] == "site" and row.get("existing")]
    if left:
        zh += f"注意：{len(left)} 所现有学校没有算进方案（{_few([row['zh'] for row in left], '；')}），"
        zh += "它们的学位当作没有，补上数据后会是另一个方案。"
        en += f"Note: {len(left)} standing {'school is' if len(left) == 1 else 'schools are'} not in the plan"
        en += f" ({_few([row['en'] for row in left], '; ')}); with them the plan would be another. "
    open_ones = unfinished(outcome)
    if open_ones:
        words = gaps_of(open_ones)
        zh += f"没有解完（差距至多：{words.zh}）。"
        en += f"Not solved to the end (gaps at most: {words.en}). "
    return Text(zh, en)


def _few(words: list[str], mark: str, shown: int = 3) -> str:
    return mark.join(words[:shown]) + (f" …（{len(words)}）" if len(words) > shown else "")


def _proof(problem: Json, outcome: Json) -> Text:
    plan = lead_of(problem, outcome)
    word = STATUS[plan["status"]]
    if not plan["bound"]:
        return word
    cost = exact(plan["cost_yuan"])
    own = (cost - exact(plan["bound"]["cost_yuan"])) / max(cost, Fraction(1))
    total, gaps = wan(plan["cost_yuan"]), gaps_of(outcome["plans"])
    is_shown = any(row["status"] != "optimal" for row in outcome["plans"])
    gap = Text(f"，差距至多：{gaps.zh}", f", gaps at most: {gaps.en}") if is_shown else Text("", "")
    return Text(
        f"总代价 {total} 万元（含缺学位和路程的计价）：{word.zh}{gap.zh}；由学位价格独立复核的界相差 {percent(str(own))}",
        f"{total} (10,000 yuan, with seats lacking and ways priced): {word.en}{gap.en}; the bound "
        f"recomputed from the prices of seats is {percent(str(own))} away",
    )


def _chosen(problem: Json, outcome: Json) -> list[Text]:
    """Sites opened whatever the scenario, and those opened only in some."""
    if len(outcome["plans"]) < 2:
        return []
    if unfinished(outcome):
        words = gaps_of(unfinished(outcome))
        return [
            Text(
                f"各情景都选哪些、只在部分情景选哪些，这次不能说：{words.zh}，未到要求的差距；请加长时限（--seconds）再算",
                f"what all scenarios choose cannot be told: {words.en}, not within the gap asked for; allow more --seconds",
            )
        ]
    names = names_of(problem)
    always = [names[row["site"]] for row in outcome["choices"] if row["kind"] == "open" and row["in_all"]]
    some = [names[row["site"]] for row in outcome["choices"] if row["kind"] == "open" and not row["in_all"]]
    many, few = _list(always), _list(some)
    return [
        Text(
            f"各情景都新建：{many.zh}；只在部分情景新建：{few.zh}",
            f"opened in every scenario: {many.en}; in some only: {few.en}",
        )
    ]


def _list(names: list[str]) -> Text:
    if not names:
        return Text("无", "none")
    shown, more = names[:_SHOWN], len(names) - _SHOWN
    tail = Text(f" 等 {len(names)} 处", f" and {more} more") if more > 0 else Text("", "")
    return Text("、".join(shown) + tail.zh, ", ".join(shown) + tail.en)


def _unmet(problem: Json, outcome: Json) -> Text:
    plan = lead_of(problem, outcome)
    if not plan["unmet_seats"]:
        return Text("片块在可达范围内的儿童都有学位", "every child of the blocks has a seat within reach")
    last = sum(row["pupils"][-1] for row in plan["unmet"])
    far = sum(sum(row["pupils"]) for row in plan["unmet"] if row["why"] == "out_of_reach")
    cut = sum(row["lacking"] for row in outcome["unavoidable"] if row["scenario"] == plan["scenario"])
    year = problem["years"][-1]
    return Text(
        f"缺学位 {plan['unmet_seats']} 人·年（{year} 年 {last} 人），其中 {far} 人·年在可达范围内没有学校，"
        f"{cut} 人·年无论怎样建都避免不了",
        f"{plan['unmet_seats']} child-years lack a seat ({last} in {year}): {far} have no school within reach, {cut} no plan could avoid",
    )


def _idle(problem: Json, outcome: Json) -> Text:
    plan, rows = lead_of(problem, outcome), {row["id"]: row for row in problem["sites"]}
    idle = sum(
        seats_of(problem, rows[told["site"]], told)[-1] - told["pupils"][-1]
        for told in plan["sites"]
        if told["open"][-1]
    )
    shut = [told["site"] for told in plan["sites"] if rows[told["site"]]["existing"] and not told["open"][-1]]
    rooms = sum(rows[site]["classes"][-1] for site in shut)
    year, points = problem["years"][-1], onto_points(problem, outcome)
    onto = Text("", "")
    if points:
        told = some_of([names_of(problem)[site] for site in points])
        onto = Text(
            f"，其中 {len(points)} 所的学生有的去教学点（{told}），请核",
            f" {len(points)} of them onto teaching points ({told}): check",
        )
    return Text(
        f"{year} 年开办的学校空余 {idle} 个学位；撤并的 {len(shut)} 所腾出 {rooms} 间教室{onto.zh}。"
        "撤并须另走听证、公示等程序（见撤并规划）",
        f"in {year} open schools have {idle} seats left over; {len(shut)} closed ones free {rooms} classrooms.{onto.en} A closure has "
        "duties of its own (hearing, notice: see the plan of mergers)",
    )


def _untold(problem: Json) -> list[Text]:
    rows = problem["cannot_tell"]
    if not rows:
        return []
    blocks = [row for row in rows if row["what"] == "block"]
    children = sum(row["pupils"][problem["lead"]][0] for row in blocks)
    sites = len(rows) - len(blocks)
    zh, en = (_few([row[key] for row in rows], mark) for key, mark in (("zh", "；"), ("en", "; ")))
    return [
        Text(
            f"{len(blocks)} 个片块（{children} 名儿童）、{sites} 处校址没有进入规划：{zh}",
            f"not in the plan (blocks: {len(blocks)}, with children: {children}; sites: {sites}): {en}",
        )
    ]


def _doubts(problem: Json) -> list[Text]:
    rows = problem.get("doubts", [])
    if not rows:
        return []
    zh, en = (_few([row[key] for row in rows], mark) for key, mark in (("zh", "；"), ("en", "; ")))
    return [Text(f"输入有 {len(rows)} 处疑问，照写的算了：{zh}", f"doubtful input, taken as written: {en}")]
