"""Rows of a model that sum over the ways of each block or site: lists of unlike length,
padded with zeros."""

from typing import Any

import numpy as np

from junheng.planning.site.case import Whole
from junheng.planning.solver import Block, Term


def term(ends: Whole, variables: Whole, count: int) -> Term:
    """The sum of ``variables`` over those whose end is 0, 1 … ``count`` - 1, as a term of so many rows.

    ``variables`` is one-dimensional, ``ends`` of the same length. A row without any keeps zeros.
    """
    width = int(np.bincount(ends, minlength=max(1, count)).max(initial=0)) if len(ends) else 0
    if not len(variables):
        return np.zeros((count, 0), np.int64), np.zeros((count, 0))
    order = np.argsort(ends, kind="stable")
    sizes = np.bincount(ends, minlength=count)
    rank = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    places = np.full((count, width), variables[0])
    weights = np.zeros((count, width))
    places[ends[order], rank] = variables[order]
    weights[ends[order], rank] = 1.0
    return places, weights


def summed(block: Block, ends: Whole, variables: Whole, bounds: tuple[Any, Any], *more: Term) -> Whole:
    """Rows low ≤ Σ of ``variables`` by end (+ ``more``) ≤ high, one for each of the ``bounds``."""
    low, high = (np.asarray(bound, float) for bound in bounds)
    count = int(np.broadcast(low, high).shape[0])
    found: Whole = block.rows(
        count,
        low,
        high,
        term(ends, variables, count),
        *((at[:, None], np.broadcast_to(np.asarray(by, float), at.shape)[:, None]) for at, by in more),
    )
    return found
