"""A run from book to ledgers: what was compared, what is open, and every count, ready to be written in three views."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.enrolment.book import Book, read_book
from junheng.enrolment.comparisons import HOUSEHOLD, REGISTER, Compared, Comparison, compare
from junheng.enrolment.entry import Entry, entry_of
from junheng.enrolment.ledgers import file_dropouts, open_entries
from junheng.enrolment.match import CERTAIN, CHECK
from junheng.enrolment.rules import Rules
from junheng.enrolment.rules_file import load_rules
from junheng.enrolment.school_age import period
from junheng.enrolment.steps import apply_steps
from junheng.enrolment.views import FULL, tables_of

LEDGERS = "ledgers.json"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything of one run. ``entries`` as the full ledger has them; ``tables`` every count by table and cell."""

    on: date
    book: Book
    rules: Rules
    rules_from: Json
    compared: Compared
    entries: Sequence[Json]
    tables: Json
    clocks: Json


def run_match(path: Path, on: date, overlay: Path | None = None, previous: Path | None = None) -> Outcome:
    """Compare the lists of the book at ``path`` on a day; ``previous``: the folder of the last run.

    Raises UserError for a book or rules that cannot be used; what is wrong in single cells is in ``book.problems``.
    """
    rules, rules_from = load_rules(on, overlay)
    before = [] if previous is None else read_previous(previous)
    book = read_book(path, (HOUSEHOLD, REGISTER))
    compared = compare(book, rules, on)
    entries = open_entries(compared, before, rules, on, book.problems)
    apply_steps(entries, book.rolls, rules, on, book.problems)
    file_dropouts(entries)
    listed = [entries[number].json(rules, on) for number in sorted(entries)]
    figures = {"ages": compared.ages, **{n: _figures(c) for n, c in compared.comparisons.items()}}
    return Outcome(
        on, book, rules, rules_from, compared, listed, tables_of(listed, figures), clocks_of(rules, on)
    )


def _figures(comparison: Comparison) -> Mapping[str, int]:
    matched = comparison.matched
    return {
        "left": len(comparison.left),
        "right": len(comparison.right),
        "certain": len(matched.of(CERTAIN)),
        "check": len(matched.of(CHECK)),
        "left_alone": len(matched.left_alone),
        "right_alone": len(matched.right_alone),
    }


def clocks_of(rules: Rules, on: date) -> Json:
    """Of every level the period that holds ``on``; its last day is when the report is due."""
    found = {}
    for level, clock in rules.clocks.levels.items():
        first, last = period(clock, on)
        found[level] = {"zh": clock.zh, "en": clock.en, "from": first.isoformat(), "due": last.isoformat()}
    return found


def read_previous(folder: Path) -> list[Entry]:
    """The entries of an earlier run. Raises UserError where the folder has no full view."""
    try:
        found = json.loads((folder / FULL / LEDGERS).read_text(encoding="utf-8"))
        return [entry_of(entry) for entry in found["entries"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            Text("上期结果不可用", "the earlier result cannot be used"),
            where=str(folder),
            why=Text("台账编号要从上期接续", "numbers of entries go on from it"),
            fix=Text(
                "请给出上期输出文件夹，须含全部信息视图 full",
                "name the folder of the last run with its full view",
            ),
        ) from error
