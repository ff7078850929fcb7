"""The whole query: numerator, denominator and value of every measure, one wide row per school-stage."""

from collections.abc import Mapping, Sequence

from junheng.basics import STAGES
from junheng.indicators.compiled import ByStage, CompiledMeasure
from junheng.indicators.parameters import Parameters
from junheng.indicators.query.merging import merging
from junheng.indicators.query.scan import Reading, scan
from junheng.indicators.query.stage_view import Source, stage_view
from junheng.indicators.query.text import joined, lines, listed, number, quoted

IDENTITY = (
    "year",
    "county_code",
    "school_id",
    "name AS school_name",
    "stage",
    "kind",
    "ownership",
    "urban_rural_code",
    "group_id",
    "pupils",
)


def values_sql(
    measures: Sequence[CompiledMeasure],
    parameters: Parameters,
    readings: Mapping[str, Reading],
    *,
    years: Sequence[int] | None,
    merge: bool,
) -> str:
    """The wide query in DuckDB's dialect. ``merge``: the input has rows that
    join a parent school."""
    first = [
        reading for reading in readings.values() if not reading.is_absent and (merge or reading.register)
    ]
    steps = [scan(reading, years) for reading in first]
    if merge:
        steps += merging(readings, parameters)
    sources = {table: Source(reading, _relation(reading, merge)) for table, reading in readings.items()}
    steps += stage_view(sources, parameters, years)
    return joined(steps, _final(measures, parameters))


def _relation(reading: Reading, merge: bool) -> str:
    if merge:
        return f"merged_{reading.table}"
    return f"{reading.table}_rows" if reading.register else reading.table


def denominator_columns(measures: Sequence[CompiledMeasure]) -> dict[str, str]:
    """For each measure key the column of the result that is its denominator: ``pupils``, or that of the first
    measure with the same expression. Ten years of a nation need not hold the same numbers seven times."""
    found: dict[str, str] = {}
    columns = {"pupils": "pupils"}
    for measure in measures:
        found[measure.key] = columns.setdefault(_by_stage(measure.denominator), f"{measure.key}_den")
    return found


def _final(measures: Sequence[CompiledMeasure], parameters: Parameters) -> str:
    columns = [
        *IDENTITY,
        f"{_not_counted(parameters)} AS not_counted",
        "not_counted IS NULL AS counted",
        "share",
    ]
    denominators = denominator_columns(measures)
    for measure in measures:
        key, denominator = measure.key, denominators[measure.key]
        columns.append(f"{_numerator(measure)} AS {key}_num")
        if denominator == f"{key}_den":
            columns.append(f"{_by_stage(measure.denominator)} AS {denominator}")
        columns.append(f"{number(measure.scale)} * {key}_num / NULLIF({denominator}, 0) AS {key}_value")
        if measure.additions:
            columns.append(f"{_relaxed(measure)} AS {key}_relaxed")
    columns.append("is_known_school")
    meaning = "-- 各指标的分子、分母与值 / numerator, denominator and value of every measure"
    return f"{meaning}\nSELECT\n  {lines(columns, 2)}\nFROM stage_view"


def _by_stage(expressions: ByStage) -> str:
    written = {expression.sql for expression in expressions.values()}
    if len(written) == 1 and len(expressions) == len(STAGES):
        return written.pop()
    cases = " ".join(f"WHEN '{stage}' THEN {found.sql}" for stage, found in expressions.items())
    return f"CASE stage {cases} END" if cases else "CAST(NULL AS DOUBLE)"


def _numerator(measure: CompiledMeasure) -> str:
    base = _by_stage(measure.numerator)
    added = [
        f"\n    + CASE WHEN {addition.when.sql} THEN COALESCE({addition.add.sql}, 0) ELSE 0 END"
        for addition in measure.additions
    ]
    return f"({base})" + "".join(added) if added else base


def _relaxed(measure: CompiledMeasure) -> str:
    """The relaxations that changed the numerator: the condition holds and something was added."""
    names = [
        f"CASE WHEN ({found.when.sql}) AND COALESCE({found.add.sql}, 0) <> 0 THEN {quoted(found.id)} END"
        for found in measure.additions
    ]
    return names[0] if len(names) == 1 else f"NULLIF(CONCAT_WS(',', {', '.join(names)}), '')"


def _not_counted(parameters: Parameters) -> str:
    """Why a row is outside the evaluation; null for a row inside it."""
    policy, least = parameters.teaching_point_policy, parameters.teaching_point_min_pupils
    cases = [f"WHEN stage NOT IN ({listed(parameters.stages)}) THEN 'stage:' || stage"]
    if parameters.exclude_kinds:
        cases.append(f"WHEN kind IN ({listed(parameters.exclude_kinds)}) THEN 'kind:' || kind")
    if policy == "exclude":
        cases.append("WHEN kind = 'teaching_point' THEN 'teaching_point'")
    if policy == "separate_if_ge_min":
        cases.append(f"WHEN kind = 'teaching_point' AND pupils < {least} THEN 'teaching_point:<{least}'")
    if not parameters.count_private:
        cases.append("WHEN ownership = 'private' THEN 'private'")
    if parameters.exclude_run_by:
        cases.append(f"WHEN run_by IN ({listed(parameters.exclude_run_by)}) THEN 'run_by:' || run_by")
    own_row = "kind = 'teaching_point'" if policy == "separate_if_ge_min" else "FALSE"
    cases.append(f"WHEN is_counted = FALSE AND NOT COALESCE({own_row}, FALSE) THEN 'not_counted_row'")
    return "CASE\n      " + "\n      ".join(cases) + "\n    END"
