"""Standards of schools as data (办学基本标准, building standards): rows, lines by number of classes, groups."""

from junheng.standards.school_standards.definition import Figure, Group, Line, LineTable, Row, SchoolHead
from junheng.standards.school_standards.load import list_school_standards, school_standard
from junheng.standards.school_standards.overlaid import Change
from junheng.standards.school_standards.resolved import SchoolStandard

__all__ = [
    "Change",
    "Figure",
    "Group",
    "Line",
    "LineTable",
    "Row",
    "SchoolHead",
    "SchoolStandard",
    "list_school_standards",
    "school_standard",
]
