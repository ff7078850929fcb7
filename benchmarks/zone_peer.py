"""The natural model of zoning on HiGHS, in a process of its own: every pair and row written out.

``python -m benchmarks.zone_peer PROBLEM.json SECONDS GAP`` prints JSON: CPU seconds, objective (null: no plan), bound, columns, rows.
Only the frozen problem is shared with the project; contiguity is the rule "closer" (Gillani et al. 2023).
"""

import json
import os
import resource
import sys
import threading
from typing import Any

import highspy
import numpy as np
import scipy.sparse

Json = dict[str, Any]
_OVERRUN = 1.5  # HiGHS looks at its clock between steps only: so many times the limit, then the process ends


class Natural:
    """Columns and rows as lists."""

    def __init__(self, problem: Json) -> None:
        only = {zone["seed"]: zone["id"] for zone in problem["zones"]}
        self.pairs = [
            (block["id"], zone)
            for block in problem["blocks"]
            for zone in problem["metres"][block["id"]]
            if only.get(block["id"], zone) == zone
        ]
        self.at = {pair: place for place, pair in enumerate(self.pairs)}
        self.rows: list[tuple[float, float, list[tuple[int, float]]]] = []
        pupils = {block["id"]: block["pupils"] for block in problem["blocks"]}
        now = {block["id"]: block.get("now") for block in problem["blocks"]}
        moved = float(problem["weights"].get("moved", 0))
        self.cost = []
        for block, zone in self.pairs:
            known = now[block]
            away = moved if known is not None and zone not in known else 0.0
            self.cost.append(pupils[block] * (problem["metres"][block][zone] + away))
        by_block: dict[str, list[int]] = {}
        by_zone: dict[str, list[tuple[int, float]]] = {}
        for (block, zone), place in self.at.items():
            by_block.setdefault(block, []).append(place)
            by_zone.setdefault(zone, []).append((place, float(pupils[block])))
        self.rows += [(1.0, 1.0, [(place, 1.0) for place in places]) for places in by_block.values()]
        seats = {zone["id"]: float(zone["capacity"]) for zone in problem["zones"]}
        self.rows += [(-highspy.kHighsInf, seats[zone], terms) for zone, terms in by_zone.items()]
        self._contiguity(problem)

    def _contiguity(self, problem: Json) -> None:
        seeds = {zone["id"]: zone["seed"] for zone in problem["zones"]}
        beside: dict[str, list[str]] = {block["id"]: [] for block in problem["blocks"]}
        for one, other in problem["neighbours"]:
            beside[one].append(other)
            beside[other].append(one)
        metres = problem["metres"]
        for (block, zone), place in self.at.items():
            if block == seeds[zone] or not beside[block]:
                continue
            here = (1, metres[block][zone], block)
            near = [a for a in beside[block] if (a, zone) in self.at]
            nearer = [a for a in near if (int(a != seeds[zone]), metres[a][zone], a) < here]
            terms = [(place, 1.0), *((self.at[a, zone], -1.0) for a in nearer)]
            self.rows.append((-highspy.kHighsInf, 0.0, terms))


def solve(model: Natural, seconds: float, gap: float) -> Json:
    """HiGHS on one thread; the process ends by itself where HiGHS overruns its limit by half."""
    entries = [(row, at, by) for row, (_, _, terms) in enumerate(model.rows) for at, by in terms]
    rows, columns, values = (np.array(part) for part in zip(*entries, strict=True))
    matrix = scipy.sparse.coo_array((values, (rows, columns)), (len(model.rows), len(model.cost))).tocsr()
    unit = float(np.mean(model.cost))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), len(model.rows)
    lp.col_cost_ = np.array(model.cost) / unit
    lp.col_lower_, lp.col_upper_ = np.zeros(len(model.cost)), np.ones(len(model.cost))
    lp.row_lower_, lp.row_upper_ = (np.array([row[k] for row in model.rows]) for k in (0, 1))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(model.cost)
    solver = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "mip_rel_gap": gap, "time_limit": seconds}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    watch = threading.Timer(_OVERRUN * seconds, _give_up, (model,))
    watch.daemon = True
    watch.start()
    solver.run()
    watch.cancel()
    info = solver.getInfo()
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = info.mip_dual_bound * unit
    return {
        "objective": info.objective_function_value * unit if is_found else None,
        "bound": bound if np.isfinite(bound) else None,
    }


def _told(model: Natural, found: Json) -> str:
    used = resource.getrusage(resource.RUSAGE_SELF)
    sizes = {"columns": len(model.cost), "rows": len(model.rows)}
    return json.dumps({"cpu": used.ru_utime + used.ru_stime, **sizes, **found})


def _give_up(model: Natural) -> None:
    print(_told(model, {"objective": None, "bound": None}), flush=True)
    os._exit(0)


def main() -> None:
    """Solve and print."""
    path, seconds, gap = sys.argv[1:4]
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123 # a path from the command line
        model = Natural(json.load(stream))
    print(_told(model, solve(model, float(seconds), float(gap))))


if __name__ == "__main__":
    main()
