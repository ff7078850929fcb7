"""Campuses and teaching points join their parent school, where the input has such rows.

Additive columns are summed, and absent in one part is absent in the sum; a part without its row in a table
counts as absent there. Rows that nothing joins are passed on untouched, so a nation pays only for its
merging rows.
"""

from collections.abc import Mapping, Sequence

from junheng.basics import Text
from junheng.indicators.fields import NOT_ADDITIVE, known_fields
from junheng.indicators.parameters import Parameters
from junheng.indicators.query.scan import Reading
from junheng.indicators.query.text import Step, selected


def moves_condition(parameters: Parameters) -> str:
    """The rows of ``school`` that join their parent under the standard's teaching-point policy."""
    named = "parent_school_id IS NOT NULL AND parent_school_id <> school_id"
    if parameters.teaching_point_policy == "merge_into_parent":
        return f"{named} AND (is_counted = FALSE OR kind = 'teaching_point')"
    if parameters.teaching_point_policy == "separate_if_ge_min":
        return f"{named} AND is_counted = FALSE AND COALESCE(kind, '') <> 'teaching_point'"
    return f"{named} AND is_counted = FALSE"


def merging(readings: Mapping[str, Reading], parameters: Parameters) -> list[Step]:
    """The steps from ``moves`` to ``merged_<table>`` for every table the input has."""
    steps = [_moves(parameters), _roots(), _touched(), _school(readings["school"])]
    steps.append(_by_stage(readings["stage"], "stage_rows AS x", "x"))
    if not readings["teacher_count"].is_absent:
        parts = "(SELECT year, school_id, stage FROM stage_rows UNION SELECT year, school_id, stage FROM teacher_count_rows) AS k"
        source = f"{parts}\n  LEFT JOIN teacher_count_rows AS x ON {_same('x', 'k', ('year', 'school_id', 'stage'))}"
        steps.append(_by_stage(readings["teacher_count"], source, "k"))
    return steps + [
        _by_school(readings[table]) for table in ("premises", "finance") if not readings[table].is_absent
    ]


def _moves(parameters: Parameters) -> Step:
    body = selected(
        f"FROM school_rows\n  WHERE {moves_condition(parameters)}",
        ["year", "school_id", "parent_school_id AS root"],
    )
    return Step("moves", Text("并入上级学校的行", "rows that join their parent school"), body)


def _roots() -> Step:
    """Follow at most three parents; a row whose chain ends nowhere or in a circle stays where it is."""
    body = """  SELECT a.year, a.school_id, COALESCE(c.root, b.root, a.root) AS root
  FROM moves AS a
  LEFT JOIN moves AS b ON b.year = a.year AND b.school_id = a.root
  LEFT JOIN moves AS c ON c.year = b.year AND c.school_id = b.root
  JOIN school_rows AS s ON s.year = a.year AND s.school_id = COALESCE(c.root, b.root, a.root)
  LEFT JOIN moves AS again ON again.year = s.year AND again.school_id = s.school_id
  WHERE again.school_id IS NULL"""
    return Step("roots", Text("逐级找到最终并入的学校", "the school each row ends up in"), body)


def _touched() -> Step:
    body = """  SELECT year, school_id, root FROM roots
  UNION
  SELECT year, root AS school_id, root FROM roots"""
    return Step("touched", Text("并入的学校及其各部分", "the parts of every merged school"), body)


def _school(reading: Reading) -> Step:
    columns = [f"s.{name}" for name in ("year", "school_id", *reading.columns)]
    body = selected(
        f"FROM school_rows AS s\n  LEFT JOIN roots AS r ON {_same('r', 's', ('year', 'school_id'))}\n"
        "  WHERE r.root IS NULL",
        columns,
    )
    return Step("merged_school", Text("并入者不再单列", "schools without those that joined another"), body)


def _by_stage(reading: Reading, source: str, key: str) -> Step:
    untouched = _untouched(reading, f"{reading.table}_rows")
    columns = [f"{key}.year", "p.root AS school_id", f"{key}.stage", *_sums(reading.columns)]
    merged = selected(
        f"FROM {source}\n  JOIN touched AS p ON {_same('p', key, ('year', 'school_id'))}\n"
        f"  GROUP BY {key}.year, p.root, {key}.stage",
        columns,
    )
    return _merged(reading, untouched, merged)


def _by_school(reading: Reading) -> Step:
    table = f"{reading.table}_rows"
    columns = ["p.year", "p.root AS school_id", *_sums(reading.columns)]
    merged = selected(
        f"FROM touched AS p\n  LEFT JOIN {table} AS x ON {_same('x', 'p', ('year', 'school_id'))}\n"
        "  GROUP BY p.year, p.root",
        columns,
    )
    return _merged(reading, _untouched(reading, table), merged)


def _untouched(reading: Reading, table: str) -> str:
    columns = [f"x.{name}" for name in (*reading.keys, *reading.columns)]
    return selected(
        f"FROM {table} AS x\n  LEFT JOIN touched AS p ON {_same('p', 'x', ('year', 'school_id'))}\n"
        "  WHERE p.root IS NULL",
        columns,
    )


def _merged(reading: Reading, untouched: str, merged: str) -> Step:
    meaning = Text("合并各部分；一部分缺则合计缺", "add up the parts; absent in one is absent in the sum")
    return Step(f"merged_{reading.table}", meaning, f"{untouched}\n  UNION ALL\n{merged}")


def _sums(columns: Sequence[str]) -> list[str]:
    return [f"{_merged_column(name)} AS {name}" for name in columns]


def _merged_column(name: str) -> str:
    if known_fields()[name].type != "number":
        return f"MAX(CASE WHEN x.school_id = p.root THEN x.{name} END)"
    combine = "MAX" if name in NOT_ADDITIVE else "SUM"
    return f"CASE WHEN COUNT(x.{name}) = COUNT(*) THEN {combine}(x.{name}) END"


def _same(left: str, right: str, keys: Sequence[str]) -> str:
    return " AND ".join(f"{left}.{key} = {right}.{key}" for key in keys)
