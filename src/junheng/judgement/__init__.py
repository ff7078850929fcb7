"""Facts against norms: verdicts of schools and counties, what they hang on, and their findings.

The only room that sees both what is (indicators) and what should be (standards).
"""

from junheng.judgement.assess import Assessment, assess, county_facts
from junheng.judgement.breakdown import Group, GroupFigure, breakdown
from junheng.judgement.explain_county import explain_county
from junheng.judgement.explain_figure import explain_figure
from junheng.judgement.explain_indicator import explain_indicator
from junheng.judgement.explain_school import explain_school
from junheng.judgement.explanation import CellReference, Explanation
from junheng.judgement.facts import Facts
from junheng.judgement.finding import Finding, findings_in, read_finding
from junheng.judgement.finding_lock import hold_output
from junheng.judgement.finding_manifest import fingerprint
from junheng.judgement.finding_write import write_finding, write_findings
from junheng.judgement.headline import Headline, headline
from junheng.judgement.items.attested import attestation_state, scale_of
from junheng.judgement.judge import CountyFacts, judge
from junheng.judgement.parameters import measures_of, parameters_of
from junheng.judgement.peers import PeerFigure, Peers, peers
from junheng.judgement.regions import Question, assess_regions
from junheng.judgement.results import (
    CountyResult,
    EntryResult,
    IndicatorResult,
    ItemResult,
    PartResult,
    Reason,
    SchoolResult,
    Skipped,
    StageIndicator,
    StageResult,
)
from junheng.judgement.rounding import RoundingFlag
from junheng.judgement.sensitivity import fewest_raised, sensitivity
from junheng.judgement.variation import judge_variation
from junheng.judgement.vector import judge_rows
from junheng.judgement.verdict import VERDICT_NAMES, Verdict, all_of
from junheng.judgement.what_if import Ground, WhatIf, prepare_ground, what_if
from junheng.judgement.what_would import closing_changes

__all__ = [
    "VERDICT_NAMES",
    "Assessment",
    "CellReference",
    "CountyFacts",
    "CountyResult",
    "EntryResult",
    "Explanation",
    "Facts",
    "Finding",
    "Ground",
    "Group",
    "GroupFigure",
    "Headline",
    "IndicatorResult",
    "ItemResult",
    "PartResult",
    "PeerFigure",
    "Peers",
    "Question",
    "Reason",
    "RoundingFlag",
    "SchoolResult",
    "Skipped",
    "StageIndicator",
    "StageResult",
    "Verdict",
    "WhatIf",
    "all_of",
    "assess",
    "assess_regions",
    "attestation_state",
    "closing_changes",
    "breakdown",
    "county_facts",
    "explain_county",
    "explain_figure",
    "explain_indicator",
    "explain_school",
    "fewest_raised",
    "findings_in",
    "fingerprint",
    "headline",
    "hold_output",
    "judge",
    "judge_rows",
    "judge_variation",
    "measures_of",
    "parameters_of",
    "prepare_ground",
    "peers",
    "read_finding",
    "scale_of",
    "sensitivity",
    "what_if",
    "write_finding",
    "write_findings",
]
