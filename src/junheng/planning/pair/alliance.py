"""Alliances on paper: a whole year without a teacher exchanged, a joint lesson or a visit."""

from junheng.planning.frozen import Json
from junheng.planning.pair.candidates import FOREVER, kept_ties

COUNTS = ("teachers", "lessons", "visits")


def alliances(problem: Json) -> list[Json]:
    """One verdict for each member in force on the last day of the evidence year (1 September to 31 August).

    active: something is recorded; paper: all three are recorded, and all are 0; part_year: it joined after the year
    began, so that nothing is said; cannot_tell: a count is blank and no other shows anything.
    """
    year = problem["evidence"]["year"]
    first, end = f"{year}-09-01", f"{year + 1}-09-01"
    rows = {(row["group"], row["school"]): row for row in problem["evidence"]["rows"] if row["year"] == year}
    found = []
    for tie in kept_ties(problem["register"], f"{year + 1}-08-31"):
        row = rows.get((tie["group"], tie["member"]), {})
        known = {name: row[name] for name in COUNTS if name in row}
        missing = [name for name in COUNTS if name not in known]
        found.append(
            {key: tie[key] for key in ("group", "core", "member", "form")}
            | known
            | {"missing": missing, "verdict": _verdict(known, missing, _is_whole(problem, tie, first, end))}
        )
    return found


def _is_whole(problem: Json, tie: Json, first: str, end: str) -> bool:
    return any(
        row["joined"] <= first and row.get("left", FOREVER) >= end
        for row in problem["register"]
        if row["group"] == tie["group"] and row["school"] == tie["member"]
    )


def _verdict(known: dict[str, int], missing: list[str], is_whole_year: bool) -> str:
    if any(known.values()):
        return "active"
    if not is_whole_year:
        return "part_year"
    return "cannot_tell" if missing else "paper"
