"""Everything computed again from one input, each year once however many findings ask for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from junheng.basics import STAGES
from junheng.data import Snapshot
from junheng.standards import Standard
from junheng.verification.cells import Year
from junheng.verification.definitions import formulas
from junheng.verification.facts import Formula, SchoolStage, school_stages
from junheng.verification.items_scene import Scene
from junheng.verification.items_tables import ItemTables, item_tables
from junheng.verification.merging import merged
from junheng.verification.reported import reported_year
from junheng.verification.telling import Told
from junheng.verification.telling_county import tell_county
from junheng.verification.telling_parts import CountyFacts
from junheng.verification.telling_schools import judge_rows
from junheng.verification.telling_stages import stage_verdicts, tell_stage
from junheng.verification.telling_values import tell_values


@dataclass(slots=True)
class Recomputation:
    """One input under one standard. ``extra`` are indicator files of one's own; ``years`` may be shared."""

    snapshot: Snapshot
    standard: Standard
    extra: Sequence[Path] = ()
    years: dict[int, Year] = field(default_factory=dict)
    formulas: Mapping[str, Formula] = field(init=False)
    _rows: dict[int, dict[str, list[SchoolStage]]] = field(init=False, default_factory=dict)

    _items: dict[int, ItemTables] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.formulas = formulas(self.standard, self.extra)

    def reported(self, year: int) -> Year:
        """The cells of ``year`` that may be counted on, before merging."""
        if year not in self.years:
            self.years[year] = reported_year(self.snapshot, year)
        return self.years[year]

    def rows(self, year: int, county: str) -> list[SchoolStage]:
        """The school-stages of one county, counted or not."""
        if year not in self._rows:
            world = merged(self.reported(year), self.standard.counting)
            self._rows[year] = {}
            for row in school_stages(world, self.standard, list(self.formulas.values())):
                self._rows[year].setdefault(row.county, []).append(row)
        return self._rows[year].get(county, [])

    def verdict(self, year: int, county: str) -> dict[str, Told]:
        """What verdict.json should say."""
        rows = self.rows(year, county)
        if year not in self._items:
            self._items[year] = item_tables(self.snapshot, self.reported(year))
        scene = Scene(self._items[year], county, self.standard)
        facts = self._county(year, county)
        return tell_county(facts, rows, self.reported(year), self.standard, self.formulas, scene)

    def values(self, year: int, county: str) -> list[Told]:
        """What values.parquet should hold."""
        return tell_values(self.rows(year, county), self.reported(year), self.standard, self.formulas)

    def trends(self, county: str) -> dict[str, Told]:
        """What trends.json should say: the county's stages in every year of the input."""
        years: list[Told] = [
            {"year": year, "stages": self._stages(rows)}
            for year in self.snapshot.years()
            if (rows := self.rows(year, county))
        ]
        return {"standard": self.standard.id, "on": self.standard.on.isoformat(), "years": years}

    def _stages(self, rows: Sequence[SchoolStage]) -> dict[str, Told]:
        judged = judge_rows(rows, self.standard, self.formulas)
        found: dict[str, Told] = {}
        for stage in STAGES:
            if stage in self.standard.stages:
                schools = [school for school in judged if school.row.stage == stage]
                left = [row for row in rows if row.stage == stage and not row.judged]
                verdicts = stage_verdicts(stage, schools, self.standard, self.formulas)
                found[stage] = tell_stage(verdicts, left)
        return found

    def _county(self, year: int, code: str) -> CountyFacts:
        """The county's own row of the year; where that is silent, the last other row that is not."""
        table = self.snapshot.tables.get("county")
        rows = [row for row in table.to_pylist() if row["county_code"] == code] if table is not None else []
        name, day = "", None
        for row in sorted(rows, key=lambda row: bool(row["year"] == year)):
            name = row.get("county_name") or name
            given = row.get("basic_recognised_on")
            day = given if isinstance(given, date) else day
        return CountyFacts(code, name, day)
