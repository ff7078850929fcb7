"""Building a model: CPU seconds to hand the same rows to HiGHS, by our blocks and by linopy.

``python -m benchmarks.plan_building STAGES`` prints both.

linopy gets its rows as whole arrays of labels and coefficients, grouped by length: the quickest way it offers.
"""

import sys
import time
from typing import Any

import highspy
import linopy
import numpy as np
import xarray as xr

from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.model import build
from junheng.planning.invest.screen import screen
from junheng.planning.invest.synthetic import synthetic_problem


def main() -> None:
    """Print both, seconds of the best of five."""
    county = read_county(synthetic_problem(1, int(sys.argv[1]), with_cv=False))
    screened = screen(county)
    build(county, screened)  # the arrays of the problem are made here, once
    own, lp = _best(lambda: _own(county, screened))
    peer, again = _best(lambda: _linopy(lp))
    if (again.num_row_, again.num_col_) != (lp.num_row_, lp.num_col_):
        raise RuntimeError("linopy built another model")
    print(own, peer)


def _best(work: Any) -> tuple[float, Any]:
    work()
    least, found = float("inf"), None
    for _ in range(5):
        started = time.process_time()
        found = work()
        least = min(least, time.process_time() - started)
    return least, found


def _own(county: Any, screened: Any) -> Any:
    lp = build(county, screened).block._lp(False)
    highspy.Highs().passModel(lp)
    return lp


def _linopy(lp: Any) -> Any:
    model = linopy.Model()
    lower, upper, cost = (np.array(part) for part in (lp.col_lower_, lp.col_upper_, lp.col_cost_))
    whole = np.array([kind == highspy.HighsVarType.kInteger for kind in lp.integrality_])
    label = np.empty(lp.num_col_, np.int64)
    for kind, places in (("whole", np.flatnonzero(whole)), ("divisible", np.flatnonzero(~whole))):
        axis = {"at": np.arange(len(places))}
        made = model.add_variables(
            xr.DataArray(lower[places], axis),
            xr.DataArray(upper[places], axis),
            name=kind,
            integer=kind == "whole",
        )
        label[places] = made.labels.values
    starts, index, value = (
        np.array(part) for part in (lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_)
    )
    low, high, length = np.array(lp.row_lower_), np.array(lp.row_upper_), np.diff(starts)
    signs = np.where(low == high, "=", np.where(np.isinf(high), ">=", "<="))
    for terms in np.unique(length[length > 0]):
        for sign in ("=", ">=", "<="):
            rows = np.flatnonzero((length == terms) & (signs == sign))
            if rows.size:
                at = starts[rows][:, None] + np.arange(terms)
                side = high if sign == "<=" else low
                _add(model, f"{terms}{sign}", (label[index[at]], value[at]), sign, side[rows])
    model.add_objective(_expression(model, label[None], cost[None]).sum())
    return model.to_highspy().getLp()


def _expression(model: Any, labels: Any, values: Any) -> Any:
    axes = ["row", "_term"]
    data = xr.Dataset(
        {"vars": (axes, labels), "coeffs": (axes, values), "const": ("row", np.zeros(len(labels)))},
        {"row": np.arange(len(labels))},
    )
    return linopy.LinearExpression(data, model)


def _add(model: Any, name: str, terms: tuple[Any, Any], sign: str, side: Any) -> None:
    model.add_constraints(
        _expression(model, *terms), sign, xr.DataArray(side, {"row": np.arange(len(side))}), name=name
    )


if __name__ == "__main__":
    main()
