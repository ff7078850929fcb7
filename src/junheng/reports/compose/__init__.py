"""Reports shaped like public documents: a sentence stands only where all its figures are known."""

from junheng.reports.compose.check import check_composed
from junheng.reports.compose.definition import load_library
from junheng.reports.compose.told import told_template
from junheng.reports.compose.write import Composed, compose

__all__ = ["Composed", "check_composed", "compose", "load_library", "told_template"]
