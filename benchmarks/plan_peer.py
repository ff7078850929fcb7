"""The peers' side of the race, in a process of their own: solve a model and say what that cost.

``python -m benchmarks.plan_peer PEER PROBLEM.json SECONDS GAP`` prints JSON: build and solve in CPU seconds, the objective
(10,000 yuan, absent: no plan found), the bound. PEER: highs, scipy, cbc, scip, linopy (builds only).
"""

import json
import resource
import sys
from typing import Any

import numpy as np
import scipy.sparse

from benchmarks.plan_natural import INFINITY, Natural, natural

Json = dict[str, Any]


def _cpu() -> float:
    """CPU seconds of this process and of the children it waited for (CBC is one)."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def matrix(model: Natural) -> scipy.sparse.csr_array:
    """The rows as a sparse matrix."""
    at = [(place, column, by) for place, (_, _, terms) in enumerate(model.rows) for column, by in terms]
    rows, columns, values = (np.array(part) for part in zip(*at, strict=True))
    return scipy.sparse.coo_array((values, (rows, columns)), (len(model.rows), len(model.cost))).tocsr()


def by_highs(model: Natural, seconds: float, gap: float) -> Json:
    import highspy

    lp, rows = highspy.HighsLp(), matrix(model)
    lp.num_col_, lp.num_row_ = len(model.cost), len(model.rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = (
        np.array(model.cost),
        np.zeros(len(model.cost)),
        np.array(model.upper),
    )
    lp.row_lower_, lp.row_upper_ = (np.array([row[k] for row in model.rows]) for k in (0, 1))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[whole] for whole in model.whole]
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", gap),
        ("time_limit", seconds),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return {"objective": info.objective_function_value if found else None, "bound": info.mip_dual_bound}


def by_scipy(model: Natural, seconds: float, gap: float) -> Json:
    from scipy.optimize import Bounds, LinearConstraint, milp

    rows = LinearConstraint(matrix(model), [row[0] for row in model.rows], [row[1] for row in model.rows])
    options = {"time_limit": seconds, "mip_rel_gap": gap}
    found = milp(
        model.cost,
        integrality=np.array(model.whole, int),
        bounds=Bounds(0, model.upper),
        constraints=rows,
        options=options,
    )
    return {"objective": found.fun, "bound": found.mip_dual_bound}


def by_cbc(model: Natural, seconds: float, gap: float) -> Json:
    import pulp

    asked = pulp.LpProblem("natural", pulp.LpMinimize)
    columns = [
        pulp.LpVariable(f"x{place}", 0, upper, pulp.LpInteger if whole else pulp.LpContinuous)
        for place, (upper, whole) in enumerate(zip(model.upper, model.whole, strict=True))
    ]
    asked += pulp.LpAffineExpression(zip(columns, model.cost, strict=True))
    for low, high, terms in model.rows:
        line = pulp.LpAffineExpression([(columns[at], by) for at, by in terms])
        if low == high:
            asked += line == low
        elif high < INFINITY:
            asked += line <= high
        else:
            asked += line >= low
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, gapRel=gap, threads=1)
    asked.solve(solver)
    is_found = asked.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
    return {"objective": pulp.value(asked.objective) if is_found else None, "bound": None}


def by_scip(model: Natural, seconds: float, gap: float) -> Json:
    """With every CV limit as a second-order cone of SCIP's own."""
    from pyscipopt import Model, quicksum

    asked = Model()
    asked.hideOutput()
    for name, value in (("limits/time", seconds), ("limits/gap", gap)):
        asked.setParam(name, value)
    columns = [
        asked.addVar(vtype="I" if whole else "C", lb=0, ub=upper, obj=cost)
        for upper, whole, cost in zip(model.upper, model.whole, model.cost, strict=True)
    ]
    for low, high, terms in model.rows:
        line = quicksum(by * columns[at] for at, by in terms)
        if low == high:
            asked.addCons(line == low)
        elif high < INFINITY:
            asked.addCons(line <= high)
        else:
            asked.addCons(line >= low)
    for weights, values, constants, theta in model.cones:
        ratios = [asked.addVar(lb=0) for _ in weights]
        for ratio, terms, constant in zip(ratios, values, constants, strict=True):
            asked.addCons(ratio == quicksum(by * columns[at] for at, by in terms) + constant)
        mean = asked.addVar(lb=0)
        asked.addCons(mean == quicksum(weight * ratio for weight, ratio in zip(weights, ratios, strict=True)))
        squares = quicksum(weight * ratio * ratio for weight, ratio in zip(weights, ratios, strict=True))
        asked.addCons(squares <= (1 + theta**2) * mean * mean)
    asked.optimize()
    return {"objective": asked.getObjVal() if asked.getNSols() else None, "bound": asked.getDualbound()}


PEERS = {"highs": by_highs, "scipy": by_scipy, "cbc": by_cbc, "scip": by_scip}


def main() -> None:
    """Solve and print."""
    peer, path, seconds, gap = sys.argv[1:5]
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123 # a path from the command line
        given = json.load(stream)
    model = natural(given["problem"], {tuple(key) for key in given["barred"]})
    started = _cpu()
    found = PEERS[peer](model, float(seconds), float(gap))
    sizes = {"columns": len(model.cost), "rows": len(model.rows)}
    print(json.dumps({"cpu": _cpu() - started, **found, **sizes}))


if __name__ == "__main__":
    main()
