"""学位预测: pupils to come and seats lacking, by school, zone and year, with the back-test beside."""

from junheng.planning.forecast.check import check
from junheng.planning.forecast.fans import Fan, fans
from junheng.planning.forecast.problem import read_problem
from junheng.planning.forecast.solution import solve
from junheng.planning.forecast.telling import summary, tables

__all__ = ["Fan", "check", "fans", "read_problem", "solve", "summary", "tables"]
