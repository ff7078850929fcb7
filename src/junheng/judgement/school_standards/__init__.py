"""Schools against a standard of schools: rows, groups, rates, what each lacks, and evidence for 基本均衡."""

from junheng.judgement.school_standards.attest import evidence_hash, school_attestations
from junheng.judgement.school_standards.compiled import read_rows
from junheng.judgement.school_standards.facts import County, Fact, KnownSchool
from junheng.judgement.school_standards.figures import NO_FIGURES, Figures, figure_forms, read_figures
from junheng.judgement.school_standards.judge import RowResult, SchoolVerdict
from junheng.judgement.school_standards.outcome import FORMAT, school_standard_json
from junheng.judgement.school_standards.report import (
    WHOLE,
    RowTotal,
    SchoolRate,
    SchoolStandardReport,
    school_standard_report,
)

__all__ = [
    "FORMAT",
    "NO_FIGURES",
    "WHOLE",
    "County",
    "Fact",
    "Figures",
    "KnownSchool",
    "RowResult",
    "RowTotal",
    "SchoolRate",
    "SchoolStandardReport",
    "SchoolVerdict",
    "evidence_hash",
    "figure_forms",
    "read_figures",
    "read_rows",
    "school_attestations",
    "school_standard_json",
    "school_standard_report",
]
