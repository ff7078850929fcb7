"""Monitoring: dated, cited rules over findings of several years; alerts with lasting keys; rechecks.

``load_rules`` → ``read_states`` → ``watch`` gives alerts; ``recheck`` says whether new data closes a gap. Everything is
pure but reading. ``beside`` takes what no finding holds: {"future": forecast_subjects(…), "seats":
admission_subjects(…)}.
"""

from junheng.judgement.monitoring.admission import admission_subjects, seats_subject
from junheng.judgement.monitoring.alert import (
    KIND_NAMES,
    LEVEL_NAMES,
    LEVELS,
    Alert,
    Kind,
    Level,
    Scope,
    Unwatched,
    Watch,
    alert_from_json,
)
from junheng.judgement.monitoring.fact_names import FACTS, fact_name
from junheng.judgement.monitoring.followed import COURSE_NAMES, Course, Followed, followed
from junheng.judgement.monitoring.forecast import forecast_subjects
from junheng.judgement.monitoring.gap import (
    STATUS_NAMES,
    Gap,
    Recheck,
    Status,
    alert_key,
    gap_from_key,
    gap_of,
)
from junheng.judgement.monitoring.in_words import closing_words, condition_words, line_words
from junheng.judgement.monitoring.load import load_rules
from junheng.judgement.monitoring.rechecking import recheck
from junheng.judgement.monitoring.rule import Rule
from junheng.judgement.monitoring.state import State, Subject
from junheng.judgement.monitoring.states import read_states, state_of, tables_of
from junheng.judgement.monitoring.watching import watch

__all__ = [
    "COURSE_NAMES",
    "FACTS",
    "KIND_NAMES",
    "LEVELS",
    "LEVEL_NAMES",
    "STATUS_NAMES",
    "Alert",
    "Course",
    "Followed",
    "Gap",
    "Kind",
    "Level",
    "Recheck",
    "Rule",
    "Scope",
    "State",
    "Status",
    "Subject",
    "Unwatched",
    "Watch",
    "admission_subjects",
    "alert_from_json",
    "alert_key",
    "closing_words",
    "condition_words",
    "fact_name",
    "followed",
    "forecast_subjects",
    "gap_from_key",
    "gap_of",
    "line_words",
    "load_rules",
    "read_states",
    "recheck",
    "seats_subject",
    "state_of",
    "tables_of",
    "watch",
]
