"""Check of published totals and figures."""

from fractions import Fraction
from math import prod

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.ledger.check_sums import compared, sums


def check_totals(problem: Json, outcome: Json) -> list[Text]:
    """Each published total against the sum of its projects."""
    batches = {row["batch"]: row for row in sums(problem)}
    wanted = []
    for total in problem["totals"]:
        batch, name = batches[total["batch"]], total["measure"]
        row: Json = {"batch": total["batch"], "measure": name, "untold": batch["untold"].get(name, 0)}
        if name in batch:
            row |= {"sum": batch[name], "difference": exact(total["value"]) - batch[name]}
        if row["untold"]:
            row["verdict"] = "cannot_tell"
        elif row["difference"] == 0:
            row["verdict"] = "agrees"
        elif 2 * abs(row["difference"]) <= exact(total["step"]):
            row["verdict"] = "agrees_rounded"
        else:
            row["verdict"] = "about" if total["about"] else "differs"
        wanted.append(row)
    return compared(outcome["totals"], wanted, Text("公布合计", "published total"), "batch", "measure")


def check_claims(problem: Json, outcome: Json) -> list[Text]:
    """Each published figure recomputed."""
    wanted = []
    for claim in problem["claims"]:
        parts = [exact(part) for part in claim["parts"]]
        value = {
            "sum": lambda p: sum(p, Fraction(0)),
            "beside": lambda p: sum(p, Fraction(0)),
            "product": prod,
            "difference": lambda p: p[0] - p[1],
            "ratio": lambda p: p[0] / p[1],
        }[claim["how"]](parts)
        row: Json = {"id": claim["id"], "value": value}
        if "printed" in claim:
            off = exact(claim["printed"]) - value
            near = "agrees_rounded" if 2 * abs(off) <= 1 else "differs"
            cut = "agrees_truncated" if exact(claim["printed"]) == value.__trunc__() else near
            word = "agrees" if not off else cut
            row |= {"difference": off, "verdict": "beside" if claim["how"] == "beside" else word}
        wanted.append(row)
    return compared(outcome["claims"], wanted, Text("公布数字", "published figure"), "id")
