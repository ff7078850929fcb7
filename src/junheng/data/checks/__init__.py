"""Data checks: rules as data, the rows that break them, grouped by the cause they share."""

from junheng.data.checks.check import Checked, check_snapshot
from junheng.data.checks.groups import ProblemGroup, group_problems, problem_json
from junheng.data.checks.load import load_checks

__all__ = ["Checked", "ProblemGroup", "check_snapshot", "group_problems", "load_checks", "problem_json"]
