"""Facts behind declared items: counts and ratios of a county and of its schools, as data without limits."""

from junheng.indicators.items.catalogue import expressions_of, item_entries, item_facts, scope_of
from junheng.indicators.items.changed import BY_SCHOOL, ChangedScene, changed_scene
from junheng.indicators.items.county_tables import CountyTables
from junheng.indicators.items.fact import UNITS, ItemFact
from junheng.indicators.items.frame import Number, place_of
from junheng.indicators.items.measure import (
    Absent,
    Figure,
    Room,
    Total,
    Unit,
    condition_on,
    measure_each,
    measure_rooms,
    measure_total,
)
from junheng.indicators.items.scene import Scene, SchoolUnit

__all__ = [
    "BY_SCHOOL",
    "UNITS",
    "Absent",
    "ChangedScene",
    "CountyTables",
    "Figure",
    "ItemFact",
    "Number",
    "Room",
    "Scene",
    "SchoolUnit",
    "Total",
    "Unit",
    "changed_scene",
    "condition_on",
    "expressions_of",
    "item_entries",
    "item_facts",
    "measure_each",
    "measure_rooms",
    "measure_total",
    "place_of",
    "scope_of",
]
