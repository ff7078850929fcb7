"""What cannot be told, formed anew: which school, from when, and which data are wanting."""

from junheng.planning.forecast.check_facts import Facts
from junheng.planning.forecast.check_ratios import county_ratio, entry_ratios, shares
from junheng.planning.forecast.words import MISSING
from junheng.planning.frozen import Json

Unit = tuple[str, str]


def expected_gaps(facts: Facts, pupils: list[Json]) -> list[Json]:
    """Rows of schools that stand today with a year that is not told."""
    told = {(row["school"], row["stage"], row["year"]) for row in pupils}
    found = []
    for row in facts.problem["units"]:
        unit = (row["school"], row["stage"])
        untold = [year for year in facts.problem["years"] if (*unit, year) not in told]
        if untold and "closed" not in row:
            words = ["given"] if facts.problem["mode"] == "given" else _words(facts, unit, untold[0])
            found.append({"school": unit[0], "stage": unit[1], "from": untold[0], "missing": words})
    return found


def expected_reasons(cannot: list[Json]) -> list[Json]:
    """Each missing kind of data, by its word, with the number of school-stages that lack it."""
    found = []
    for word in sorted({word for row in cannot for word in row["missing"]}):
        count = sum(word in row["missing"] for row in cannot)
        zh, en = MISSING[word].zh, MISSING[word].en
        found.append({"zh": f"{zh}（{count} 个学校学段）", "en": f"{en} ({count} school-stages)"})
    return found


def _words(facts: Facts, unit: Unit, year: int) -> list[str]:
    words = []
    if not facts.years.get(unit):
        words.append("grades")
    elif not facts.reports(unit, facts.base):
        words.append("base_year")
    grades = facts.grades[unit[1]][:-1]
    if any(county_ratio(facts, unit[1], grade, facts.base) is None for grade in grades):
        words.append("history")
    if words:
        return words
    return _words_of_entry(facts, unit, year)


def _words_of_entry(facts: Facts, unit: Unit, year: int) -> list[str]:
    stage, pool = unit[1], facts.pool(unit)
    if "entry" not in facts.kept:
        facts.kept["entry"] = {s: entry_ratios(facts, s, facts.base) for s in facts.grades}
        facts.kept["shares"] = {s: shares(facts, s, facts.base) for s in facts.grades}
    known = pool in facts.kept["entry"][stage]
    words = [] if unit in facts.kept["shares"][stage] else ["entrants"]
    if stage == facts.first_stage:
        if facts.children(pool, year, facts.base) is None:
            words.append("births")
        elif not known:
            words.append("births_past")
    elif not known:
        words.append("history")
    return words or ["feeders"]
