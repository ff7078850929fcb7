"""The ledgers: an entry for every child that no list proves to be at school; numbers kept from run to run."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from junheng.basics import Text, heading_key
from junheng.enrolment.comparisons import HOUSEHOLD, REGISTER, RELIEF, SETTLED, Compared, Comparison
from junheng.enrolment.entry import CLOSED, CONFIRMED, OPEN, Entry
from junheng.enrolment.match import CERTAIN, Pair
from junheng.enrolment.people import People, meant
from junheng.enrolment.problems import Problems
from junheng.enrolment.rules import LEVELS, Rules
from junheng.enrolment.school_age import school_year

NOT_FOUND, TO_CHECK, AGE_UNKNOWN, EXCUSED, FOUND_NOW = (
    "not_found",
    "to_check",
    "age_unknown",
    "excused",
    "found_now",
)
_LEDGER_OF = {HOUSEHOLD: "school_age", REGISTER: "suspected"}
DROPOUT = "dropout"
_OTHER = {HOUSEHOLD: "household_register", REGISTER: "register_onsite"}
Json = dict[str, Any]


def open_entries(
    compared: Compared, previous: Sequence[Entry], rules: Rules, on: date, problems: Problems
) -> dict[str, Entry]:
    """The entries of this run by number. An entry of before keeps number, state and steps; one whose child is found
    now stays, to be closed by people.
    """
    before: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in previous:
        before[entry.table, entry.person["key"]].append(entry)
    found: dict[str, Entry] = {}
    counts = _last_numbers(previous)
    for table, name in _OTHER.items():
        if name not in compared.comparisons:
            continue
        for entry in _of_table(compared, table, rules, on, problems):
            known = before[table, entry.person["key"]]  # several where one number stands in several rows
            _number(entry, known.pop(0) if known else None, counts, rules, on)
            found[entry.number] = entry
    for old in (entry for known in before.values() for entry in known):
        if old.state != CLOSED:
            old.status, old.near = FOUND_NOW, None
        found[old.number] = old
    return found


def file_dropouts(entries: Mapping[str, Entry]) -> None:
    """Put confirmed dropouts into the ledger of dropouts; others into the ledger of their list."""
    for entry in entries.values():
        entry.ledger = DROPOUT if entry.state == CONFIRMED else _LEDGER_OF[entry.table]


def _number(entry: Entry, old: Entry | None, counts: dict[str, int], rules: Rules, on: date) -> None:
    if old is not None:
        entry.number, entry.opened, entry.steps = old.number, old.opened, old.steps
        if entry.state == OPEN:
            entry.state, entry.reason, entry.evidence = old.state, old.reason, old.evidence
        if entry.state == CLOSED and not _still_settled(entry, rules):  # missing again: people look again
            entry.state, entry.reason, entry.evidence = OPEN, "", ""
            entry.steps = [*old.steps, {"action": "reopen", "dated": on.isoformat()}]
        return
    prefix = f"{rules.ledgers.kinds[entry.ledger].letter}{school_year(on)}"
    counts[prefix] = counts.get(prefix, 0) + 1
    entry.number = f"{prefix}-{counts[prefix]:05}"


def _still_settled(entry: Entry, rules: Rules) -> bool:
    return entry.reason in rules.reasons.words and rules.reasons.words[entry.reason].settles


def _last_numbers(previous: Sequence[Entry]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in previous:
        prefix, _, tail = entry.number.rpartition("-")
        counts[prefix] = max(counts.get(prefix, 0), int(tail))
    return counts


def _of_table(compared: Compared, table: str, rules: Rules, on: date, problems: Problems) -> list[Entry]:
    comparison = compared.comparisons[_OTHER[table]]
    pairs = {pair.left: pair for pair in comparison.matched.pairs}
    absent = [i for i in range(len(comparison.left)) if i not in pairs or pairs[i].kind != CERTAIN]
    relief = _by_left(compared.comparisons.get(f"{table}_{RELIEF}"))
    settled = _by_left(compared.comparisons.get(f"{table}_{SETTLED}"))
    found = []
    for place, i in enumerate(absent):  # ``place``: the index among those whose absence was looked into
        people = comparison.left
        entry = Entry(
            number="",
            ledger=_LEDGER_OF[table],
            table=table,
            place=people.roll.at(i),
            person=_person(people, i),
            status=TO_CHECK if i in pairs else NOT_FOUND if people.births[i] else AGE_UNKNOWN,
            opened=on.isoformat(),
            focus=_focus(people, i, rules, problems),
            near=_near(comparison, pairs.get(i), rules),
            priority=_priority(compared.comparisons.get(f"{table}_{RELIEF}"), relief.get(place)),
        )
        _settle(entry, settled.get(place), compared)
        found.append(entry)
    return found


def _by_left(comparison: Comparison | None) -> dict[int, Pair]:
    return {} if comparison is None else {pair.left: pair for pair in comparison.matched.pairs}


def _priority(comparison: Comparison | None, pair: Pair | None) -> str:
    """unknown where there is no relief list: absent is not "no"."""
    if comparison is None:
        return "unknown"
    return "no" if pair is None else "yes" if pair.kind == CERTAIN else "to_check"


def _settle(entry: Entry, pair: Pair | None, compared: Compared) -> None:
    """An explanation of a certain match: with evidence it closes the entry, without it stays open."""
    settlement = compared.settlements[pair.right] if pair is not None and pair.kind == CERTAIN else None
    if settlement is not None:
        entry.status, entry.reason, entry.evidence = EXCUSED, settlement.reason, settlement.evidence
        entry.state = CLOSED if settlement.evidence else OPEN


def _person(people: People, i: int) -> dict[str, str]:
    roll = people.roll
    return {
        "key": people.key(i),
        "name": people.names[i],
        "id_number": people.numbers[i],
        "birth": people.births[i],
        "sex": people.sexes[i],
        "guardian": people.guardians[i],
        **{name: roll.column(name)[i] for name in ("address", "school", "grade", "class_no")},
    }


def _focus(people: People, i: int, rules: Rules, problems: Problems) -> tuple[str, ...]:
    """The focus groups of a child: as written, and from the register's own fields."""
    roll = people.roll
    found = []
    for word in filter(None, roll.column("focus")[i].replace("，", "、").split("、")):
        group = meant(word, rules.focus.words)
        if group:
            found.append(group)
        else:
            told = "、".join(named.zh for named in rules.focus.words.values())
            fix = Text("多个群体用顿号隔开", "separate several groups by 、")
            problems.add(roll.at(i, "focus"), f"重点群体应为 {told}", f"focus groups are {told}", fix)
    if meant(roll.column("left_behind")[i], rules.left_behind.codes) in ("1", "2"):
        found.append("left_behind")
    if heading_key(roll.column("migrant")[i]) in ("1", "是"):
        found.append("migrant")
    if heading_key(roll.column("disability")[i]) not in ("", "0", "无", "否"):
        found.append("disabled")
    return tuple(dict.fromkeys(found))


def _near(comparison: Comparison, pair: Pair | None, rules: Rules) -> Json | None:
    """The pair to check with its parts in words; no name stands in it."""
    if pair is None:
        return None
    parts = []
    for part, level in zip(LEVELS, pair.levels, strict=True):
        rule = rules.match.parts[part].levels[level]
        parts.append({"part": part, "level": level, "points": rule.points, "zh": rule.zh, "en": rule.en})
    return {
        "place": comparison.right.roll.at(pair.right),
        "score": pair.score,
        "has_rival": pair.has_rival,
        "parts": parts,
    }
