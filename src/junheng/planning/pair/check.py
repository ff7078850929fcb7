"""The check of a pairing plan, from the rule text in plain fractions: a second mind.

Imports nothing of the models: pairs and their limits, bounds from prices, coverage, evidence and changes are formed
anew from the frozen problem.
"""

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, Json, belongs
from junheng.planning.pair.check_bounds import check_bounds
from junheng.planning.pair.check_changes import check_changes
from junheng.planning.pair.check_counts import check_alliances, check_coverage, check_published
from junheng.planning.pair.check_pairs import check_pairs


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome that cannot even be read is wrong, too."""
    if outcome.get("format") != FORMAT or outcome.get("kind") != "pair":
        return (Text("不是结对方案", "this is no pairing plan"),)
    found: list[Text] = []
    if not belongs(outcome, problem):
        found.append(
            Text("方案不属于这个问题：哈希不符", "the plan belongs to another problem: hashes differ")
        )
    for part in (check_pairs, check_bounds, check_coverage, check_published, check_alliances, check_changes):
        try:
            found += part(problem, outcome)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:
            name = part.__name__.removeprefix("check_")
            found.append(
                Text(f"{name} 部分残缺或写法有误：{error!r}", f"{name}: absent or malformed: {error!r}")
            )
    return tuple(found)
