"""A forecast made by another body: taken as stated, compared with what is known of the same year."""

from fractions import Fraction

from junheng.planning.forecast.case import Case
from junheng.planning.frozen import Json, exact, number


def given_pupils(problem: Json) -> list[Json]:
    """Pupils of the years asked for, as stated; without stated limits the three paths are one."""
    zones = {(row["school"], row["stage"]): row["zone"] for row in problem["units"]}
    rows = []
    for row in problem["given"]:
        if row["year"] in problem["years"]:
            found: Json = {key: row[key] for key in ("school", "stage", "year")}
            found["zone"] = zones[row["school"], row["stage"]]
            found |= {name: row.get(name, row["mid"]) for name in ("low", "mid", "high")}
            rows.append(found)
    return rows


def given_tests(case: Case) -> list[Json]:
    """How far stated forecasts lie from counts of the same year: lead 0, for when they were made is not known."""
    stages = {"": list(case.problem["given"])}
    for row in case.problem["given"]:
        stages.setdefault(row["stage"], []).append(row)
    found = []
    for stage, rows in sorted(stages.items()):
        pairs = [
            (exact(row["mid"]), case.totals[row["school"], row["stage"]][row["year"]])
            for row in rows
            if row["year"] in case.totals[row["school"], row["stage"]]
        ]
        if pairs:
            off = sum((abs(told - count) for told, count in pairs), Fraction(0))
            row = {"scope": "school", "lead": 0, "points": len(pairs)} | ({"stage": stage} if stage else {})
            found.append(row | {"actual": sum(count for _, count in pairs), "model": number(off)})
    return found
