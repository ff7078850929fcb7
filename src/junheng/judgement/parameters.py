"""From norms to plain values: what a standard decides about the facts, before the facts are computed."""

from collections.abc import Mapping

from junheng.basics import Text, UserError, nearest
from junheng.indicators import Addition, Indicator, Measure, Parameters
from junheng.standards import Standard


def parameters_of(standard: Standard) -> Parameters:
    """Counting, split and relaxations of ``standard`` as values that know no standard."""
    counting = standard.counting
    return Parameters(
        stages=standard.stages,
        split_weights=dict(standard.split.weights),
        split_columns=frozenset(standard.split.columns),
        exclude_kinds=frozenset(counting.exclude_kinds),
        exclude_run_by=frozenset(counting.exclude_run_by),
        count_private=counting.private_counted,
        teaching_point_policy=counting.teaching_point_policy,
        teaching_point_min_pupils=counting.teaching_point_min_pupils,
        additions=tuple(
            Addition(relaxation.id, relaxation.indicator, relaxation.when, relaxation.add)
            for relaxation in standard.relaxations
        ),
    )


def measures_of(standard: Standard, catalogue: Mapping[str, Indicator]) -> tuple[Measure, ...]:
    """The indicators of ``standard`` under its own keys, in its order.

    Raises UserError when the catalogue lacks an indicator that the standard names.
    """
    return tuple(Measure(rule.id, _indicator(rule.indicator, catalogue)) for rule in standard.indicators)


def _indicator(name: str, catalogue: Mapping[str, Indicator]) -> Indicator:
    if name in catalogue:
        return catalogue[name]
    guess = nearest(name, catalogue)
    raise UserError(
        Text(f"指标库中没有标准引用的指标：{name}", f"The standard names an unknown indicator: {name}"),
        why=Text("该指标无法计算", "the indicator cannot be computed"),
        fix=Text(f"最接近的是 {guess}", f"the nearest known one is {guess}")
        if guess
        else Text("请先在指标库中定义它", "define it in the indicator library first"),
    )
