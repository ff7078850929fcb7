"""An investment plan in a few sentences: result, proof, what binds, what cannot be done and why."""

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.invest.reasons import stage_name

_WAN = 10_000
_KINDS = {
    "all_by": Text("能达标的校段全部达标、花费最少", "every school-stage that can comply, at least cost"),
    "most_within": Text(
        "预算之内达标校段最多（薄弱学校优先）",
        "the most complying school-stages within the money, weak schools first",
    ),
    "least_for": Text("指定数目的校段达标、花费最少", "so many complying school-stages at least cost"),
    "pareto": Text("花费与达标校段数的权衡", "cost against the number of complying school-stages"),
}


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """Three to eight sentences: result, proof, what binds, prices in words, what cannot be done and why."""
    found: list[Text | None] = [_result(problem, outcome)]
    if outcome["status"] == "infeasible":
        found += [Text(row["zh"], row["en"]) for row in outcome["reasons"][:5]]
    else:
        found += [_proof(outcome), *_binding(outcome), _moved(outcome)]
    return tuple(text for text in (*found, *_left_out(problem, outcome)) if text is not None)


def _result(problem: Json, outcome: Json) -> Text:
    kind, name = _KINDS[problem["mode"]["kind"]], problem["county"]["name"]
    if outcome["status"] == "infeasible":
        return Text(
            f"{name}：“{kind.zh}”在现有限制下无解。",
            f"{name}: {kind.en}: impossible within the limits given.",
        )
    money, stages = _wan(outcome["objective"]["cost_yuan"]), outcome["objective"]["stages"]
    return Text(
        f"{name}，方式“{kind.zh}”：到 {problem['target']} 年共投入 {money} 万元，{stages} 个校段达标。",
        f"{name}, {kind.en}: by {problem['target']} {money} × 10,000 yuan, {stages} school-stages comply.",
    )


def _proof(outcome: Json) -> Text:
    gap = f"{float(exact(outcome['gap'])) * 100:.4f}"
    by_tree = Text(
        f"按求解器的界，与最优相差不超过 {gap} %", f"by the solver's bound within {gap} % of the best"
    )
    ended = {
        "time_limit": Text(
            "（到时限停止，仍可能有更好的方案）", " (ended by the time limit; a better plan may exist)"
        ),
        "interrupted": Text("（人为中断，仍可能有更好的方案）", " (interrupted; a better plan may exist)"),
    }.get(outcome["status"], Text("", ""))
    bound = outcome["bound"]
    if "stages" in bound:
        return Text(
            f"由价格可独立证明：任何方案达标校段不超过 {bound['stages']} 个"
            f"（求解器：{bound['solver_stages']} 个）；{by_tree.zh}{ended.zh}。",
            f"The prices prove that no plan brings more than {bound['stages']} school-stages "
            f"(the solver: {bound['solver_stages']}); {by_tree.en}{ended.en}.",
        )
    proven, tree = _wan(bound["cost_yuan"]), _wan(bound["solver_cost_yuan"])
    return Text(
        f"由价格可独立证明：任何方案至少要花 {proven} 万元（求解器：{tree} 万元）；{by_tree.zh}{ended.zh}。",
        f"The prices prove that no plan costs less than {proven} × 10,000 yuan (the solver: {tree}); {by_tree.en}{ended.en}.",
    )


def _binding(outcome: Json) -> list[Text]:
    """The dearest limit of each kind, in words."""
    found: dict[str, Text] = {}
    for row in outcome["binding"]:
        found.setdefault(
            row["row"].split(":")[0], Text(f"起约束作用：{row['zh']}。", f"What binds: {row['en']}.")
        )
    return list(found.values()) or [
        Text(
            "资金、名额、差异系数限值都不起约束作用。",
            "Neither money, posts nor CV limits bind.",
        )
    ]


def _moved(outcome: Json) -> Text | None:
    persons = sum(row["persons"] for row in outcome["moves"])
    if not persons:
        return None
    return Text(f"其中校际调配教师 {persons} 人。", f"{persons} teachers move between schools.")


def _left_out(problem: Json, outcome: Json) -> list[Text]:
    found = []
    if outcome["unreachable"]:
        known = {row["id"]: row["name"] for row in problem["schools"]}
        names = "、".join(
            f"{known[row['school_id']]}（{stage_name(row['stage']).zh}）"
            for row in outcome["unreachable"][:5]
        )
        count = len(outcome["unreachable"])
        found.append(
            Text(
                f"{count} 个校段受场地、编制等限制，投入多少都不能达标：{names}{'等' if count > 5 else ''}。",
                f"{count} school-stages cannot be brought in whatever is spent, for want of land, posts or people.",
            )
        )
    if problem.get("cannot_tell"):
        count = len(problem["cannot_tell"])
        found.append(
            Text(
                f"{count} 个校段缺数据，无法规划，须先补报。",
                f"{count} school-stages lack data and are not planned: report it first.",
            )
        )
    return found


def _wan(yuan: object) -> str:
    return f"{float(exact(yuan)) / _WAN:,.2f}"  # type: ignore[arg-type] # a number of an outcome
