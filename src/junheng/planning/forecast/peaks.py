"""The year of most pupils, in the county and in the nation: the nation's from births alone."""

from fractions import Fraction

from junheng.planning.forecast.case import Case
from junheng.planning.frozen import Json, exact, number


def peaks(problem: Json, pupils: list[Json]) -> list[Json]:
    """By stage: the county's peak of history and middle path, the nation's from births, and the published one.

    ``edge`` 1: the county's most pupils stand in the first or last year known, so that it is no peak yet.
    """
    rows = []
    for stage in problem["stages"]:
        row: Json = {"stage": stage["id"]}
        path = _county(problem, stage["id"], problem["units"], pupils)
        if path:
            top = max(path, key=lambda year: (path[year], -year))
            row |= {"county": top, "pupils": number(path[top]), "edge": int(top in (min(path), max(path)))}
        rows.append(row | _nation(problem["national"], stage["id"]))
    return rows


def _county(problem: Json, stage: str, units: list[Json], pupils: list[Json]) -> dict[int, Fraction]:
    """Pupils of a stage by year; a year in which a school is not known or cannot be told is absent."""
    path: dict[int, Fraction] = {}
    case = Case(problem)
    for year in {row["year"] for row in problem["history"] if row["stage"] == stage}:
        if (n := case.counted(case.units(stage), year)) is not None:
            path[year] = Fraction(n)
    standing = {row["school"] for row in units if row["stage"] == stage and "closed" not in row}
    by_year: dict[int, dict[str, Fraction]] = {}
    for row in pupils:
        if row["stage"] == stage:
            by_year.setdefault(row["year"], {})[row["school"]] = exact(row["mid"])
    path |= {year: sum(n.values(), Fraction(0)) for year, n in by_year.items() if standing <= set(n)}
    return path


def _nation(national: Json, stage: str) -> Json:
    """The year in which most children are of the ages of a stage, from births by year."""
    span = national["spans"].get(stage)
    if span is None:
        return {}
    births = {row["year"]: row["births"] for row in national["births"]}
    path: dict[int, Fraction] = {}
    for year in range(min(births), max(births) + 40):
        parts = [
            (exact(lag["share"]), births.get(year - lag["years"] - above))
            for above in range(span["after"], span["after"] + span["grades"])
            for lag in national["lags"]
        ]
        if all(n is not None for _, n in parts):
            path[year] = sum((share * n for share, n in parts if n is not None), Fraction(0))
    found: Json = {"published": national["published"][stage]}
    if path:
        found["nation"] = max(path, key=lambda year: (path[year], -year))
    return found
