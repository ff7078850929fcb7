"""The only place that knows the solver: blocks of variables and rows, handed to HiGHS as arrays.

Scale in the caller: coefficients between about 1e-3 and 1e4 (money in 10,000 yuan), or HiGHS returns "solve error" on
large models. Two runs give the same answer: one thread, a fixed seed, no time-dependent choice but the limit itself.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import highspy
import numpy as np
import numpy.typing as npt

from junheng.planning.step import Step

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Term = tuple[Any, Any]  # (places of variables, coefficients): broadcast against each other
Status = Literal["optimal", "infeasible", "unbounded", "limit", "interrupted", "failed"]
__all__ = ["INFINITY", "Block", "Doubles", "Places", "Solved", "Step"]
INFINITY = float("inf")
_SEED = 20170523


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver says. ``values`` are by variable and empty where nothing was found; ``prices`` by row and
    ``reduced`` costs by variable (LP only).

    ``bound`` is the solver's own; for an LP it is the objective.
    """

    status: Status
    objective: float
    bound: float
    values: Doubles
    prices: Doubles
    seconds: float
    reduced: Doubles = field(default_factory=lambda: np.empty(0))

    @property
    def is_found(self) -> bool:
        """Whether there is a solution, proven best or not."""
        return bool(self.values.size)

    @property
    def gap(self) -> float:
        """Relative distance of objective and bound; infinite where there is no solution."""
        if not self.is_found:
            return INFINITY
        return abs(self.objective - self.bound) / max(abs(self.objective), 1e-9)


@dataclass
class Block:
    """A model in the making. Variables and rows are arrays of places in the shape their axes have."""

    is_maximised: bool = False
    _lower: list[Doubles] = field(default_factory=list)
    _upper: list[Doubles] = field(default_factory=list)
    _cost: list[Doubles] = field(default_factory=list)
    _whole: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    _low: list[Doubles] = field(default_factory=list)
    _high: list[Doubles] = field(default_factory=list)
    _entries: list[tuple[Places, Places, Doubles]] = field(
        default_factory=list
    )  # rows, variables, coefficients
    columns: int = 0
    height: int = 0

    def var(
        self,
        shape: int | tuple[int, ...],
        *,
        lower: Any = 0.0,
        upper: Any = INFINITY,
        cost: Any = 0.0,
        whole: Any = False,
    ) -> Places:
        """New variables of ``shape``; bounds, cost and ``whole`` are broadcast. Returns their places."""
        size = int(np.prod(shape))
        for store, value in ((self._lower, lower), (self._upper, upper), (self._cost, cost)):
            store.append(_spread(value, np.float64, shape))
        self._whole.append(_spread(whole, np.bool_, shape))
        self.columns += size
        return np.arange(self.columns - size, self.columns).reshape(shape)

    def rows(self, shape: int | tuple[int, ...], low: Any, high: Any, *terms: Term) -> Places:
        """New rows of ``shape``: low ≤ Σ terms ≤ high. A term with more axes than ``shape`` is summed over the rest."""
        axes = (shape,) if isinstance(shape, int) else shape
        size = int(np.prod(axes))
        places = np.arange(self.height, self.height + size).reshape(axes)
        for variables, coefficients in terms:
            at, by = np.asarray(variables, np.int64), np.asarray(coefficients, np.float64)
            here = places.reshape(axes + (1,) * (max(at.ndim, by.ndim) - len(axes)))
            whole = np.broadcast(here, at, by).shape
            self._entries.append(
                (_spread(here, np.int64, whole), _spread(at, np.int64, whole), _spread(by, np.float64, whole))
            )
        for store, value in ((self._low, low), (self._high, high)):
            store.append(_spread(value, np.float64, axes))
        self.height += size
        return places

    def aim(self, costs: Iterable[Term]) -> None:
        """Replace the objective: Σ costs, every variable not named free of cost."""
        found = np.zeros(self.columns)
        for places, by in costs:
            at, value = np.broadcast_arrays(np.asarray(places, np.int64), np.asarray(by, np.float64))
            np.add.at(found, at.reshape(-1), value.reshape(-1))
        self._cost = [found]

    def bound(self, places: Any, *, lower: Any = None, upper: Any = None) -> None:
        """Replace bounds of variables; what is not given stays."""
        for name, value in (("_lower", lower), ("_upper", upper)):
            if value is not None:
                found = _joined(getattr(self, name)).copy()
                found[np.asarray(places, np.int64)] = value
                setattr(self, name, [found])

    def bounds(self, places: Any, side: Literal["lower", "upper"]) -> Doubles:
        """The bounds of variables, in the shape of their places."""
        found: Doubles = _joined(self._lower if side == "lower" else self._upper)[
            np.asarray(places, np.int64)
        ]
        return found

    def solve(
        self,
        *,
        gap: float = 1e-4,
        seconds: float = 60.0,
        relaxed: bool = False,
        start: Doubles | None = None,
        watch: Callable[[Step], None] | None = None,
        stop: threading.Event | None = None,
        restarts: bool = True,
    ) -> Solved:
        """Solve. ``relaxed``: the LP without whole numbers, with prices. ``start``: a known solution to begin from.

        ``watch`` hears of progress; ``stop`` ends the search with the best found ("interrupted"). HiGHS looks at the
        clock only between steps: the limit may be overrun. ``restarts``: whether the tree may be begun anew with what
        the root taught; better without where many rows are tangents.
        """
        model = _configured(gap, seconds)
        model.setOptionValue("mip_allow_restart", restarts)
        model.passModel(self._lp(relaxed))
        if start is not None and not relaxed:
            known = highspy.HighsSolution()
            known.col_value = start
            model.setSolution(known)
        _attend(model, watch, stop)
        model.run()
        return _read(model, relaxed or not any(part.any() for part in self._whole), self.columns, stop)

    def activity(self, values: Doubles) -> Doubles:
        """Σ terms of every row at ``values``."""
        found = np.zeros(self.height)
        for rows, variables, coefficients in self._entries:
            np.add.at(found, rows, coefficients * values[variables])
        return found

    def _lp(self, relaxed: bool) -> Any:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, self.height
        lp.sense_ = highspy.ObjSense.kMaximize if self.is_maximised else highspy.ObjSense.kMinimize
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = map(_joined, (self._cost, self._lower, self._upper))
        lp.row_lower_, lp.row_upper_ = _joined(self._low), _joined(self._high)
        starts, index, value = self._matrix()
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, index, value
        if not relaxed:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = list(map(kinds.__getitem__, np.concatenate(self._whole).tolist()))
        return lp

    def _matrix(self) -> tuple[Places, Places, Doubles]:
        """Rows one after another (CSR); entries of one variable in one row are added up."""
        import scipy.sparse

        rows, variables, coefficients = (
            np.concatenate(parts) if parts else np.empty(0, kind)
            for parts, kind in zip(
                zip(*self._entries, strict=True) if self._entries else ((), (), ()),
                (np.int64, np.int64, np.float64),
                strict=True,
            )
        )
        matrix = scipy.sparse.coo_array(
            (coefficients, (rows, variables)), (self.height, self.columns)
        ).tocsr()
        return matrix.indptr, matrix.indices, matrix.data


def _spread(value: Any, kind: Any, shape: int | tuple[int, ...]) -> Any:
    """``value`` broadcast to ``shape``, as one row; models are made of hundreds of small blocks, so without detours."""
    found = np.asarray(value, kind)
    if found.ndim == 0:
        return np.full(shape, found, kind).reshape(-1)
    return (found if found.shape == shape else np.broadcast_to(found, shape)).reshape(-1)


def _joined(parts: list[Doubles]) -> Doubles:
    return np.concatenate(parts) if parts else np.empty(0)


def _configured(gap: float, seconds: float) -> Any:
    model = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", _SEED),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", 0.0),
        ("time_limit", seconds),
    ):
        model.setOptionValue(option, value)
    return model


def _attend(model: Any, watch: Callable[[Step], None] | None, stop: threading.Event | None) -> None:
    """Hear of every step and end when asked."""

    def hear(event: Any) -> None:
        if watch is not None:
            seen = event.data_out
            best = seen.mip_primal_bound
            watch(
                Step(
                    seen.running_time,
                    best if abs(best) < INFINITY else None,
                    seen.mip_dual_bound,
                    seen.mip_gap,
                )
            )

    def ask(event: Any) -> None:
        if stop is not None and stop.is_set():
            event.interrupt()

    if watch is not None:
        model.cbMipLogging += hear
        model.cbMipImprovingSolution += hear
    if stop is not None:
        model.cbMipInterrupt += ask
        model.cbSimplexInterrupt += ask


def _read(model: Any, is_lp: bool, columns: int, stop: threading.Event | None) -> Solved:
    """What HiGHS found; read before any row is added, which would clear it."""
    state, info = model.getModelStatus(), model.getInfo()
    words: dict[Any, Status] = {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kModelEmpty: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kUnbounded: "unbounded",
        highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
        highspy.HighsModelStatus.kTimeLimit: "limit",
        highspy.HighsModelStatus.kSolutionLimit: "limit",
        highspy.HighsModelStatus.kInterrupt: "interrupted",
    }
    status = words.get(state, "failed")
    if status == "limit" and stop is not None and stop.is_set():
        status = "interrupted"
    is_found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    solution = model.getSolution()
    values = np.array(solution.col_value) if is_found and columns else np.empty(0)
    bound = info.objective_function_value if is_lp else info.mip_dual_bound
    prices = np.array(solution.row_dual) if is_lp and is_found else np.empty(0)
    reduced = np.array(solution.col_dual) if is_lp and is_found else np.empty(0)
    return Solved(status, info.objective_function_value, bound, values, prices, model.getRunTime(), reduced)
