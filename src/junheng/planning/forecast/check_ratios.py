"""Ratios formed anew: Σ weight × (next grade) ÷ Σ weight × (this grade), drawn to the county's."""

from fractions import Fraction

from junheng.planning.forecast.check_facts import Facts
from junheng.planning.frozen import Json, exact, number

Unit = tuple[str, str]


def teaches(facts: Facts, unit: Unit, grade: int, origin: int) -> bool:
    """Whether a grade lies within those that had pupils in the window; too few years: every grade does."""
    years = [year for year, _ in facts.looked_at(origin) if facts.reports(unit, year)]
    filled = [
        level for level in facts.grades[unit[1]] if any(facts.pupils[*unit, level, year] for year in years)
    ]
    if len(years) < facts.method["least_years"] or not filled:
        return True
    return filled[0] <= grade <= filled[-1]


def grown(facts: Facts, unit: Unit, grade: int, year: int) -> bool:
    """Whether a grade is past its filling years: pupils since the history begins, or for as long as the method says."""
    key = ("since", unit, grade)
    if key not in facts.kept:
        years = [at for at in facts.years.get(unit, ()) if facts.pupils[*unit, grade, at] > 0]
        facts.kept[key] = min(years, default=None)
    since: int | None = facts.kept[key]
    if since is None or since > year:
        return False
    start = ("begin", unit[1])
    if start not in facts.kept:
        facts.kept[start] = min(at for (_, stage), at in facts.beginnings.items() if stage == unit[1])
    return bool(since == facts.kept[start] or since + facts.method["filling_years"] <= year)


def long_enough(facts: Facts, stage: str, origin: int) -> bool:
    """Whether the stage has as many years by grade up to ``origin`` as the method asks for."""
    key = ("long", stage, origin)
    if key not in facts.kept:
        told = {year for unit in facts.members(stage) for year in facts.years.get(unit, ()) if year <= origin}
        facts.kept[key] = len(told) >= facts.method["least_years"]
    return bool(facts.kept[key])


def weighted_moves(facts: Facts, unit: Unit, grade: int, origin: int) -> tuple[int, int]:
    """Σ w·N(g+1, t) and Σ w·N(g, t-1) over the usable years of the window."""
    up = down = 0
    if not (teaches(facts, unit, grade, origin) and teaches(facts, unit, grade + 1, origin)):
        return 0, 0
    if not long_enough(facts, unit[1], origin):
        return 0, 0
    for year, weight in facts.looked_at(origin):
        both = facts.reports(unit, year) and facts.reports(unit, year - 1)
        both = both and all(grown(facts, unit, level, year) for level in (grade, grade + 1))
        if both and facts.open_to(year, origin, facts.zone[unit], unit[0]):
            up += weight * facts.pupils[*unit, grade + 1, year]
            down += weight * facts.pupils[*unit, grade, year - 1]
    return up, down


def county_ratio(facts: Facts, stage: str, grade: int, origin: int) -> Fraction | None:
    """All schools of a stage together; what the problem assumes where nobody reports two years."""
    moves = [weighted_moves(facts, unit, grade, origin) for unit in facts.members(stage)]
    down = sum(low for _, low in moves)
    if down:
        return Fraction(sum(high for high, _ in moves), down)
    given = facts.method.get("progression")
    return None if given is None else exact(given)


def school_ratio(facts: Facts, unit: Unit, grade: int, origin: int) -> Fraction | None:
    """(own + κ × county) ÷ (own base + κ); 0 where the next grade is not taught, none where it alone is."""
    key = ("county", unit[1], grade, origin)
    if key not in facts.kept:
        facts.kept[key] = county_ratio(facts, unit[1], grade, origin)
    whole: Fraction | None = facts.kept[key]
    if whole is None:
        return None
    if not teaches(facts, unit, grade + 1, origin):
        return Fraction(0)
    if not teaches(facts, unit, grade, origin):
        return None
    up, down = weighted_moves(facts, unit, grade, origin)
    draw = exact(facts.method["shrink"])
    return (up + draw * whole) / (down + draw) if down + draw else whole


def first_grade(facts: Facts, stage: str, pool: str, year: int) -> int:
    """Entrants of a pool."""
    grade = facts.grades[stage][0]
    return sum(
        facts.pupils[*unit, grade, year]
        for unit in facts.members(stage, pool)
        if facts.pool(unit) == pool and facts.reports(unit, year)
    )


def behind(facts: Facts, stage: str, pool: str, year: int) -> Fraction | None:
    """Children of the age, or the leavers of the stage below a year before."""
    if stage == facts.first_stage:
        return facts.children(pool, year, year)
    below = facts.stage_below(stage)
    units = [unit for unit in facts.members(below, pool) if facts.reports(unit, year - 1)]
    top = facts.grades[below][-1]
    if not facts.all_speak(below, pool, year - 1):
        return None
    return Fraction(sum(facts.pupils[*u, top, year - 1] for u in units)) if units else None


def entry_sums(facts: Facts, stage: str, pool: str, origin: int) -> tuple[Fraction, Fraction]:
    """Weighted entrants and weighted children (leavers) of a pool."""
    came = left = Fraction(0)
    for year, weight in facts.looked_at(origin):
        base = behind(facts, stage, pool, year)
        arrived = first_grade(facts, stage, pool, year)
        told = base is not None and arrived and facts.all_speak(stage, pool, year)
        if base is not None and told and facts.open_to(year, origin, pool, ""):
            came += weight * arrived
            left += weight * base
    return came, left


def entry_ratios(facts: Facts, stage: str, origin: int) -> dict[str, Fraction]:
    """Entrants per child of every pool of a stage that has schools in ``origin``."""
    pools = {facts.pool(unit) for unit in facts.members(stage) if facts.reports(unit, origin)}
    sums = {pool: entry_sums(facts, stage, pool, origin) for pool in pools}
    came, left = (sum((pair[at] for pair in sums.values()), Fraction(0)) for at in (0, 1))
    draw = exact(facts.method["entry_shrink"])
    return {
        pool: (own[0] + draw * came / left) / (own[1] + draw) for pool, own in sums.items() if own[1] and left
    }


def shares(facts: Facts, stage: str, origin: int) -> dict[Unit, Fraction]:
    """What part of its pool's entrants each school takes; the parts of a pool sum to 1."""
    units = [u for u in facts.members(stage) if facts.reports(u, origin) or facts.silent(u, origin)]
    wholes = {
        (pool, year): first_grade(facts, stage, pool, year)
        for pool in {facts.pool(unit) for unit in units}
        for year in [origin, *(year for year, _ in facts.looked_at(origin))]
    }
    raw = {unit: _raw_share(facts, unit, origin, wholes) for unit in units}
    sums: dict[str, Fraction] = {}
    for unit, part in raw.items():
        sums[facts.pool(unit)] = sums.get(facts.pool(unit), Fraction(0)) + part
    return {unit: part / sums[facts.pool(unit)] for unit, part in raw.items() if sums[facts.pool(unit)]}


def _raw_share(facts: Facts, unit: Unit, origin: int, wholes: dict[tuple[str, int], int]) -> Fraction:
    years = [
        (year, w)
        for year, w in facts.looked_at(origin)
        if facts.reports(unit, year) and facts.all_speak(unit[1], facts.pool(unit), year)
    ]
    kept = [(year, w) for year, w in years if facts.open_to(year, origin, facts.zone[unit], unit[0])]
    top, weights, grade = Fraction(0), 0, facts.grades[unit[1]][0]
    for year, weight in kept or [(year, 1) for year, _ in years[:1]]:
        whole = wholes[facts.pool(unit), year]
        if whole:
            top += Fraction(weight * facts.pupils[*unit, grade, year], whole)
            weights += weight
    return top / weights if weights else Fraction(0)


def migrant_share(facts: Facts, zone: str, origin: int) -> Fraction | None:
    """随迁 children per entrant of a zone over the window."""
    weights = dict(facts.looked_at(origin))
    stage = facts.first_stage
    rows = [
        row
        for row in facts.problem["migrants"]
        if row["zone"] == zone and row["year"] in weights and facts.all_speak(stage, zone, row["year"])
    ]
    left = sum(weights[row["year"]] * first_grade(facts, stage, zone, row["year"]) for row in rows)
    came = sum(weights[row["year"]] * row["pupils"] for row in rows)
    return Fraction(came, left) if left else None


def _asked(facts: Facts) -> list[str]:
    return [] if facts.problem["mode"] == "given" else [row["id"] for row in facts.problem["stages"]]


def expected_county(facts: Facts) -> list[Json]:
    """Rows of county ratios."""
    found = []
    for stage in _asked(facts):
        for grade in facts.grades[stage][:-1]:
            ratio = county_ratio(facts, stage, grade, facts.base)
            if ratio is not None:
                row: Json = {"stage": stage, "grade": grade, "ratio": number(ratio)}
                moved = any(weighted_moves(facts, u, grade, facts.base)[1] for u in facts.members(stage))
                found.append(row if moved else row | {"assumed": 1})
    return found


def expected_entry(facts: Facts) -> list[Json]:
    """Rows of entry ratios, with the share of 随迁 children where it is known."""
    found = []
    for stage in _asked(facts):
        for pool, ratio in entry_ratios(facts, stage, facts.base).items():
            row: Json = {"stage": stage, "pool": pool, "ratio": number(ratio)}
            part = migrant_share(facts, pool, facts.base)
            found.append(row if part is None else row | {"migrants": number(part)})
    return found


def expected_share(facts: Facts) -> list[Json]:
    """Rows of shares."""
    return [
        {"school": unit[0], "stage": unit[1], "share": number(part)}
        for stage in _asked(facts)
        for unit, part in shares(facts, stage, facts.base).items()
    ]
