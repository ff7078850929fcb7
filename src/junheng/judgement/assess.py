"""The main job in one call: facts of a checked input, judged by a standard, for every county in it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data import Checked
from junheng.indicators import Evaluation, Indicator, evaluate, load_catalogue
from junheng.judgement.facts import Facts
from junheng.judgement.judge import CountyFacts, judge
from junheng.judgement.parameters import measures_of, parameters_of
from junheng.judgement.results import CountyResult
from junheng.judgement.vector import judge_rows
from junheng.standards import Standard


@dataclass(frozen=True, slots=True)
class Assessment:
    """All counties of one input in one year by one standard. ``evaluation`` holds every year of the input.

    ``rows`` are the codes of ``judge_rows`` beside ``evaluation.values``. ``by_own_region``: each county is judged
    by the rules of its own region, which are the same for all of them.
    """

    standard: Standard
    evaluation: Evaluation
    counties: tuple[CountyResult, ...]
    checked: Checked
    year: int
    rows: pa.Table
    by_own_region: bool = False

    def standard_of(self, county: str) -> Standard:
        """The standard as it applied to the county with this code: ``region`` is that county's where it decided."""
        return self.standard.model_copy(update={"region": county}) if self.by_own_region else self.standard

    def facts(self) -> Facts:
        """The evaluation beside its standard."""
        return Facts(self.evaluation, self.standard)


def assess(
    checked: Checked,
    standard: Standard,
    *,
    year: int,
    engine: str = "duckdb",
    catalogue: Mapping[str, Indicator] | None = None,
) -> Assessment:
    """Evaluate every year of ``checked`` (for the trends) and judge the counties of ``year``.

    Raises UserError when the input has no school-stage in that year, or an indicator is unknown.
    """
    tables = checked.snapshot.tables
    _require_year(checked, year)
    measures = measures_of(standard, load_catalogue() if catalogue is None else catalogue)
    evaluation = evaluate(tables, measures, parameters_of(standard), engine=engine)
    rows = judge_rows(evaluation, standard)
    counties = judge(evaluation, standard, year=year, facts=county_facts(tables, year), rows=rows)
    if not counties:
        raise _nothing_to_judge(standard, year)
    return Assessment(standard, evaluation, counties, checked, year, rows)


def _require_year(checked: Checked, year: int) -> None:
    years = checked.snapshot.years()
    if year in years:
        return
    known = "、".join(str(found) for found in years)
    raise UserError(
        Text(f"输入中没有 {year} 年的数据", f"The input has no rows of {year}"),
        fix=Text(f"现有年份：{known}", f"years present: {known}")
        if years
        else Text("请检查学段表是否有数据", "see whether the table of stages has any rows"),
    )


def _nothing_to_judge(standard: Standard, year: int) -> UserError:
    stages = "、".join(standard.stages)
    return UserError(
        Text(f"{year} 年没有可评估的学段", f"There is no school-stage to judge in {year}"),
        why=Text(f"本标准只评 {stages}", f"the standard concerns {stages}"),
        fix=Text("请检查学校表的办学类型与学段表", "check the kinds of schools and the table of stages"),
    )


def county_facts(tables: Mapping[str, pa.Table], year: int) -> dict[str, CountyFacts]:
    """Name and day of basic recognition by county code, from the county table where it is given.

    The day is looked for in the year judged; a name of another year will do.
    """
    table = tables.get("county")
    if table is None:
        return {}
    found: dict[str, CountyFacts] = {}
    for row in sorted(table.to_pylist(), key=lambda row: row["year"] == year):
        before = found.get(row["county_code"], CountyFacts())
        day = row.get("basic_recognised_on")
        found[row["county_code"]] = CountyFacts(
            row.get("county_name") or before.name, day or before.basic_recognised_on
        )
    return found
