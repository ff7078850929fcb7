"""How a county stood in the other years of the same input, by the same standard."""

from collections.abc import Mapping

from junheng.judgement.assess import Assessment
from junheng.judgement.judge import judge
from junheng.judgement.results import CountyResult

Json = Mapping[str, object]


class History:
    """Every year of an assessment's input, judged by its standard: once for all counties, when first asked."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._years: dict[int, dict[str, CountyResult]] | None = None

    def _judged(self) -> dict[int, dict[str, CountyResult]]:
        if self._years is None:
            found = self._assessment
            codes = [county.code for county in found.counties]
            years = sorted(found.evaluation.values.column("year").unique().to_pylist())
            self._years = {year: {c.code: c for c in found.counties} for year in years if year == found.year}
            for year in years:
                if year != found.year:
                    judged = judge(
                        found.evaluation,
                        found.standard,
                        year=year,
                        counties=codes,
                        rows=found.rows,
                        with_items=False,
                    )
                    self._years[year] = {county.code: county for county in judged}
        return self._years

    def of(self, code: str) -> Json:
        """``trends.json``: the stages of one county in every year it has, all by this standard."""
        years = sorted(self._judged().items())
        found = [(year, counties[code].as_json()["stages"]) for year, counties in years if code in counties]
        standard = self._assessment.standard
        return {
            "standard": standard.id,
            "on": standard.on.isoformat(),
            "years": [{"year": year, "stages": stages} for year, stages in found],
        }
