"""Index systems as data: what governments and schools are scored by, with points, rounds and vetoes."""

from junheng.standards.scoring.definition import SystemHead
from junheng.standards.scoring.index_system import Area, Grade, IndexSystem, Item, Rating, Round, Veto
from junheng.standards.scoring.load import index_system, list_systems

__all__ = [
    "Area",
    "Grade",
    "IndexSystem",
    "Item",
    "Rating",
    "Round",
    "SystemHead",
    "Veto",
    "index_system",
    "list_systems",
]
