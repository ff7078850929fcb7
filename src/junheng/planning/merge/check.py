"""The check of mergers, from the rule text in plain fractions: a second mind.

Where pupils go, every duty, the state a merger may be in, ways, money, seats and the bound are formed anew.
"""

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, Json, belongs
from junheng.planning.merge.check_bound import check_bound
from junheng.planning.merge.check_duties import check_duties
from junheng.planning.merge.check_effects import check_effects
from junheng.planning.merge.check_facts import check_moves, indexed
from junheng.planning.merge.check_states import check_states

_PARTS = {
    "check_moves": ("学生去向", "where pupils go"),
    "check_duties": ("义务", "duties"),
    "check_states": ("状态", "states"),
    "check_effects": ("路程、费用、接收学校", "ways, money, receiving schools"),
    "check_bound": ("目标和界", "objective and bound"),
}


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome that cannot even be read is wrong, too."""
    if outcome.get("format") != FORMAT or outcome.get("kind") != "merge":
        return (Text("不是撤并方案", "this is no plan of mergers"),)
    found: list[Text] = []
    if not belongs(outcome, problem):
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
            zh, en = _PARTS[part.__name__]
            lacks = (
                (f"：缺少 {error.args[0]}", f": {error.args[0]} is absent")
                if type(error) is KeyError
                else ("", "")
            )
            found.append(Text(f"{zh}部分残缺或写法有误{lacks[0]}", f"{en}: absent or malformed{lacks[1]}"))
    return tuple(found)
