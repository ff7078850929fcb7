"""Reading an investment problem: its file, facts, unit costs, forecast, limits, budgets, lines."""

from junheng.planning.invest.reading.read import read_problem
from junheng.planning.invest.reading.templates import write_problem_templates

__all__ = ["read_problem", "write_problem_templates"]
