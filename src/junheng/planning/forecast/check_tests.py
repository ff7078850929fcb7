"""The back-test formed anew: earlier years forecast with what was known, beside two plain rules."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from junheng.planning.forecast.check_facts import Facts
from junheng.planning.frozen import Json, exact, number

if TYPE_CHECKING:
    from junheng.planning.forecast.check_paths import Paths

Unit = tuple[str, str]
# unit, origin, lead, size; then model, last year, mean of three years, and what came
Compared = tuple[Unit, int, int, int, Fraction, Fraction, Fraction, Fraction]
_STORE = "compared"


def compared(facts: Facts) -> list[Compared]:
    """Every school-stage, origin and lead that history allows; kept with the facts, for it is asked for thrice."""
    if _STORE not in facts.kept:
        facts.kept[_STORE] = _compare(facts)
    found: list[Compared] = facts.kept[_STORE]
    return found


def _compare(facts: Facts) -> list[Compared]:
    from junheng.planning.forecast.check_paths import Paths

    known = [year for years in facts.years.values() for year in years]
    if facts.problem["mode"] == "given" or not known:
        return []
    plain = {"entrants": 0, "flow": 0, "migrants": 0, "yield": 1}
    found = []
    for origin in range(min(known) + facts.method["least_years"] - 1, max(known)):
        path = Paths(facts, origin, plain)
        for unit in sorted(facts.zone):
            for lead in facts.method["leads"]:
                if origin + lead <= max(known):
                    found += _one(facts, path, unit, lead)
    return found


def _one(facts: Facts, path: "Paths", unit: Unit, lead: int) -> list[Compared]:
    origin = path.origin
    if not all(facts.reports(unit, year) for year in (origin - 2, origin - 1, origin, origin + lead)):
        return []
    told = path.total(unit, origin + lead)
    if told is None:
        return []
    three = [facts.totals[*unit, year] for year in (origin - 2, origin - 1, origin)]
    size = sum(three[-1] >= bound for bound in facts.method["sizes"])
    truth = Fraction(facts.totals[*unit, origin + lead])
    return [
        (unit, origin, lead, size, Fraction(told, 1000), Fraction(three[-1]), Fraction(sum(three), 3), truth)
    ]


def expected_tests(facts: Facts) -> list[Json]:
    """Rows of errors by scope, lead, stage and size; of a stated forecast, only where counts of the same year exist."""
    if facts.problem["mode"] == "given":
        return _stated(facts)
    rows = compared(facts)
    found = []
    stages = ["", *facts.grades]
    for lead in facts.method["leads"]:
        for stage in stages:
            mine = [row for row in rows if row[2] == lead and stage in ("", row[0][1])]
            for size in range(-1, len(facts.method["sizes"]) + 1):
                chosen = [row[4:] for row in mine if size in (-1, row[3])]
                found += _row("school", lead, stage, size, chosen)
            for scope in ("zone", "county"):
                found += _row(scope, lead, stage, -1, _added_up(facts, mine, scope))
    return found


def _added_up(facts: Facts, rows: list[Compared], scope: str) -> list[tuple[Fraction, ...]]:
    sums: dict[tuple[str, str, int], list[Fraction]] = {}
    for row in rows:
        unit, origin, values = row[0], row[1], row[4:]
        place = facts.zone[unit] if scope == "zone" else ""
        own = sums.setdefault((place, unit[1], origin), [Fraction(0)] * 4)
        for at, value in enumerate(values):
            own[at] += value
    return [tuple(own) for own in sums.values()]


def _row(scope: str, lead: int, stage: str, size: int, chosen: Sequence[tuple[Fraction, ...]]) -> list[Json]:
    if not chosen:
        return []
    row: Json = {"scope": scope, "lead": lead, "points": len(chosen)}
    if stage:
        row["stage"] = stage
    if size >= 0:
        row["size"] = size
    row["actual"] = number(sum((values[3] for values in chosen), Fraction(0)))
    for at, rule in enumerate(("model", "repeat", "mean3")):
        row[rule] = number(sum((abs(values[at] - values[3]) for values in chosen), Fraction(0)))
    return [row]


def _stated(facts: Facts) -> list[Json]:
    found = []
    for stage in ["", *sorted({row["stage"] for row in facts.problem["given"]})]:
        pairs = [
            (exact(row["mid"]), facts.totals[row["school"], row["stage"], row["year"]])
            for row in facts.problem["given"]
            if stage in ("", row["stage"]) and (row["school"], row["stage"], row["year"]) in facts.totals
        ]
        if pairs:
            off = sum((abs(told - count) for told, count in pairs), Fraction(0))
            row: Json = {"scope": "school", "lead": 0, "points": len(pairs), "model": number(off)}
            row["actual"] = sum(count for _, count in pairs)
            found.append(row | ({"stage": stage} if stage else {}))
    return found


def expected_bands(facts: Facts) -> list[Json]:
    """Intervals of truth ÷ forecast in millionths by lead and size."""
    parts: dict[tuple[int, int], list[int]] = {}
    for _, _, lead, size, told, _, _, truth in compared(facts):
        if told > 0:
            parts.setdefault((lead, size), []).append(int(10**6 * truth / told))
    found = []
    for (lead, size), values in parts.items():
        values.sort()
        cut = int(len(values) * (1 - exact(facts.method["level"])) / 2)
        if len(values) >= facts.method["least_points"]:
            found.append(
                {"lead": lead, "size": size, "low": values[cut], "high": values[len(values) - 1 - cut]}
            )
    return found


def band_of(facts: Facts, unit: Unit, year: int) -> tuple[int, int] | None:
    """The interval for a school of this size and lead that a back-test could hold, or nothing."""
    if not all(facts.reports(unit, facts.base - back) for back in range(3)):
        return None
    if "bands" not in facts.kept:
        facts.kept["bands"] = {(row["lead"], row["size"]): row for row in expected_bands(facts)}
    size = sum(facts.totals[*unit, facts.base] >= bound for bound in facts.method["sizes"])
    band = facts.kept["bands"].get((year - facts.base, size))
    return None if band is None else (band["low"], band["high"])
