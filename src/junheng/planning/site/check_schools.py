"""The check of a county's sites, from the frozen problem in plain whole numbers: a second mind.

It imports nothing of the model: who goes where, what stands, what it costs, what no plan can undercut and what is told
of it are formed anew.
"""

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, Json, belongs, exact
from junheng.planning.site.check_bound import bound_faults
from junheng.planning.site.check_plan import plan_faults
from junheng.planning.site.check_told import reason_faults, told_faults
from junheng.planning.site.check_words import malformed, word

_WORST = ("optimal", "within_gap", "time_limit", "interrupted", "infeasible")


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome that cannot even be read is wrong, too."""
    head = _head_faults(problem, outcome)
    if head:
        return tuple(head)
    try:
        return tuple(_all_faults(problem, outcome))
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:
        return (malformed(error),)


def _head_faults(problem: Json, outcome: Json) -> list[Text]:
    named = (outcome.get("format"), outcome.get("kind"), outcome.get("model"))
    if named != (FORMAT, "site", "schools"):
        return [Text("不是校址规划的结果", "this is no outcome of a siting plan")]
    if belongs(outcome, problem):
        return []
    return [Text("问题指纹不符：结果属于另一个问题", "the hash differs: another problem's plan")]


def _all_faults(problem: Json, outcome: Json) -> list[Text]:
    plans = outcome["plans"]
    if not plans:
        is_plain = outcome["status"] == "infeasible" and outcome["reasons"]
        found = [] if is_plain else [Text("没有方案，也没有说明原因", "neither a plan nor a reason")]
        return found + reason_faults(problem, outcome)
    found = []
    if [plan["scenario"] for plan in plans] != problem["scenarios"]:
        return [Text("不是每种情景恰有一个方案", "not exactly one plan for every scenario")]
    for plan in plans:
        found += [_in(plan, text) for text in (*plan_faults(problem, plan), *bound_faults(problem, plan))]
    return (
        found
        + _head_totals(problem, outcome)
        + told_faults(problem, outcome)
        + reason_faults(problem, outcome)
    )


def _in(plan: Json, text: Text) -> Text:
    return Text(f"{word(plan['scenario'])}：{text.zh}", f"{plan['scenario']}: {text.en}")


def _head_totals(problem: Json, outcome: Json) -> list[Text]:
    """What stands at the head follows from the plans."""
    lead = {plan["scenario"]: plan for plan in outcome["plans"]}[problem["lead"]]
    status = max((plan["status"] for plan in outcome["plans"]), key=_WORST.index)
    gap = max(exact(plan["gap"]) for plan in outcome["plans"])
    found = []
    if outcome["status"] != status:
        found.append(Text(f"状态应为“{word(status)}”", f"the status should be {status}"))
    if exact(outcome["gap"]) != gap:
        found.append(Text(f"差距应为 {gap}", f"the gap should be {gap}"))
    once = exact(lead["costs"]["capital_yuan"]) + exact(lead["costs"]["closing_yuan"])
    own = {
        "total_yuan": exact(lead["cost_yuan"]),
        "cost_yuan": once,
        "unmet_seats": exact(lead["unmet_seats"]),
    }
    if {key: exact(value) for key, value in outcome["objective"].items()} != own:
        found.append(Text("总目标不是主情景的目标", "the objective is not that of the leading scenario"))
    bound = {key.replace("cost", "total"): exact(value) for key, value in lead["bound"].items()}
    if {key: exact(value) for key, value in outcome["bound"].items()} != bound:
        found.append(Text("总的界不是主情景的界", "the bound is not that of the leading scenario"))
    return found
