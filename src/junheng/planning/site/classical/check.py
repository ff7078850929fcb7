"""The check of a classical location plan, in whole numbers and fractions: a second mind.

Imports no model, no arrays and no solver: the plan, its cost and the bound its prices prove are formed anew.
"""

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, Json, belongs
from junheng.planning.site.classical.check_plan import check_plan
from junheng.planning.site.classical.check_proof import check_proof
from junheng.planning.site.classical.check_reasons import check_reasons
from junheng.planning.site.classical.check_scene import Scene
from junheng.planning.site.classical.check_words import malformed

_MALFORMED = (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError)


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome that cannot even be read is wrong, too."""
    if outcome.get("format") != FORMAT or outcome.get("kind") != "site":
        return (Text("不是布点方案", "this is no plan of sites"),)
    found: list[Text] = []
    if not belongs(outcome, problem) or outcome.get("model") != problem.get("model"):
        found.append(
            Text("方案不属于这个问题：哈希或模型不符", "the plan belongs to another problem: hash or model")
        )
    parts = (check_reasons,) if outcome.get("status") == "infeasible" else (check_plan, check_proof)
    try:
        scene = Scene(problem)
    except _MALFORMED as error:
        return (*found, malformed(error, "problem"))
    for part in parts:
        try:
            found += part(scene, outcome)
        except _MALFORMED as error:
            found.append(malformed(error, part.__name__.removeprefix("check_")))
    return tuple(found)
