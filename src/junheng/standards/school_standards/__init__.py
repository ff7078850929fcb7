"""Standards of schools as data (办学基本标准, building standards): rows, lines by number of classes, groups."""

from junheng.standards.school_standards.definition import Figure, Group, Line, LineTable, Row, SchoolHead
from junheng.standards.school_standards.load import (
    SchoolStandard,
    list_school_standards,
    school_standard,
)

__all__ = [
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
