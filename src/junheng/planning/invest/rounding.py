"""A first plan for the counting modes, from the linear relaxation:
keep what it brings in for certain, then add.

Few rows tie the schools together, so few stages are left half-complying (Shapley-Folkman): rounding those down loses
little. With the number fixed the cheapest such plan is easy; what money it leaves is then offered to the stages left out.
"""

import numpy as np

from junheng.planning.invest.county import Flags
from junheng.planning.invest.search import Search
from junheng.planning.solver import Block, Doubles, Solved

_SURE = 1e-6
_GAP = 1e-3  # of the first plan: the whole tree comes after
_ENOUGH = 400  # rows: smaller counties are solved by the tree alone


def first_plan(search: Search, relaxed: Solved) -> Doubles | None:
    """Values of a plan to begin the tree from; None where none is found or needed."""
    model = search.model
    if len(model.comply) < _ENOUGH:
        return None
    certain = relaxed.values[model.comply] > 1 - _SURE
    small = _copy(model.block)
    small.bound(model.comply, lower=certain.astype(float), upper=certain.astype(float))
    settled = _settled(relaxed.values[model.exempt]) & certain
    _fix(small, model.exempt[settled], relaxed.values[model.exempt[settled]])
    small.aim(model.cost_terms)
    cheap = small.solve(gap=_GAP, seconds=search.clock.left / 4, stop=search.clock.stop)
    if not cheap.is_found:
        return None
    return _added(search, certain, cheap.values)


def _added(search: Search, certain: Flags, values: Doubles) -> Doubles:
    """More stages with what is left: those already in stay in, as they are exempt; all others are free."""
    model, more = search.model, _copy(search.model.block)
    more.bound(model.comply[certain], lower=1)
    _fix(more, model.exempt[certain], values[model.exempt[certain]])
    found = more.solve(gap=_GAP, seconds=search.clock.left / 4, start=values, stop=search.clock.stop)
    return found.values if found.is_found else values


def _settled(exempt: Doubles) -> Flags:
    """Rows whose switches are whole."""
    return np.asarray((np.abs(exempt - np.round(exempt)) <= _SURE).all(1))


def _fix(block: Block, places: object, values: Doubles) -> None:
    flat = np.asarray(places).reshape(-1)
    whole = np.round(values).reshape(-1)
    block.bound(flat, lower=whole, upper=whole)


def _copy(block: Block) -> Block:
    found = Block(block.is_maximised)
    found.__dict__.update(
        {name: list(value) if isinstance(value, list) else value for name, value in vars(block).items()}
    )
    return found
