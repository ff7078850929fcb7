"""Sums paid against the rate of their term: a share of the yearly amount; day pupils receive a part of it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.data.books import Place
from junheng.funding.exact import Json, exact, spelled

Row = Mapping[str, Any]


def place(row: Row, problem: Json) -> str:
    """File, sheet and row of an archive row."""
    return str(Place(problem["sheets"][row["sheet"]], row=row["row"]))


def rate_findings(rows: Sequence[Row], problem: Json) -> Iterator[Json]:
    """Rows of schemes with a rate whose sum is not that of their term, or whose category has no claim to it."""
    schemes = problem["rules"]["scheme"]["values"]
    for row in rows:
        rate = schemes.get(row["scheme"], {}).get("rate")
        if rate is None or not row["term"]:
            continue
        at = [place(row, problem)]
        told = {"pupil_id": row["pupil_id"], "at": at, "paid_yuan": row["yuan"]}
        wanted = expected(row["stage"], rate, problem["terms"][row["term"]], problem["days"])
        if wanted is None:
            yield {"kind": "no_rate", **told, "wanted_yuan": None}
        elif row["yuan"] is not None and exact(row["yuan"]) != wanted:
            kind = "below_rate" if exact(row["yuan"]) < wanted else "above_rate"
            yield {"kind": kind, **told, "wanted_yuan": spelled(wanted)}
        if rate == "living_day" and not _entitled(row, problem):
            yield {"kind": "category_not_entitled", **told, "wanted_yuan": None}


def expected(stage: str, rate: str, days: Sequence[str], rules: Mapping[str, Json]) -> Fraction | None:
    """Yuan for the terms that begin on ``days``; None where no rule states an amount for the stage."""
    parts = [_one_term(stage, rate, rules[day]) for day in days]
    return None if None in parts else sum((part for part in parts if part is not None), Fraction(0))


def _one_term(stage: str, rate: str, rules: Json) -> Fraction | None:
    living, day = rules.get("living"), rules.get("living_day")
    if living is None or stage not in living["values"] or (rate == "living_day" and day is None):
        return None
    part = exact(day["values"]["ratio"]) if rate == "living_day" and day is not None else Fraction(1)
    return exact(living["values"][stage]) * part / exact(rules["term"]["values"]["per_year"])


def _entitled(row: Row, problem: Json) -> bool:
    """Whether the category is one of those whose day pupils receive aid, in every term of the row."""
    rules = [problem["days"][day].get("living_day") for day in problem["terms"][row["term"]]]
    return all(rule is None or row["category"] in rule["values"]["categories"] for rule in rules)
