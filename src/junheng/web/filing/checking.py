"""What the library's checks say of one return's own rows, known by the return's revision."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db.models import Max, QuerySet

from junheng.basics import UserError, sha256_bytes
from junheng.data import (
    Check,
    Problem,
    Snapshot,
    check_snapshot,
    checks_that_see,
    load_checks,
    read_input,
)
from junheng.web.filing.models import Change, Filing, Row
from junheng.web.filing.sections import sections_in
from junheng.web.filing.tables import Content, content_of, write_tables

_LOGIC = "logic"
_HEADINGS = 1  # lines above the first row of a written table


@dataclass(frozen=True, slots=True)
class Found:
    """One problem: where it stands (``row`` 0: no one row), what it is, how to mend it. ``key`` names it with its values."""

    key: str
    check: str
    severity: str
    table: str
    row: int
    column: str
    what_zh: str
    what_en: str
    fix_zh: str
    fix_en: str

    @property
    def is_logic(self) -> bool:
        """Whether it blocks submitting; else it asks for an explanation."""
        return self.severity == _LOGIC


def problems_of(filing: Filing) -> list[Found]:
    """The problems of the return as it stands in ``filing.revision``: remembered, else found now and kept.

    Of a return with no broken logic only the checks that see what was typed since are asked again.
    """
    known = _remembered(filing)
    if filing.checked_revision != filing.revision:
        last = _changes(filing).aggregate(last=Max("pk"))["last"] or 0
        known = _Remembered(last, tuple(_found(filing, known)))
        filing.checked_revision, filing.problems = filing.revision, known.text()
        Filing.every.filter(pk=filing.pk, revision=filing.revision).update(
            checked_revision=filing.revision, problems=filing.problems
        )
    return list(known.found)


def is_checked(filing: Filing) -> bool:
    """Whether what is remembered is of the return as it stands."""
    return filing.checked_revision == filing.revision


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What was found of a return, and the last change of a cell that was seen then."""

    change: int
    found: tuple[Found, ...]

    def text(self) -> str:
        """As the database keeps it."""
        kept = {"change": self.change, "found": [asdict(one) for one in self.found]}
        return json.dumps(kept, ensure_ascii=False)


def _remembered(filing: Filing) -> _Remembered:
    held = json.loads(filing.problems)
    if isinstance(held, list):  # as it was kept before, or nothing yet
        return _Remembered(0, tuple(Found(**one) for one in held))
    return _Remembered(held["change"], tuple(Found(**one) for one in held["found"]))


def _changes(filing: Filing) -> QuerySet[Change]:
    return Change.objects.filter(cell__row__filing=filing)


def _found(filing: Filing, known: _Remembered) -> list[Found]:
    touched = _touched(filing, known)
    if touched is not None:
        few = checks_that_see(touched)
        asked = {check.id for check in few}
        again = _asked(filing, few)
        if not any(one.is_logic for one in again):
            return _in_order([*(one for one in known.found if one.check not in asked), *again])
    return _in_order(_asked(filing, None))


def _touched(filing: Filing, known: _Remembered) -> Set[tuple[str, str]] | None:
    """Tables and columns of the cells typed since; None where only asking everything tells (a row came or went, logic is broken)."""
    if filing.checked_revision is None or not known.change or filing.is_county:
        return None
    if any(one.is_logic for one in known.found):
        return None
    since = _changes(filing).filter(pk__gt=known.change).values_list("cell__row__table", "cell__column")
    typed = list(since)
    return set(typed) if len(typed) == filing.revision - filing.checked_revision else None


def _in_order(found: Iterable[Found]) -> list[Found]:
    """Logic first, then as the library lists its checks, then by row and column."""
    place = {check.id: number for number, check in enumerate(load_checks())}
    return sorted(
        found, key=lambda one: (not one.is_logic, place.get(one.check, -1), one.table, one.row, one.column)
    )


def _asked(filing: Filing, checks: Sequence[Check] | None) -> list[Found]:
    """What ``checks`` (default: all) say of the return as it stands."""
    held = content_of([filing])
    try:
        now = _snapshot(filing, held, 0)
    except UserError as error:
        return [_refused(error)]
    before = content_of([filing], "last_year")
    previous = _snapshot(filing, before, 1) if before.of_table("stage") else None
    if "stage" not in now.tables:
        previous = None  # nothing to compare
    checked = check_snapshot(now, previous, checks=checks)
    tables = sections_in(filing)  # of the county's own return no school's blank column is told
    found = (one for one in checked.problems if one.table in tables or not filing.is_county)
    refused = {(one.table, one.column) for one in checked.problems if one.row and one.severity == _LOGIC}
    return [_told(problem, held) for problem in found if not _is_echo(problem, held, refused)]


def _is_echo(problem: Problem, held: Content, refused: Set[tuple[str, str]]) -> bool:
    """Whether a column is called blank only because a rule of logic, told already, took its one value away.

    A word for "none" that was typed ("无", "/") is no such rule: the column is blank, and that is told.
    """
    row = _row(problem, held.of_table(problem.table))
    is_typed = row is not None and problem.column in held.values.get(row.pk, {})
    return not problem.row and is_typed and (problem.table, problem.column) in refused


def _snapshot(filing: Filing, content: Content, years_ago: int) -> Snapshot:
    """The rows as the library reads them from the very files freezing writes."""
    opened = filing.county_year
    with tempfile.TemporaryDirectory(prefix="junheng-return-") as name:
        write_tables(Path(name), content, opened.county, opened.year, years_ago)
        return read_input(Path(name), is_part=filing.is_county)  # no table of schools is the county's


def _told(problem: Problem, held: Content) -> Found:
    row = _row(problem, held.of_table(problem.table))
    place = (problem.check, problem.table, row.key if row else "", problem.column, problem.what.zh)
    return Found(
        key=sha256_bytes("\n".join(place).encode()),
        check=problem.check,
        severity=problem.severity,
        table=problem.table,
        row=row.pk if row else 0,
        column=problem.column,
        what_zh=problem.what.zh,
        what_en=problem.what.en,
        fix_zh=problem.fix.zh,
        fix_en=problem.fix.en,
    )


def _row(problem: Problem, rows: Sequence[Row]) -> Row | None:
    """The row a problem is of: by its line in the written file; a blank column's, where there is but one."""
    at = problem.row - _HEADINGS - 1
    if 0 <= at < len(rows):
        return rows[at]
    return rows[0] if len(rows) == 1 else None


def _refused(error: UserError) -> Found:
    lines = error.lines()
    zh, en = (" ".join(getattr(line, language) for line in lines) for language in ("zh", "en"))
    return Found(sha256_bytes(zh.encode()), "refused", _LOGIC, "", 0, "", zh, en, "", "")


def unexplained(found: Sequence[Found], explained: Mapping[str, str]) -> list[Found]:
    """What still stands between a return and its submission: rules of logic, and the unlikely without a word."""
    return [one for one in found if one.is_logic or not explained.get(one.key)]
