"""Years of most pupils formed anew, in the county and in the nation."""

from fractions import Fraction

from junheng.planning.forecast.check_facts import Facts
from junheng.planning.frozen import Json, exact, number


def expected_peaks(facts: Facts, pupils: list[Json]) -> list[Json]:
    """Rows by stage."""
    found = []
    for stage in facts.grades:
        row: Json = {"stage": stage}
        path = _path(facts, stage, pupils)
        if path:
            most = max(path.values())
            year = min(year for year, n in path.items() if n == most)
            row |= {"county": year, "pupils": number(most), "edge": int(year in (min(path), max(path)))}
        found.append(row | _nation(facts.problem["national"], stage))
    return found


def _path(facts: Facts, stage: str, pupils: list[Json]) -> dict[int, Fraction]:
    path: dict[int, Fraction] = {}
    for (_, kind, year), n in facts.totals.items():
        if kind == stage and not _unreported(facts, stage, year):
            path[year] = path.get(year, Fraction(0)) + n
    standing = {r["school"] for r in facts.problem["units"] if r["stage"] == stage and "closed" not in r}
    for year in facts.problem["years"]:
        rows = [row for row in pupils if row["stage"] == stage and row["year"] == year]
        if rows and standing <= {row["school"] for row in rows}:
            path[year] = sum((exact(row["mid"]) for row in rows), Fraction(0))
    return path


def _unreported(facts: Facts, stage: str, year: int) -> bool:
    """Whether a school that is there gave not even a total."""
    return any(facts.silent(u, year) and (*u, year) not in facts.totals for u in facts.members(stage))


def _nation(national: Json, stage: str) -> Json:
    if stage not in national["spans"]:
        return {}
    span = national["spans"][stage]
    births = {row["year"]: Fraction(row["births"]) for row in national["births"]}
    path = {}
    for year in range(min(births), max(births) + 40):
        asked = [
            (exact(lag["share"]), year - lag["years"] - above)
            for above in range(span["after"], span["after"] + span["grades"])
            for lag in national["lags"]
        ]
        if all(born in births for _, born in asked):
            path[year] = sum((share * births[born] for share, born in asked), Fraction(0))
    row: Json = {"published": national["published"][stage]}
    if path:
        row["nation"] = min(year for year, n in path.items() if n == max(path.values()))
    return row
