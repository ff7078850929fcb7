"""The name of the rule by which a draw decides: no rate is shown without it."""

from junheng.admissions.market import Market
from junheng.admissions.problem import Problem
from junheng.basics import Text

_RANKINGS = {
    "ring": Text("起号加步长", "start and step round a ring"),
    "tail_digits": Text("尾数摇号", "tail digits drawn"),
    "external": Text("另行摇出的号码", "numbers drawn elsewhere"),
}


def longest_list(market: Market) -> int:
    """The most wishes any unit has within one stage."""
    lengths = [int((stage.start[1:] - stage.start[:-1]).max(initial=0)) for stage in market.stages]
    return max(lengths, default=0)


def mechanism_name(problem: Problem, longest: int | None = None) -> Text:
    """The rule in words. ``longest``: the longest list of wishes within a stage (default: all schools of a stage)."""
    length = max(len(stage.schools) for stage in problem.stages) if longest is None else longest
    parts = [_order(problem, length)]
    if problem.is_class_first:
        parts.append(Text("优先类别先于志愿次序", "priority class before order of wishes"))
    if problem.tickets == "per_school":
        parts.append(Text("每校一号", "a number for each school"))
    if problem.ranking.method != "hmac":
        parts.append(_RANKINGS[problem.ranking.method])
    if problem.is_by_rounds:
        parts.append(_last_seat(problem))
    if len(problem.stages) > 1:
        parts.append(Text(f"分 {len(problem.stages)} 批", f"{len(problem.stages)} stages"))
    return Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _order(problem: Problem, length: int) -> Text:
    width = problem.band_width
    if width >= length:
        if len(problem.classes) == 1 and problem.tickets == "single":
            return Text("随机派位（按号依次挑选）", "random order, each picks in turn (serial dictatorship)")
        return Text("延迟录取（志愿次序不影响录取机会）", "deferred acceptance")
    if width == 1:
        return Text("志愿优先（逐志愿录取）", "immediate acceptance (wish order first)")
    return Text(f"平行志愿（每 {width} 个志愿一段）", f"parallel wishes, bands of {width}")


def _last_seat(problem: Problem) -> Text:
    if problem.units == "skip":
        return Text("末位放不下双胞胎时跳过", "twins who do not fit the last seat are passed over")
    return Text("末位放不下双胞胎时截止", "a school closes when twins do not fit its last seat")
