"""编制核定与县管校聘: posts, subjects, placement in three rounds, recruitment."""

from junheng.planning.staff.check import check
from junheng.planning.staff.problem import read_problem
from junheng.planning.staff.solution import solve
from junheng.planning.staff.telling import summary, tables

__all__ = ["check", "read_problem", "solve", "summary", "tables"]
