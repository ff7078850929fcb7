"""Operating funds: frozen problem → pure function → frozen outcome."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from junheng.funding.entitlement import entitlement
from junheng.funding.exact import Json, exact, spelled
from junheng.funding.growth import both, year_tests
from junheng.funding.instalments import early, settle
from junheng.funding.shares import shares
from junheng.funding.training import training_verdict

_SUMS = ("known_yuan", "total_yuan", "budget_yuan", "due_yuan", "received_yuan", "arrears_yuan")
_EARLY = {
    "cause": "received_early",
    "what": {"zh": "到账早于应拨日期", "en": "received before it was due"},
    "fix": {
        "zh": "提前下达的请在“种类”写“预拨”；日期有误的请改正",
        "en": "mark it 预拨 (advance) if it was one; else mend the day",
    },
}


def work_out(problem: Json) -> Json:
    """What every school is due, was given and lacks; every county's sums and tests. See funds.schema.json."""
    on = date.fromisoformat(problem["on"])
    by_school: dict[str, list[Json]] = {}
    for payment in problem["payments"]:
        by_school.setdefault(payment["school_id"], []).append(payment)
    schools = [
        _school(
            school, problem["counties"][school["county_code"]], by_school.get(school["school_id"], []), on
        )
        for school in problem["schools"]
    ]
    counties = [_county(code, rules, schools, problem) for code, rules in problem["counties"].items()]
    ahead = [payment["at"] for payments in by_school.values() for payment in early(payments)]
    problems = list(problem["problems"])
    if ahead:
        problems.append({**_EARLY, "at": sorted(ahead), "count": len(ahead)})
    return {
        "format": problem["format"],
        "year": problem["year"],
        "on": problem["on"],
        "schools": schools,
        "counties": counties,
        "problems": problems,
    }


def _school(school: Json, rules: Json, payments: Sequence[Json], on: date) -> Json:
    due = entitlement(school, rules)
    return {
        "school_id": school["school_id"],
        "name": school["name"],
        "county_code": school["county_code"],
        **due,
        "shares": shares(due["total_yuan"], due["central_yuan"], rules),
        "budget_yuan": school["budget_yuan"],
        "budget_against_rule_yuan": _difference(school["budget_yuan"], due["total_yuan"]),
        **settle(payments, due["total_yuan"], on),
        "training": {
            **training_verdict(school["budget_yuan"], school["training_yuan"], rules["training"]),
            "spent_yuan": school["training_yuan"],
        },
    }


def _difference(left: str | None, right: str | None) -> str | None:
    return None if left is None or right is None else spelled(exact(left) - exact(right))


def _county(code: str, rules: Json, schools: Sequence[Json], problem: Json) -> Json:
    own = [school for school in schools if school["county_code"] == code]
    years = {row["year"]: row["values"] for row in problem["county_money"] if row["county_code"] == code}
    verdicts = [school["training"]["verdict"] for school in own]
    return {
        "county_code": code,
        "name": rules["name"],
        "tier": rules["tier"],
        "pupils_year": rules["pupils_year"],
        "schools": len(own),
        "undecided": sum(school["total_yuan"] is None for school in own),
        "sums": {name: _told(school.get(name) for school in own) for name in _SUMS},
        "shares": {
            level: _told(school["shares"][level] for school in own)
            for level in ("central", "local", "province", "city", "county")
        },
        "by_rule": _by_rule(own),
        "heating": "by_rule" if "heating" in rules["rules"] else "no_rule",
        "local_shares": "by_rule" if "local_share" in rules["rules"] else "no_rule",
        "in_arrears": sum(exact(school["arrears_yuan"] or "0") > 0 for school in own),
        "arrears_unknown": sum(school["arrears_yuan"] is None for school in own),
        "tests": year_tests(years, problem["year"], rules),
        "training": {
            "verdict": both(verdicts) if own else "cannot_tell",
            **{word: verdicts.count(word) for word in ("met", "not_met", "cannot_tell")},
        },
    }


def _told(values: Iterable[str | None]) -> Json:
    """The sum of what is known (None where nothing is), and of how many schools it is unknown."""
    listed = list(values)
    known = [exact(value) for value in listed if value is not None]
    total = spelled(sum(known, Fraction(0))) if known else None
    return {"yuan": total, "unknown": len(listed) - len(known)}


def _by_rule(schools: Sequence[Json]) -> Mapping[str, Json]:
    """Quantities and yuan by kind of addend, of the addends that are known."""
    found: dict[str, dict[str, Fraction]] = {}
    for addend in (addend for school in schools for addend in school["addends"]):
        if addend["yuan"] is not None:
            sums = found.setdefault(addend["slot"], {"quantity": Fraction(0), "yuan": Fraction(0)})
            sums["quantity"] += exact(addend["quantity"])
            sums["yuan"] += exact(addend["yuan"])
    return {
        slot: {name: spelled(value) for name, value in sums.items()} for slot, sums in sorted(found.items())
    }
