"""集团化办学、结对帮扶、托管: the register, pairs of strong and weak schools, coverage, changes."""

from junheng.planning.pair.check import check
from junheng.planning.pair.problem import read_problem
from junheng.planning.pair.solution import solve
from junheng.planning.pair.telling import summary, tables

__all__ = ["check", "read_problem", "solve", "summary", "tables"]
