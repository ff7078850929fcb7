"""One side of the p-median race: ``python -m benchmarks.location_child own|spopt PMED-FILE``.

Prints JSON: CPU seconds from the matrix in memory to the answer (imports and reading done before; our side with its hash
and its check), the objective, the status.
"""

import json
import sys
import time
from pathlib import Path

from junheng.planning.site.classical.reading.orlib import read_pmed


def own(path: Path) -> tuple[float, int, str]:
    from junheng.planning.site.classical.solution import solve

    problem = read_pmed(path)
    started = time.process_time()
    outcome = solve(problem, gap=0.0, seconds=120)
    return time.process_time() - started, int(outcome["objective"]["cost"]), outcome["status"]


def spopt(path: Path) -> tuple[float, int, str]:
    import numpy as np
    import pulp
    from spopt.locate import PMedian

    problem = read_pmed(path)
    ways, weights = np.array(problem["ways"]), np.ones(len(problem["demand"]))
    started = time.process_time()
    model = PMedian.from_cost_matrix(ways, weights, p_facilities=problem["count"])
    model.solve(pulp.HiGHS(msg=False, threads=1, gapRel=0.0), results=False)
    took = time.process_time() - started
    return took, round(pulp.value(model.problem.objective)), pulp.LpStatus[model.problem.status]


if __name__ == "__main__":
    cpu, objective, status = {"own": own, "spopt": spopt}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"cpu": cpu, "objective": objective, "status": status}))
