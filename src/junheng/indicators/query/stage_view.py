"""One row per school-stage, with the stage's share of what the whole school has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.basics import STAGES, Stage, Text
from junheng.indicators.fields import KEYS
from junheng.indicators.parameters import Parameters
from junheng.indicators.query.scan import Reading
from junheng.indicators.query.text import Step, listed, number, quoted, selected, year_filter
from junheng.indicators.split import EXPECTED_STAGES

_ALIASES = {"stage": "g", "school": "s", "teacher_count": "t", "premises": "p", "finance": "f"}
_SHARED = ("premises", "finance")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of one table come from: ``relation`` is the input's table or an earlier step."""

    reading: Reading
    relation: str

    @property
    def is_step(self) -> bool:
        """An earlier step has typed the columns and kept the years already."""
        return self.relation != self.reading.table

    def column(self, name: str, alias: str = "") -> str:
        """Column ``name`` as a scalar."""
        if self.is_step and not self.reading.is_absent:
            return f"{alias}.{name}" if alias else name
        return self.reading.typed(name, alias)


def stage_view(
    sources: Mapping[str, Source], parameters: Parameters, years: Sequence[int] | None
) -> list[Step]:
    """The steps ``several``, ``school_stage`` and ``stage_view``. ``years``: those to keep, None for all."""
    split = [
        name
        for table in _SHARED
        for name in sources[table].reading.columns
        if name in parameters.split_columns
    ]
    return [
        _several(sources["stage"], years),
        _school_stage(sources, parameters, split, years),
        _view(split),
    ]


def _several(stage: Source, years: Sequence[int] | None) -> Step:
    """Schools with more than one stage row; the others need no arithmetic."""
    own = stage.column("pupils")
    columns = ["year", "school_id", f"COUNT(*) - COUNT({own}) AS unknown"]
    columns += [f"MAX(CASE WHEN stage = '{name}' THEN {own} END) AS {name}_pupils" for name in STAGES]
    where = f"  WHERE {year_filter('year', years)}\n" if years and not stage.is_step else ""
    body = selected(
        f"FROM {stage.relation}\n{where}  GROUP BY year, school_id\n  HAVING COUNT(*) > 1", columns
    )
    return Step("several", Text("有几个学段的学校", "schools with several stages"), body)


def _school_stage(
    sources: Mapping[str, Source], parameters: Parameters, split: Sequence[str], years: Sequence[int] | None
) -> Step:
    """Everything known of a school-stage; what is to be split carries the prefix ``whole_``."""
    columns = [f"g.{name}" for name in KEYS]
    for table, alias in _ALIASES.items():
        facts = [name for name in sources[table].reading.columns if name not in KEYS]
        columns += [
            f"{sources[table].column(name, alias)} AS {'whole_' if name in split else ''}{name}"
            for name in facts
        ]
    columns.append("s.school_id IS NOT NULL AS is_known_school")
    columns.append(f"{_share(parameters, sources['school'].column('kind', 's'))} AS share")
    joins = [f"FROM {sources['stage'].relation} AS g", *_joins(sources, years)]
    if years and not sources["stage"].is_step:
        joins.append(f"WHERE {year_filter('g.year', years)}")
    meaning = Text(
        "每个学校学段一行，及其应分摊的份额", "one row per school-stage, with its share of the school"
    )
    return Step("school_stage", meaning, selected("\n  ".join(joins), columns))


def _joins(sources: Mapping[str, Source], years: Sequence[int] | None) -> list[str]:
    found = []
    for table, alias in _ALIASES.items():
        source = sources[table]
        if table == "stage" or source.reading.is_absent:
            continue
        conditions = [f"{alias}.{key} = g.{key}" for key in source.reading.keys]
        if years and not source.is_step:
            conditions.append(year_filter(f"{alias}.year", years))
        found.append(f"LEFT JOIN {source.relation} AS {alias} ON {' AND '.join(conditions)}")
    return [*found, "LEFT JOIN several AS n ON n.year = g.year AND n.school_id = g.school_id"]


def _share(parameters: Parameters, kind: str) -> str:
    """Null where a stage of the kind was not reported, has no weight, or does not know its pupils."""
    cases = [f"WHEN n.school_id IS NULL THEN {_single(kind)}"]
    for name, weights in sorted(parameters.split_weights.items()):
        expected = EXPECTED_STAGES.get(name, ())
        if set(expected) <= set(weights):
            terms = {
                stage: f"{number(weights[stage])} * n.{stage}_pupils" for stage in STAGES if stage in weights
            }
            condition = f"{kind} = {quoted(name)} AND {_complete(expected, terms)}"
            cases.append(f"WHEN {condition}\n        THEN {_ratio(terms, expected)}")
    return "CASE\n      " + "\n      ".join(cases) + "\n    END"


def _single(kind: str) -> str:
    """One stage row: all of it, unless the kind of school has another stage that was not reported."""
    alone: dict[Stage, list[str]] = {}
    incomplete = [name for name, stages in EXPECTED_STAGES.items() if len(stages) > 1]
    for name, stages in EXPECTED_STAGES.items():
        if len(stages) == 1:
            alone.setdefault(stages[0], []).append(name)
    cases = [f"WHEN {kind} IN ({listed(incomplete)}) THEN NULL"]
    cases += [
        f"WHEN {kind} IN ({listed(names)}) AND g.stage <> '{s}' THEN NULL" for s, names in alone.items()
    ]
    return "CASE " + " ".join(cases) + " ELSE 1e0 END"


def _complete(expected: Sequence[Stage], terms: Mapping[Stage, str]) -> str:
    """Every stage of the kind reported, no stage without a weight, all pupils known."""
    conditions = ["n.unknown = 0"]
    conditions += [f"n.{stage}_pupils IS NOT NULL" for stage in expected]
    conditions += [f"n.{stage}_pupils IS NULL" for stage in STAGES if stage not in terms]
    return " AND ".join(conditions)


def _ratio(terms: Mapping[Stage, str], expected: Sequence[Stage]) -> str:
    own = " ".join(f"WHEN '{stage}' THEN {term}" for stage, term in terms.items())
    total = [term if stage in expected else f"COALESCE({term}, 0)" for stage, term in terms.items()]
    return f"CASE g.stage {own} END / NULLIF({' + '.join(total)}, 0)"


def _view(split: Sequence[str]) -> Step:
    columns = ["*", *(f"whole_{name} * share AS {name}" for name in split)]
    meaning = Text("共享资源按份额分到学段", "shared premises split between the stages")
    return Step("stage_view", meaning, selected("FROM school_stage", columns))
