"""The tables of appraisal: commitments with their story; appraisals, rounds, marks, appeals, signatures."""

from junheng.web.appraisal.models.commitments import Commitment, CommitmentStep
from junheng.web.appraisal.models.marks import Appeal, Mark, Signature, Veto
from junheng.web.appraisal.models.rounds import Appraisal, Round, Subject

__all__ = [
    "Appeal",
    "Appraisal",
    "Commitment",
    "CommitmentStep",
    "Mark",
    "Round",
    "Signature",
    "Subject",
    "Veto",
]
