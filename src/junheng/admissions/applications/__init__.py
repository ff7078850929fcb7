"""Application forms: read, checked, twins and duplicates found, turned into the entrants of a draw."""

from junheng.admissions.applications.entrants import entrants_of, make_entrants
from junheng.admissions.applications.faults import Fault, FaultGroup, group_faults
from junheng.admissions.applications.form import Child
from junheng.admissions.applications.read import Applications, read_applications
from junheng.admissions.applications.review import Review, check_applications
from junheng.admissions.applications.rule import (
    IntakeException,
    IntakeRule,
    read_exceptions,
    read_intake_rule,
)
from junheng.admissions.applications.schools import SchoolList, read_schools
from junheng.admissions.applications.template import write_application_form, write_school_list

__all__ = [
    "Applications",
    "Child",
    "Fault",
    "FaultGroup",
    "IntakeException",
    "IntakeRule",
    "Review",
    "SchoolList",
    "check_applications",
    "entrants_of",
    "group_faults",
    "make_entrants",
    "read_applications",
    "read_exceptions",
    "read_intake_rule",
    "read_schools",
    "write_application_form",
    "write_school_list",
]
