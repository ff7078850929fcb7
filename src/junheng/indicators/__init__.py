"""What is: indicators as data, their values per school-stage, and how unequal the schools are."""

from junheng.indicators.again import evaluate_again
from junheng.indicators.catalogue import load_catalogue
from junheng.indicators.evaluate import evaluate
from junheng.indicators.evaluation import Evaluation
from junheng.indicators.exact import exact_value, exact_variation, exact_variation_holds, prepare_exact
from junheng.indicators.expression import Expression, parse_expression
from junheng.indicators.indicator import Indicator, State
from junheng.indicators.items import (
    BY_SCHOOL,
    UNITS,
    Absent,
    ChangedScene,
    CountyTables,
    Figure,
    ItemFact,
    Number,
    Room,
    Scene,
    SchoolUnit,
    Total,
    Unit,
    changed_scene,
    condition_on,
    expressions_of,
    item_entries,
    item_facts,
    measure_each,
    measure_rooms,
    measure_total,
    place_of,
    scope_of,
)
from junheng.indicators.lineage import lineage_of
from junheng.indicators.parameters import Addition, Measure, Parameters
from junheng.indicators.split import EXPECTED_STAGES

__all__ = [
    "BY_SCHOOL",
    "EXPECTED_STAGES",
    "UNITS",
    "Absent",
    "Addition",
    "ChangedScene",
    "CountyTables",
    "Evaluation",
    "Expression",
    "Figure",
    "Indicator",
    "ItemFact",
    "Measure",
    "Number",
    "Parameters",
    "Room",
    "Scene",
    "SchoolUnit",
    "State",
    "Total",
    "Unit",
    "changed_scene",
    "condition_on",
    "evaluate",
    "evaluate_again",
    "exact_value",
    "exact_variation",
    "exact_variation_holds",
    "expressions_of",
    "item_entries",
    "item_facts",
    "lineage_of",
    "load_catalogue",
    "measure_each",
    "measure_rooms",
    "measure_total",
    "place_of",
    "parse_expression",
    "prepare_exact",
    "scope_of",
]
