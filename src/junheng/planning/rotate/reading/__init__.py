"""Reading a rotation: the YAML, its tables, the county's input; faults are told at once."""

from junheng.planning.rotate.reading.problem import read_problem

__all__ = ["read_problem"]
