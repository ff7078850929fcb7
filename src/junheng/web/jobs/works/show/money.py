"""Money as it is shown: exact to the fen, and what is not known said so."""

from junheng.funding import exact, shown
from junheng.web.jobs.works.blocks import UNKNOWN, Cell, Words


def yuan(value: str | None) -> Words:
    """Money to the fen; what is not known is said so."""
    return UNKNOWN if value is None else shown(exact(value))


def money(value: str | None, *opened: Words) -> Cell:
    """An amount as a cell, with the lines that open below it."""
    return Cell(yuan(value), is_number=value is not None, opened=opened)
