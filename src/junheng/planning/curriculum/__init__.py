"""开齐开足: prescribed hours by subject and grade against the timetable, and the teachers that are short."""

from collections.abc import Mapping
from pathlib import Path

from junheng.data.books import Form, load_forms
from junheng.planning.curriculum.coverage import Coverage, Grade, Lack, Untold, check_timetable, grades_of
from junheng.planning.curriculum.outcome import timetable_json
from junheng.planning.curriculum.prescribed import Prescribed, Subject, prescribed, stage_of


def timetable_forms() -> Mapping[str, Form]:
    """The sheet of a timetable's book."""
    return load_forms(Path(__file__).parent / "forms.csv")


__all__ = [
    "Coverage",
    "Grade",
    "Lack",
    "Prescribed",
    "Subject",
    "Untold",
    "check_timetable",
    "grades_of",
    "prescribed",
    "stage_of",
    "timetable_forms",
    "timetable_json",
]
