"""A county of 300 school-stages, warm and in process: changing a number must feel instant."""

import time
from collections.abc import Callable
from datetime import date

from benchmarks.result import Check, Result
from junheng.data import Snapshot, check_snapshot
from junheng.data.synthetic import make_county
from junheng.judgement import assess
from junheng.standards import resolve

_STAGES, _RUNS, _LIMIT_MS = 300, 31, 50.0
_YEAR = 2024


def measure(scale: float) -> Result:
    """Middle and worst of 31 warm assessments; the target is for the middle one."""
    wanted = max(30, int(_STAGES * scale))
    tables = make_county(_schools(wanted), 1, year=_YEAR)
    checked = check_snapshot(Snapshot(tables=tables, sources=(), inputs=()))
    standard = resolve("quality-2017", on=date(_YEAR, 9, 1))
    times = _milliseconds(lambda: assess(checked, standard, year=_YEAR))
    counted = tables["stage"].num_rows
    return Result(
        "county",
        f"assess {counted} school-stages, warm, in process",
        scale,
        [Check("wall, middle of 31", times[_RUNS // 2], _LIMIT_MS, "ms")],
        [f"fastest {times[0]:.1f} ms, slowest {times[-1]:.1f} ms; values, verdicts and CVs, nothing written"],
    )


def _schools(stages: int) -> int:
    """The most schools whose stage rows are not more than ``stages``."""
    schools = stages
    while make_county(schools, 1, year=_YEAR)["stage"].num_rows > stages:
        schools -= 1
    return schools


def _milliseconds(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(_RUNS + 1):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return sorted(times[1:])  # the first run is the warm-up
