"""What is: indicators as data, their values per school-stage, and how unequal the schools are."""

from junheng.indicators.again import evaluate_again
from junheng.indicators.catalogue import load_catalogue
from junheng.indicators.evaluate import evaluate
from junheng.indicators.evaluation import Evaluation
from junheng.indicators.exact import exact_value, exact_variation, exact_variation_holds, prepare_exact
from junheng.indicators.expression import Expression, parse_expression
from junheng.indicators.indicator import Indicator, State
from junheng.indicators.lineage import lineage_of
from junheng.indicators.parameters import Addition, Measure, Parameters
from junheng.indicators.split import EXPECTED_STAGES

__all__ = [
    "EXPECTED_STAGES",
    "Addition",
    "Evaluation",
    "Expression",
    "Indicator",
    "Measure",
    "Parameters",
    "State",
    "evaluate",
    "evaluate_again",
    "exact_value",
    "exact_variation",
    "exact_variation_holds",
    "lineage_of",
    "load_catalogue",
    "parse_expression",
    "prepare_exact",
]
