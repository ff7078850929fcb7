"""The intake roll: read with every fault in its place, and turned into the entrants of a draw."""

from junheng.class_formation.intake.child import Child
from junheng.class_formation.intake.entrants import entrants, propose_problem
from junheng.class_formation.intake.faults import Fault, FaultGroup
from junheng.class_formation.intake.read import Intake, read_intake
from junheng.class_formation.intake.template import write_intake_template

__all__ = [
    "Child",
    "Fault",
    "FaultGroup",
    "Intake",
    "entrants",
    "propose_problem",
    "read_intake",
    "write_intake_template",
]
