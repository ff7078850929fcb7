"""Check of the comparison over years: differences, permutations, interval, verdict."""

from fractions import Fraction
from hashlib import sha256
from math import lcm, prod

from junheng.basics import Text
from junheng.planning.frozen import Json, exact, problem_hash
from junheng.planning.pair.check_matching import Field, check_matching
from junheng.planning.pair.check_scene import wrong

Sets = list[list[Fraction]]


def check_changes(problem: Json, outcome: Json) -> list[Text]:
    """Broken lines of every stage and indicator compared."""
    asked = problem.get("changes")
    told = outcome["changes"]
    expected = (
        [(s, rule["id"]) for s in ("primary", "junior") for rule in asked["indicators"]] if asked else []
    )
    if [(row["stage"], row["indicator"]) for row in told] != expected:
        return [wrong("比较的学段和指标不全", "stages and indicators compared are not those asked for")]
    found = []
    for row in told:
        field = Field(problem, row["stage"], row["indicator"])
        where = f"{row['stage']} {row['indicator']}"
        lines = check_matching(field, row)
        if not lines:
            lines = _numbers(problem, field, row)
        found += [wrong(f"{where}：{line}", f"{where}: {line}") for line in lines]
    return found


def _numbers(problem: Json, field: Field, row: Json) -> list[str]:
    """Effect, p, interval, verdict and path of one result."""
    if not row["sets"]:
        is_bare = row["verdict"] == "cannot_tell" and "effect" not in row and not row["path"]
        return [] if is_bare else ["没有可比学校，应无法判定 no comparable school: cannot tell"]
    sets = [[field.change(key) for key in (one["member"], *one["others"])] for one in row["sets"]]
    effect = sum((own[0] - sum(own[1:], Fraction(0)) / len(own[1:]) for own in sets), Fraction(0)) / len(sets)
    gaps = [field.start(s["member"]) - _mean([field.start(key) for key in s["others"]]) for s in row["sets"]]
    found = []
    if exact(row["effect"]) != effect or exact(row["start_gap"]) != _mean(gaps):
        found.append(f"差中差应为 {effect} the difference of differences is {effect}")
    found += _test(problem, row, sets)
    if row["path"] != field.path(row["sets"]):
        found.append("逐年变化不对 the changes by year are wrong")
    return found


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _test(problem: Json, row: Json, sets: Sets) -> list[str]:
    """p and interval by their definition: how often an arrangement is as extreme, with the change shifted by τ."""
    asked = problem["changes"]
    is_exact = prod(map(len, sets)) <= asked["largest"]
    choices = None if is_exact else _choices(problem, row, [len(own) for own in sets], asked["sampled"])
    count = prod(map(len, sets)) if is_exact else asked["sampled"] + 1
    if (row["arrangements"], row["method"]) != (count, "exact" if is_exact else "sampled"):
        return ["排列数或方法不对 the number of arrangements or the method is wrong"]
    more, equal = _tails(sets, Fraction(0), choices)
    p = min(Fraction(1), 2 * Fraction(min(more + equal, count - more), count))
    found = []
    if exact(row["p"]) != p:
        found.append(f"p 应为 {p} p is {p}")
    tail = count * (1 - exact(asked["level"])) / 2
    if "low" in row:
        low, high = exact(row["low"]), exact(row["high"])
        more, equal = _tails(sets, low, choices)
        same, before = more + equal > tail, more + _real(choices) <= tail
        more, equal = _tails(sets, high, choices)
        if not (same and before and count - more > tail and count - more - equal + _real(choices) <= tail):
            found.append("区间不对 the interval is wrong")
        verdict = "more" if low > 0 else "less" if high < 0 else "no_difference"
    else:
        verdict = "cannot_tell"
        if _real(choices) <= tail and len(sets):
            found.append("应有区间 there is an interval to give")
    if row["verdict"] != verdict:
        found.append(f"结论应为 {verdict} the verdict is {verdict}")
    return found


def _real(choices: list[list[int]] | None) -> int:
    """How often the real arrangement is counted: once, and each time it was drawn."""
    return 1 + (0 if choices is None else sum(not any(choice) for choice in choices))


def _tails(sets: Sets, shift: Fraction, choices: list[list[int]] | None) -> tuple[int, int]:
    """Arrangements with a statistic above the real one's, and equal to it, after taking ``shift`` off the members."""
    contrasts = []
    for own in sets:
        moved = [own[0] - shift, *own[1:]]
        contrasts.append([value - (sum(moved, Fraction(0)) - value) / (len(moved) - 1) for value in moved])
    unit = lcm(*(value.denominator for own in contrasts for value in own))
    whole = [[int(value * unit) for value in own] for own in contrasts]
    real = sum(row[0] for row in whole)
    if choices is None:
        sums = [0]
        for row in whole:
            sums = [total + value for total in sums for value in row]
    else:
        sums = [real, *(sum(row[at] for row, at in zip(whole, choice, strict=True)) for choice in choices)]
    return sum(total > real for total in sums), sum(total == real for total in sums)


def _choices(problem: Json, row: Json, sizes: list[int], sampled: int) -> list[list[int]]:
    """The drawn arrangements: SHA-256(problem hash/stage/indicator/k/set), as a whole number, modulo the set's size."""
    seed = f"{problem_hash(problem)}/{row['stage']}/{row['indicator']}"
    return [
        [int(sha256(f"{seed}/{k}/{at}".encode()).hexdigest(), 16) % size for at, size in enumerate(sizes)]
        for k in range(sampled)
    ]
