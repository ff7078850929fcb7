"""Seconds and CPU of the phases of one way, printed as JSON for the program that started it."""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.nation.rules import Rules, load

Way = Callable[[Path, Rules], Any]


class Phases:
    """Costs by phase, in the order they ran."""

    def __init__(self) -> None:
        self.costs: dict[str, dict[str, float]] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Measure a block under ``name``."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.costs[name] = {
            "wall_s": time.perf_counter() - wall,
            "cpu_s": time.process_time() - cpu,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def main(facts: Way, verdicts: Callable[[Any, Rules], Any], write: Callable[[Any, Any, Path], None]) -> None:
    """The command line of a way: FOLDER RULES [OUT]. With OUT, verdicts are made and the answers written."""
    folder, rules = Path(sys.argv[1]), load(Path(sys.argv[2]))
    phases = Phases()
    with phases.phase("facts"):
        found = facts(folder, rules)
    if len(sys.argv) > 3:
        with phases.phase("verdicts"):
            judged = verdicts(found, rules)
        write(found, judged, Path(sys.argv[3]))
    print(json.dumps(phases.costs))
