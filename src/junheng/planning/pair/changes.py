"""What changed in members since they joined, beside comparable schools: a difference, no cause."""

from fractions import Fraction

from junheng.planning.frozen import Json, exact, number, problem_hash
from junheng.planning.pair.matching import Pool, matched, mean_path, pool_of
from junheng.planning.pair.permutation import permutation_test

STAGES = ("primary", "junior")


def changes(problem: Json) -> list[Json]:
    """One result for each stage and indicator the problem compares; [] where it compares nothing."""
    if "changes" not in problem:
        return []
    seed = problem_hash(problem)
    return [
        _result(problem, stage, rule["id"], seed)
        for stage in STAGES
        for rule in problem["changes"]["indicators"]
    ]


def _result(problem: Json, stage: str, indicator: str, seed: str) -> Json:
    asked = problem["changes"]
    pool = pool_of(problem, stage, indicator)
    sets, proofs = matched(pool, asked["before"], asked["controls"], exact(asked["calliper"]))
    unmatched = sorted(set(pool.joined) - {row["member"] for row in sets})
    found: Json = {
        "stage": stage,
        "indicator": indicator,
        "joined": len(pool.joined) + len(pool.left_out),
        "outside": len(pool.outside),
        "no_value": sorted(pool.left_out),
        "unmatched": unmatched,
        "sets": sets,
        "proofs": proofs,
        "path": mean_path(pool, sets, asked["before"]),
    }
    if not sets:
        return found | {"verdict": "cannot_tell"}
    differences = [[_change(pool, key, asked) for key in (row["member"], *row["others"])] for row in sets]
    test = permutation_test(
        differences, exact(asked["level"]), asked["largest"], asked["sampled"], f"{seed}/{stage}/{indicator}"
    )
    return (
        found
        | test
        | {"start_gap": number(_start_gap(pool, sets, asked["before"])), "verdict": verdict(test)}
    )


def _change(pool: Pool, school: str, asked: Json) -> Fraction:
    return pool.values[school, asked["after"]] - pool.values[school, asked["before"]]


def _start_gap(pool: Pool, sets: list[Json], before: int) -> Fraction:
    """Mean over sets of (member's starting value - mean of the others'): how alike they were."""
    gaps = []
    for row in sets:
        others = sum((pool.values[key, before] for key in row["others"]), Fraction(0)) / len(row["others"])
        gaps.append(pool.values[row["member"], before] - others)
    return sum(gaps, Fraction(0)) / len(gaps)


def verdict(test: Json) -> str:
    """more: the whole interval lies above 0; less: below; no_difference: 0 is in it; cannot_tell: there is none."""
    if "low" not in test:
        return "cannot_tell"
    if exact(test["low"]) > 0:
        return "more"
    return "less" if exact(test["high"]) < 0 else "no_difference"
