"""The numbers every way needs, taken from the standard once and handed over: no way knows a threshold."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

KEYS = ("R1", "R2", "R3", "R4", "R5", "R6", "R7")
PER_HUNDRED = ("R1", "R2", "R3", "R7")
STAGES = ("primary", "junior")
MET, NOT_MET, CANNOT_TELL = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds and floors by stage and indicator, split weights by kind and stage, who is counted."""

    thresholds: dict[str, dict[str, float]]
    floors: dict[str, dict[str, float]]
    cv_limits: dict[str, float]
    weights: dict[str, dict[str, float]]
    exclude_kinds: list[str]
    teaching_point_min_pupils: int
    min_met: int
    register_year: int


def rules_of(register_year: int) -> Rules:
    """The rules of quality-2017 as plain numbers."""
    from datetime import date

    from junheng.standards import resolve

    standard = resolve("quality-2017", on=date(register_year, 9, 1))
    lines = {
        stage: {rule.id: float(rule.thresholds[stage]) for rule in standard.indicators} for stage in STAGES
    }
    floors = {
        stage: {rule.id: float(rule.floor(stage) or 0) for rule in standard.indicators} for stage in STAGES
    }
    school_rule = standard.school_rule
    return Rules(
        thresholds=lines,
        floors=floors,
        cv_limits={stage: float(standard.indicators[0].cv_limits[stage]) for stage in STAGES},
        weights={
            kind: {stage: float(weight) for stage, weight in found.items()}
            for kind, found in standard.split.weights.items()
        },
        exclude_kinds=list(standard.counting.exclude_kinds),
        teaching_point_min_pupils=standard.counting.teaching_point_min_pupils,
        min_met=school_rule.min_met if school_rule else 0,
        register_year=register_year,
    )


def save(rules: Rules, path: Path) -> None:
    """Write ``rules`` as JSON."""
    path.write_text(json.dumps(asdict(rules)), encoding="utf-8")


def load(path: Path) -> Rules:
    """Read what ``save`` wrote."""
    return Rules(**json.loads(path.read_text(encoding="utf-8")))
