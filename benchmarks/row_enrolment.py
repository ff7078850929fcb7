"""100,000 household × 100,000 register children: time, memory, and what is found of declared slips."""

import json
import sys
from typing import Any

from benchmarks.child import run
from benchmarks.result import Check, Result
from junheng.enrolment import ABSENT, RATES, TWINS

_SIZE, _SEED, _RUNS = 100_000, 20_261_122, 3
_CPU_S, _PEAK_MB, _FOUND, _CERTAIN = 10.0, 600.0, 0.995, 0.95
_PLAIN = 250  # children a side for the plain reference, which scores every pair
_HARD = {**RATES, "no_number": 0.30, "homophone": 0.10, "digit": 0.05, "birth": 0.03, "no_guardian": 0.5}

_OURS = """
import json, resource, sys, time
from datetime import date
from junheng.enrolment import load_rules, make_lists, match
size, seed, rates = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
made, rules = make_lists(size, seed, rates), load_rules(date(2026, 10, 1))[0].match
best = None
for _ in range(int(sys.argv[4])):
    wall, cpu = time.perf_counter(), time.process_time()
    found = match(made.left, made.right, rules)
    cost = time.perf_counter() - wall, time.process_time() - cpu
    best = cost if best is None or cost < best else best
said = {"wall": best[0], "cpu": best[1], "true": sum(j >= 0 for j in made.right_of), "scored": found.looked_at}
for kind in ("certain", "check"):
    pairs = found.of(kind)
    said[kind] = len(pairs)
    said[f"{kind}_right"] = sum(made.right_of[pair.left] == pair.right for pair in pairs)
said["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(said))
"""
_JOINS = """
import json, sys, time
import duckdb, pyarrow as pa
from junheng.enrolment import make_lists
made = make_lists(int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]))
def table(people):
    return pa.table({"i": list(range(len(people))), "n": people.numbers, "name": people.names, "b": people.births})
a, b = table(made.left), table(made.right)
started, query = time.perf_counter(), duckdb.connect()
first = query.sql("select a.i, b.i from a join b using (n) where n <> ''").fetchall()
left, right = {i for i, _ in first}, {j for _, j in first}
second = query.sql("select a.i, b.i from a join b using (name, b)").fetchall()
pairs = [*first, *((i, j) for i, j in second if i not in left and j not in right)]
print(json.dumps({"wall": time.perf_counter() - started, "pairs": len(pairs),
                  "right": sum(made.right_of[i] == j for i, j in pairs)}))
"""
_REFERENCE = """
import json, sys, time
from datetime import date
from junheng.enrolment import load_rules, make_lists
from junheng.enrolment.reference import score_of
made, rules = make_lists(int(sys.argv[1]), int(sys.argv[2])), load_rules(date(2026, 10, 1))[0].match
score_of(made.left, 0, made.right, 0, rules)
started = time.perf_counter()
for i in range(len(made.left)):
    for j in range(len(made.right)):
        score_of(made.left, i, made.right, j, rules)
print(json.dumps((time.perf_counter() - started) / len(made.left) / len(made.right)))
"""

Json = dict[str, Any]


def measure(scale: float) -> Result:
    """Match made-up lists of known truth, usual and hard; beside two joins in DuckDB and scoring every pair."""
    size = max(1_000, int(_SIZE * scale))
    ours, hard = _run(_OURS, size, RATES, _RUNS), _run(_OURS, size, _HARD, 1)
    joins, hard_joins = _run(_JOINS, size, RATES), _run(_JOINS, size, _HARD)
    pair_s = float(json.loads(run([sys.executable, "-c", _REFERENCE, str(_PLAIN), str(_SEED)]).printed))
    found = (ours["certain_right"] + ours["check_right"]) / ours["true"]
    wrong = (ours["certain"] - ours["certain_right"]) + (hard["certain"] - hard["certain_right"])
    return Result(
        "enrolment",
        f"{size:,} household × {size:,} register children matched, truth known, seed {_SEED}",
        scale,
        [
            Check("CPU of one core, lists in memory to pairs", ours["cpu"], _CPU_S, "s"),
            Check("peak memory of the process, lists included", ours["peak_mb"], _PEAK_MB, "MB"),
            Check("recall: true pairs found, certain or to check", found, _FOUND, "", at_least=True),
            Check("recall: true pairs told as certain", ours["certain_right"] / ours["true"], _CERTAIN, "", at_least=True),
            Check("wrong pairs told as certain, usual and hard lists", wrong, 0, ""),
        ],
        [
            f"slips of the register, by child: {_rates(RATES)}; {TWINS:.0%} are twins, some of them alike in sound; "
            f"{ABSENT:.0%} of either list is not on the other",
            _told("usual", ours, joins),
            f"hard ({_rates(_HARD)})",
            _told("hard", hard, hard_joins),
            f"plain reference, every pair in Python: {pair_s * 1e6:.0f} µs a pair, so {pair_s * size**2 / 3600:,.0f} h for these "
            f"lists; on small lists it gives the very same pairs (tests/enrolment/test_match.py)",
        ],
    )  # fmt: skip


def _run(code: str, size: int, rates: Any, *more: int) -> Json:
    words = [str(size), str(_SEED), json.dumps(dict(rates)), *map(str, more)]
    return dict(json.loads(run([sys.executable, "-c", code, *words]).printed))


def _rates(rates: Any) -> str:
    return ", ".join(f"{kind} {rate:.1%}" for kind, rate in rates.items())


def _told(name: str, ours: Json, joins: Json) -> str:
    """One line: ours by class, and the two joins."""
    parts = [
        f"{kind} {ours[kind]:,} of which right {ours[f'{kind}_right']:,} (precision {_share(ours[f'{kind}_right'], ours[kind])})"
        for kind in ("certain", "check")
    ]
    found = _share(ours["certain_right"] + ours["check_right"], ours["true"])
    return (
        f"{name}: {ours['wall']:.2f} s wall, {ours['cpu']:.2f} CPU-s, {ours['peak_mb']:.0f} MB, {ours['scored']:,} pairs scored; "
        f"{'; '.join(parts)}; recall {found}. DuckDB, number then name and birth: {joins['wall']:.2f} s, "
        f"precision {_share(joins['right'], joins['pairs'])}, recall {_share(joins['right'], ours['true'])}, nothing told apart"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3%}" if whole else "–"
