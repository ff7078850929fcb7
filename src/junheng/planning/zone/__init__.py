"""School zones: blocks to schools – connected, within seats, near, stable – and audits of zones."""

from junheng.planning.zone.audit import audit, audit_plan, audit_today
from junheng.planning.zone.door import check, solve
from junheng.planning.zone.problem import read_problem
from junheng.planning.zone.telling import summary, tables
from junheng.planning.zone.telling_maps import maps
from junheng.planning.zone.walking import walking

__all__ = [
    "audit",
    "audit_plan",
    "audit_today",
    "check",
    "maps",
    "read_problem",
    "solve",
    "summary",
    "tables",
    "walking",
]
