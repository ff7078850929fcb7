"""Scoring governments and schools by index systems: raters, rounds, appeals, sign-off, grades."""

from junheng.judgement.books import Form, Heading
from junheng.judgement.scoring.agreement import intraclass, weighted_kappa
from junheng.judgement.scoring.awards import target_state
from junheng.judgement.scoring.outcome import outcome_json
from junheng.judgement.scoring.problem import Problem, Row
from junheng.judgement.scoring.ranking import rank_ranges
from junheng.judgement.scoring.reading import ITEMS_SHEET, ReadBook, read_scores, score_forms
from junheng.judgement.scoring.score import Scored, SubjectScore, score
from junheng.judgement.scoring.totals import SubjectTotal, total

__all__ = [
    "ITEMS_SHEET",
    "Form",
    "Heading",
    "Problem",
    "ReadBook",
    "Row",
    "Scored",
    "SubjectScore",
    "SubjectTotal",
    "intraclass",
    "outcome_json",
    "rank_ranges",
    "read_scores",
    "score",
    "score_forms",
    "target_state",
    "total",
    "weighted_kappa",
]
