"""Which school-stages are rows of the evaluation, and why the others are not."""

from junheng.standards import CountingRule, Standard
from junheng.verification.cells import Cells, number


def not_counted(school: Cells, stage: Cells, standard: Standard) -> str | None:
    """The reason code why a school-stage is left out, or None when it is counted."""
    counting = standard.counting
    kind = school.get("kind")
    if stage.get("stage") not in standard.stages:
        return f"stage:{stage.get('stage')}"
    if kind in counting.exclude_kinds:
        return f"kind:{kind}"
    point = _teaching_point(stage, counting) if kind == "teaching_point" else None
    if point is not None:
        return point
    if school.get("ownership") == "private" and not counting.private_counted:
        return "private"
    if school.get("run_by") in counting.exclude_run_by:
        return f"run_by:{school.get('run_by')}"
    if school.get("is_counted") is False and not _own_row(kind, counting):
        return "not_counted_row"
    return None


def _own_row(kind: object, counting: CountingRule) -> bool:
    """Teaching points are 不计校数 in the statistics, and rows of their own where the standard says so."""
    return kind == "teaching_point" and counting.teaching_point_policy == "separate_if_ge_min"


def _teaching_point(stage: Cells, counting: CountingRule) -> str | None:
    if counting.teaching_point_policy == "exclude":
        return "teaching_point"
    pupils = number(stage, "pupils")
    fewest = counting.teaching_point_min_pupils
    if counting.teaching_point_policy == "separate_if_ge_min" and pupils is not None and pupils < fewest:
        return f"teaching_point:<{fewest}"
    return None
