"""四查三比对: household × register, register × on-site, and both × relief and × explanations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.basics import Text
from junheng.enrolment.book import Book
from junheng.enrolment.match import CERTAIN, Matched, match
from junheng.enrolment.people import People, meant, people_of
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll
from junheng.enrolment.rules import Rules
from junheng.enrolment.school_age import IN, OUTSIDE, UNKNOWN, age_state
from junheng.enrolment.steps import day_text, is_evidence

_FIX = Text("按 docs/method/enrolment.md 补正该行", "mend the row as docs/method/enrolment.md says")
HOUSEHOLD, REGISTER, ONSITE, RELIEF, SETTLED = "household", "register", "onsite", "relief", "settled"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists matched. ``left``, ``right``: the people that took part, in the order of the pairs' indices."""

    name: str
    left: People
    right: People
    matched: Matched


@dataclass(frozen=True, slots=True)
class Settlement:
    """An explanation: reason, evidence (SHA-256 or ""), day."""

    reason: str
    evidence: str
    dated: str


@dataclass(frozen=True, slots=True)
class Compared:
    """All comparisons by name; ``ages``: how many children of the household list are of school age."""

    comparisons: Mapping[str, Comparison]
    ages: Mapping[str, int]
    settlements: Sequence[Settlement | None]


def compare(book: Book, rules: Rules, on: date) -> Compared:
    """Run every comparison that the book has lists for; children outside school age take no part."""
    problems = book.problems
    people = {
        table: people_of(book.rolls[table], problems)
        for table in (HOUSEHOLD, REGISTER, ONSITE, RELIEF, SETTLED)
        if table in book.rolls
    }
    states = [age_state(birth, on, rules.school_age) for birth in people[HOUSEHOLD].births]
    children = people[HOUSEHOLD].part([i for i, state in enumerate(states) if state != OUTSIDE])
    found = {}
    first = _run(HOUSEHOLD, REGISTER, children, people[REGISTER], rules)
    found[first.name] = first
    doubtful = {HOUSEHOLD: children.part(_open(first))}
    if ONSITE in people:
        second = _run(REGISTER, ONSITE, people[REGISTER], people[ONSITE], rules)
        found[second.name] = second
        doubtful[REGISTER] = people[REGISTER].part(_open(second))
    for table, missing in doubtful.items():
        for other in (RELIEF, SETTLED):
            if other in people:
                more = _run(table, other, missing, people[other], rules)
                found[more.name] = more
    return Compared(
        comparisons=found,
        ages={state: states.count(state) for state in (IN, OUTSIDE, UNKNOWN)},
        settlements=_settlements(book.rolls.get(SETTLED), rules, on, problems),
    )


def _run(table: str, other: str, left: People, right: People, rules: Rules) -> Comparison:
    return Comparison(f"{table}_{other}", left, right, match(left, right, rules.match))


def _open(comparison: Comparison) -> list[int]:
    """The left rows not certainly found."""
    certain = {pair.left for pair in comparison.matched.pairs if pair.kind == CERTAIN}
    return [i for i in range(len(comparison.left)) if i not in certain]


def _settlements(roll: Roll | None, rules: Rules, on: date, problems: Problems) -> list[Settlement | None]:
    """What each row of 情况说明 says; None for a row in doubt (told)."""
    return [] if roll is None else [_settlement(roll, i, rules, on, problems) for i in range(len(roll))]


def _settlement(roll: Roll, i: int, rules: Rules, on: date, problems: Problems) -> Settlement | None:
    reason = meant(roll.column("reason")[i], rules.reasons.words)
    dated, evidence = day_text(roll.column("dated")[i]), roll.column("evidence")[i].lower()
    if not (reason and rules.reasons.words[reason].settles):
        told = "、".join(word.zh for word in rules.reasons.words.values() if word.settles)
        problems.add(roll.at(i, "reason"), f"理由应为 {told}", f"the reason must be one of {told}", _FIX)
        return None
    if not dated or dated > on.isoformat():
        problems.add(
            roll.at(i, "dated"),
            "没有日期、读不懂或晚于比对日",
            "no readable day up to that of the comparison",
            _FIX,
        )
        return None
    return Settlement(reason, evidence if is_evidence(evidence) else "", dated)
