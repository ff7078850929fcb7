"""Whether the pieces in force on one day, overlays applied, fit together."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.basics import STAGE_NAMES, Stage, Text, UserError
from junheng.standards.standard import Standard


def check_resolved(standard: Standard, where: str) -> None:
    """Raise UserError when the pieces in force do not fit together on that day."""
    known = [rule.id for rule in standard.indicators]
    for relaxation in standard.relaxations:
        if relaxation.indicator not in known:
            raise _unfit(
                f"{relaxation.id} 所指的指标 {relaxation.indicator} 不存在",
                where,
                f"{relaxation.id} widens {relaxation.indicator}, which is not an indicator here",
            )
    levels = sum(bool(rule.thresholds) for rule in standard.indicators)
    rule = standard.school_rule
    if rule is not None and (rule.of != levels or rule.min_met > rule.of):
        raise _unfit(
            f"学校规则为 {rule.of} 项中 {rule.min_met} 项，而有标准值的指标为 {levels} 项",
            where,
            f"the school rule asks {rule.min_met} of {rule.of}, but {levels} indicators have thresholds",
        )
    for found in standard.indicators:
        _check_resolved_stages(found.thresholds, standard.stages, f"{found.id}.thresholds", where)
        _check_resolved_stages(found.cv_limits, standard.stages, f"{found.id}.cv_limits", where)
        if standard.variation.per_indicator and not found.cv_limits:
            raise _unfit(f"{found.id} 缺少差异系数限值", where, f"{found.id} has no CV limit")


def _check_resolved_stages(
    values: Mapping[Stage, Any], stages: Sequence[Stage], key: str, where: str
) -> None:
    missing = [stage for stage in stages if stage not in values]
    if values and missing:
        raise _unfit(f"{key} 缺少{STAGE_NAMES[missing[0]].zh}", where, f"{key} lacks {missing[0]}")


def _unfit(zh: str, where: str, en: str) -> UserError:
    return UserError(Text(zh, en), where=where)
