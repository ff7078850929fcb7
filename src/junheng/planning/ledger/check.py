"""The check of a ledger: every figure formed anew from the frozen problem, in plain fractions."""

from junheng.basics import Text, UserError
from junheng.planning.frozen import FORMAT, Json, problem_hash
from junheng.planning.ledger.check_published import check_claims, check_totals
from junheng.planning.ledger.check_sums import check_batches, check_origins, check_projects, check_spreads


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome that cannot even be read is wrong, too."""
    if outcome.get("format") != FORMAT or outcome.get("kind") != "ledger":
        return (Text("不是项目台账", "this is no ledger of projects"),)
    found: list[Text] = []
    if outcome.get("problem_hash") != _hash(problem):
        found.append(
            Text("台账不属于这个问题：哈希不符", "the ledger belongs to another problem: hashes differ")
        )
    head: Json = {
        "status": "optimal",
        "objective": {"projects": len(problem["projects"])},
        "bound": {},
        "gap": 0,
    }
    if {key: outcome.get(key) for key in head} != head:
        found.append(Text("状态或目标不对", "status or objective is wrong"))
    for part in (check_spreads, check_projects, check_batches, check_origins, check_totals, check_claims):
        try:
            found += part(problem, outcome)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:
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
