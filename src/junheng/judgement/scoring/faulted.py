"""Faults of rows already frozen: the place is the row's own words for it."""

from junheng.basics import Text
from junheng.data.books import Fault, Place
from junheng.judgement.scoring.problem import Row


def row_fault(cause: str, row: Row, what: Text, fix: Text) -> Fault:
    """A fault of ``row``; its place reads as the row's ``where``."""
    return Fault(cause, Place(row.where), what, fix)
