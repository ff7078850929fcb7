"""Scoring governments and schools by index systems: raters, rounds, appeals, sign-off, grades."""

from junheng.data.books import Form, Heading
from junheng.judgement.scoring.agreement import intraclass, weighted_kappa
from junheng.judgement.scoring.awards import target_state
from junheng.judgement.scoring.beside import Beside, Compared, beside_finding
from junheng.judgement.scoring.outcome import outcome_json
from junheng.judgement.scoring.problem import Problem, Row
from junheng.judgement.scoring.ranking import rank_ranges
from junheng.judgement.scoring.reading import ITEMS_SHEET, ReadBook, given_scores, read_scores, score_forms
from junheng.judgement.scoring.score import Scored, SubjectScore, score
from junheng.judgement.scoring.signing import SignedRound
from junheng.judgement.scoring.totals import SubjectTotal, total

__all__ = [
    "ITEMS_SHEET",
    "Beside",
    "Compared",
    "Form",
    "Heading",
    "Problem",
    "ReadBook",
    "Row",
    "Scored",
    "SignedRound",
    "SubjectScore",
    "SubjectTotal",
    "beside_finding",
    "given_scores",
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
