"""The standard as the frozen problem states it: lines, floors, CV limits, split weights, the rule.

Of the standard in force on 1 September of the target year, in the county's region, overlays applied: when the rules
change between the years, those of the day the county is judged count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from junheng.basics import STAGES, Stage, Text, UserError
from junheng.indicators import Indicator, Parameters, lineage_of, load_catalogue
from junheng.judgement import measures_of, parameters_of
from junheng.planning.frozen import number
from junheng.standards import IndicatorRule, Standard


@dataclass(frozen=True, slots=True)
class Lines:
    """What the plan must reach. ``indicators``, ``weights``, ``needed`` and ``cv`` are those of the frozen problem.

    ``catalogue``: indicator by rule id; ``above``: by stage, the columns of education that a rule on education counts.
    """

    standard: Standard
    parameters: Parameters
    catalogue: Mapping[str, Indicator]
    indicators: tuple[dict[str, Any], ...]
    weights: Mapping[str, int | str]
    needed: int
    cv: str

    def is_shared(self, rule_id: str) -> bool:
        """Whether the stages of a school have the resource in common."""
        return any(row["shared"] for row in self.indicators if row["id"] == rule_id)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that are judged."""
        return self.standard.stages


def lines_of(standard: Standard, *, has_cv: bool) -> Lines:
    """The lines of ``standard``. Raises UserError where it has no school rule, or one that no purchase can serve."""
    if standard.school_rule is None:
        raise _unfit(
            standard,
            Text("没有规定每所学校要达到什么", "has no rule that each school must meet"),
            Text("投入规划请用 quality-2017 或同类标准", "plan with quality-2017 or one like it"),
        )
    parameters = parameters_of(standard)
    catalogue = {measure.key: measure.indicator for measure in measures_of(standard, load_catalogue())}
    rules = [rule for rule in standard.indicators if rule.thresholds]
    return Lines(
        standard,
        parameters,
        catalogue,
        tuple(_indicator(rule, catalogue[rule.id], standard, parameters) for rule in rules),
        _weights(standard, parameters),
        standard.school_rule.min_met,
        _variation(standard) if has_cv else "off",
    )


def _indicator(
    rule: IndicatorRule, indicator: Indicator, standard: Standard, parameters: Parameters
) -> dict[str, Any]:
    _check_rule(rule, indicator, standard)
    shared = {_shared(indicator, stage, parameters, standard) for stage in rule.thresholds}
    if len(shared) > 1:
        raise _mixed(standard, rule.id)
    return {
        "id": rule.id,
        "zh": rule.name.zh,
        "en": rule.name.en,
        "scale": number(Fraction(indicator.scale)),
        "whole": int(indicator.whole),
        "unit": indicator.unit.zh,
        "unit_en": indicator.unit.en,
        "shared": int(shared.pop()),
        "lines": {stage: _line(rule, stage, standard) for stage in STAGES if stage in rule.thresholds},
    }


def _line(rule: IndicatorRule, stage: Stage, standard: Standard) -> dict[str, int | str]:
    """Line and floor (0 where the standard tolerates anything), and the CV limit where there is one."""
    limit = rule.cv_limits.get(stage) if standard.variation.per_indicator else None
    found = {"line": _number(rule.thresholds[stage]), "floor": _number(rule.floor(stage) or Decimal(0))}
    return found | ({"cv": _number(limit)} if limit is not None else {})


def _shared(indicator: Indicator, stage: Stage, parameters: Parameters, standard: Standard) -> bool:
    columns = {column for _, column in lineage_of(indicator, stage)} - {"pupils"}
    split = columns & parameters.split_columns
    if split and split != columns:
        raise _mixed(standard, indicator.id)
    return bool(split)


def _check_rule(rule: IndicatorRule, indicator: Indicator, standard: Standard) -> None:
    if rule.comparison != "不低于":
        raise _unfit(
            standard,
            Text(f"{rule.id} 的比较是“{rule.comparison}”", f"compares {rule.id} by {rule.comparison}"),
            Text(
                "只有“不低于”的指标能靠投入达到",
                "only an indicator that must be at least its line can be bought",
            ),
        )
    if any(indicator.denominator.get(stage) != "pupils" for stage in rule.thresholds):
        raise _unfit(
            standard,
            Text(f"{rule.id} 的分母不是在校生数", f"does not divide {rule.id} by pupils"),
            Text("规划只支持生均和每百名学生的指标", "a plan knows indicators per pupil only"),
        )


def _weights(standard: Standard, parameters: Parameters) -> dict[str, int | str]:
    """One weight per stage for all kinds of schools: shares are ratios, so each kind's may be scaled."""
    found: dict[Stage, Fraction] = {}
    for weights in sorted(parameters.split_weights.values(), key=len, reverse=True):
        exact = {stage: Fraction(weight) for stage, weight in weights.items()}
        known = next((stage for stage in STAGES if stage in exact and stage in found), None)
        factor = found[known] / exact[known] if known else Fraction(1)
        for stage, weight in exact.items():
            if found.setdefault(stage, weight * factor) != weight * factor:
                raise _unfit(
                    standard,
                    Text(
                        "不同类型学校的学段折算比例不一致",
                        "splits by other ratios for other kinds of schools",
                    ),
                    Text("请在叠加口径中统一比例", "use one ratio in the overlay"),
                )
    return {stage: number(found.get(stage, Fraction(1))) for stage in STAGES}


def _variation(standard: Standard) -> str:
    rule = standard.variation
    if not rule.per_indicator or not any(found.cv_limits for found in standard.indicators):
        return "off"
    if rule.comparison != "不超过" or rule.ddof:
        raise _unfit(
            standard,
            Text("差异系数的算法不受支持", "forms its coefficient of variation in an unknown way"),
            Text("可在规划中写 cv: off", "write cv: off in the problem"),
        )
    return "weighted" if rule.weights == "pupils" else "unweighted"


def _number(value: Decimal) -> int | str:
    return number(Fraction(value))


def _mixed(standard: Standard, indicator: str) -> UserError:
    return _unfit(
        standard,
        Text(f"{indicator} 只有部分数据要分摊", f"splits only some of the columns of {indicator}"),
        Text("请让它的各列都分摊或都不分摊", "split all of its columns, or none"),
    )


def _unfit(standard: Standard, what: Text, fix: Text) -> UserError:
    return UserError(
        Text(f"标准 {standard.id} {what.zh}", f"the standard {standard.id} {what.en}"),
        where="standard",
        why=Text("无法按它做达标投入规划", "no plan of investment can be made to it"),
        fix=fix,
    )
