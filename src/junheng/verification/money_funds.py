"""Operating funds worked out a second time: every school's sums and days, every county's sums and tests."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.verification.money_due import Amounts, UnknownError, total_of

Json = Mapping[str, Any]
_SUMS = ("known_yuan", "total_yuan", "budget_yuan", "due_yuan", "received_yuan", "arrears_yuan")


def funds_differences(problem: Json, outcome: Json) -> Iterator[Text]:
    """Every figure of ``outcome`` that the second working-out does not give."""
    told = {school["school_id"]: school for school in outcome["schools"]}
    if sorted(told) != sorted(school["school_id"] for school in problem["schools"]):
        yield Text("学校名单与问题不同", "the schools are not those of the problem")
    for school in problem["schools"]:
        if school["school_id"] in told:
            yield from _school(problem, school, told[school["school_id"]])
    for county in outcome["counties"]:
        own = [one for one in outcome["schools"] if one["county_code"] == county["county_code"]]
        yield from _county(problem, county, own)


def _unlike(place: str, what: str, told: object, again: object) -> Iterator[Text]:
    if told != again:
        yield Text(f"{place} 的 {what}：{told}，复算 {again}", f"{what} of {place}: {told}, not {again}")


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _school(problem: Json, school: Json, told: Json) -> Iterator[Text]:
    name, book = school["school_id"], problem["counties"][school["county_code"]]
    total: Fraction | None
    centre: Fraction | None
    try:
        total, centre, amounts = total_of(school, book)
        yield from _addends(name, told, amounts)
    except UnknownError:
        total = centre = None
    yield from _unlike(name, "total_yuan", _number(told["total_yuan"]), total)
    yield from _unlike(name, "central_yuan", _number(told["central_yuan"]), centre)
    known = sum((Fraction(one["yuan"]) for one in told["addends"] if one["yuan"] is not None), Fraction(0))
    yield from _unlike(name, "known_yuan", _number(told["known_yuan"]), known)
    local = None if total is None or centre is None else total - centre
    yield from _unlike(name, "local", _number(told["shares"]["local"]), local)
    parts = book["rules"].get("local_share", {}).get("values", {})
    for level in ("province", "city", "county"):
        again = None if local is None or level not in parts else local * Fraction(parts[level])
        yield from _unlike(name, level, _number(told["shares"][level]), again)
    yield from _unlike(name, "budget_yuan", told["budget_yuan"], school["budget_yuan"])
    yield from _training(name, school, told["training"], Fraction(book["training"]["rate"]))
    yield from _payments(problem, name, told, total)


def _addends(name: str, told: Json, amounts: Amounts) -> Iterator[Text]:
    listed: dict[tuple[str, str], Fraction] = {}
    for one in told["addends"]:
        yuan = Fraction(one["yuan"])
        yield from _unlike(
            name, f"{one['slot']} {one['stage']}", yuan, Fraction(one["quantity"]) * Fraction(one["rate"])
        )
        key = (one["slot"], "" if one["slot"] == "heating" else one["stage"])
        listed[key] = listed.get(key, Fraction(0)) + yuan
    again: dict[tuple[str, str], Fraction] = {}
    for (slot, stage), (quantity, rate) in amounts.items():
        key = (slot, "" if slot == "heating" else stage)
        again[key] = again.get(key, Fraction(0)) + (quantity or 0) * rate
    yield from _unlike(name, "addends", listed, again)


def _training(name: str, school: Json, told: Json, rate: Fraction) -> Iterator[Text]:
    budget, spent = _number(school["budget_yuan"]), _number(school["training_yuan"])
    again = "cannot_tell"
    if budget is not None and spent is not None and budget > 0:
        again = "not_met" if spent / budget < rate else "met"
    yield from _unlike(name, "training", told["verdict"], again)


def _payments(problem: Json, name: str, told: Json, total: Fraction | None) -> Iterator[Text]:
    rows = [row for row in problem["payments"] if row["school_id"] == name]
    broken = [
        row for row in rows if None in (row["yuan"], row["kind"]) or (row["kind"] == "due" and not row["on"])
    ]
    due = {} if broken else _by_day(rows, ("due",))
    got = {} if broken else _by_day(rows, ("received", "advance"))
    on = problem["on"]
    came = sum((yuan for day, yuan in got.items() if day <= on), Fraction(0))
    asked = sum((yuan for day, yuan in due.items() if day <= on), Fraction(0))
    yield from _unlike(name, "received_yuan", _number(told["received_yuan"]), came if got else None)
    yield from _unlike(
        name, "due_yuan", _number(told["due_yuan"]), sum(due.values(), Fraction(0)) if due else None
    )
    yield from _unlike(
        name, "arrears_yuan", _number(told["arrears_yuan"]), max(asked - came, Fraction(0)) if due else None
    )
    yield from _unlike(name, "days_late", told["days_late"], _days_late(due, got, on) if due else None)
    against = None if total is None or not got else came - total
    yield from _unlike(name, "against_rule_yuan", _number(told["against_rule_yuan"]), against)


def _by_day(rows: Sequence[Json], kinds: tuple[str, ...]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for row in rows:
        if row["kind"] in kinds:
            day = row["on"] or ""  # before every day
            found[day] = found.get(day, Fraction(0)) + Fraction(row["yuan"])
    return found


def _days_late(due: Mapping[str, Fraction], got: Mapping[str, Fraction], on: str) -> int | None:
    """The most days by which the sums due up to a day were covered late; None where a day is not known."""
    worst = 0
    for day in sorted(one for one in due if one <= on):
        wanted = sum(yuan for other, yuan in due.items() if other <= day)
        enough = [
            until
            for until in sorted(got)
            if until <= on and sum(y for d, y in got.items() if d <= until) >= wanted
        ]
        if enough and enough[0] == "":
            return None
        settled = enough[0] if enough else on
        worst = max(worst, (date.fromisoformat(settled) - date.fromisoformat(day)).days)
    return worst


def _county(problem: Json, county: Json, own: Sequence[Json]) -> Iterator[Text]:
    code = county["county_code"]
    for name in _SUMS:
        known = [Fraction(one[name]) for one in own if one[name] is not None]
        told = county["sums"][name]
        yield from _unlike(code, name, _number(told["yuan"]), sum(known, Fraction(0)) if known else None)
        yield from _unlike(code, f"{name} unknown", told["unknown"], len(own) - len(known))
    years = {row["year"]: row["values"] for row in problem["county_money"] if row["county_code"] == code}
    rules = problem["counties"][code]["rules"]
    for test in county["tests"]:
        again = _test(rules[test["rule"]]["values"], years, problem["year"])
        yield from _unlike(code, test["rule"], test["verdict"], again)


def _test(values: Json, years: Mapping[int, Json], year: int) -> str:
    pairs = [_pair(values, years, one) for one in range(year - int(values["years"]) + 1, year + 1)]
    if False in pairs:
        return "not_met"
    return "cannot_tell" if None in pairs else "met"


def _pair(values: Json, years: Mapping[int, Json], later: int) -> bool | None:
    growths = []
    for column in filter(None, (values["column"], values.get("faster_than"))):
        found = [_number(years.get(year, {}).get(column)) for year in (later - 1, later)]
        if found[0] is None or found[1] is None:
            return None
        if "faster_than" in values:
            if found[0] <= 0:
                return None
            growths.append(found[1] / found[0])
        else:
            growths += [found[1], found[0]]
    strictly = values["comparison"] == "大于"
    return growths[0] > growths[1] if strictly else growths[0] >= growths[1]
