"""The check of a ledger: every figure formed anew from the frozen problem, in plain fractions."""

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, Json, belongs
from junheng.planning.ledger.check_published import check_claims, check_totals
from junheng.planning.ledger.check_sums import (
    check_batches,
    check_origins,
    check_projects,
    check_spreads,
    plain,
)
from junheng.planning.ledger.check_words import differing

_PARTS = {
    "check_spreads": ("单价", "unit costs"),
    "check_projects": ("项目", "projects"),
    "check_batches": ("批次合计", "sums by batch"),
    "check_origins": ("资金来源", "funds by source"),
    "check_totals": ("公布合计", "published totals"),
    "check_claims": ("公布数字", "published figures"),
}


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome that cannot even be read is wrong, too."""
    if outcome.get("format") != FORMAT or outcome.get("kind") != "ledger":
        return (Text("不是项目台账", "this is no ledger of projects"),)
    found: list[Text] = []
    if not belongs(outcome, problem):
        found.append(
            Text("台账不属于这个问题：哈希不符", "the ledger belongs to another problem: hashes differ")
        )
    if outcome.get("status") != "computed" or {"bound", "gap"} & set(outcome):
        found.append(
            Text("台账只是算出来的，没有最优、界和差距", "a ledger is computed: it has no bound and no gap")
        )
    if outcome.get("objective") != (wanted := {"projects": len(problem["projects"])}):
        said = outcome.get("objective")
        what = Text("目标：", "objective:")
        found += differing(what, plain(said if isinstance(said, dict) else {}), plain(wanted))
    for part in (check_spreads, check_projects, check_batches, check_origins, check_totals, check_claims):
        try:
            found += part(problem, outcome)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:
            zh, en = _PARTS[part.__name__]
            lacks = (
                (f"：缺少 {error.args[0]}", f": {error.args[0]} is absent")
                if type(error) is KeyError
                else ("", "")
            )
            found.append(Text(f"{zh}部分残缺或写法有误{lacks[0]}", f"{en}: absent or malformed{lacks[1]}"))
    return tuple(found)
