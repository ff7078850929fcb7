"""The check of mergers, from the rule text in plain fractions: a second mind.

Where pupils go, every duty, the state a merger may be in, ways, money, seats and the bound are formed anew.
"""

from junheng.basics import Text, UserError
from junheng.planning.frozen import FORMAT, Json, problem_hash
from junheng.planning.merge.check_bound import check_bound
from junheng.planning.merge.check_duties import check_duties
from junheng.planning.merge.check_effects import check_effects
from junheng.planning.merge.check_facts import check_moves, indexed
from junheng.planning.merge.check_states import check_states


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome that cannot even be read is wrong, too."""
    if outcome.get("format") != FORMAT or outcome.get("kind") != "merge":
        return (Text("不是撤并方案", "this is no plan of mergers"),)
    found: list[Text] = []
    if outcome.get("problem_hash") != _hash(problem):
        found.append(
            Text("方案不属于这个问题：哈希不符", "the plan belongs to another problem: hashes differ")
        )
    known = indexed(problem)
    for part in (check_moves, check_duties, check_states, check_effects, check_bound):
        try:
            found += part(known, outcome)
        except (
            KeyError,
            ValueError,
            TypeError,
            IndexError,
            AttributeError,
            ZeroDivisionError,
            StopIteration,
        ) as error:
            name = part.__name__.removeprefix("check_")
            found.append(
                Text(f"{name} 部分残缺或写法有误：{error!r}", f"{name}: absent or malformed: {error!r}")
            )
    return tuple(found)


def _hash(problem: Json) -> str:
    try:
        return problem_hash(problem)
    except UserError:
        return ""
