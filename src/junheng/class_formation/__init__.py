"""Classes formed by lot and balanced by whole numbers: everyone can repeat it, nobody can steer it.

Method: docs/method/class_formation.md. ``run_draw`` is what a ceremony decides with; ``form`` works on rows directly.
"""

from junheng.class_formation.after import (
    Locked,
    Move,
    MoveRule,
    current_classes,
    load_move_rule,
    lock_layout,
    read_lock,
    read_moves,
    record_move,
)
from junheng.class_formation.audit import Randomness, audit_randomness
from junheng.class_formation.certificate import Anchor, Certificate, certificate, load_anchors
from junheng.class_formation.declared import declared_problem
from junheng.class_formation.form import Layout, classes_by_pid, form
from junheng.class_formation.group import Group, groups_from
from junheng.class_formation.intake import (
    Child,
    Fault,
    FaultGroup,
    Intake,
    entrants,
    propose_problem,
    read_intake,
    write_intake_template,
)
from junheng.class_formation.late import LateRule, place_late
from junheng.class_formation.metrics import GroupMetrics, MarkBalance, metrics
from junheng.class_formation.outcome import run_draw
from junheng.class_formation.plan import METHODS, PLAN_KEYS, Covariate, GroupPlan, Plan, plan_from
from junheng.class_formation.rows import check_rows
from junheng.class_formation.violations import Violation

__all__ = [
    "METHODS",
    "PLAN_KEYS",
    "Anchor",
    "Certificate",
    "Child",
    "Covariate",
    "Fault",
    "FaultGroup",
    "Group",
    "GroupMetrics",
    "GroupPlan",
    "Intake",
    "Layout",
    "LateRule",
    "Locked",
    "MarkBalance",
    "Move",
    "MoveRule",
    "Plan",
    "Randomness",
    "Violation",
    "audit_randomness",
    "certificate",
    "check_rows",
    "classes_by_pid",
    "current_classes",
    "declared_problem",
    "entrants",
    "form",
    "groups_from",
    "load_anchors",
    "load_move_rule",
    "lock_layout",
    "metrics",
    "place_late",
    "plan_from",
    "propose_problem",
    "read_intake",
    "read_lock",
    "read_moves",
    "record_move",
    "run_draw",
    "write_intake_template",
]
