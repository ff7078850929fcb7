"""What the library's checks say of one return's own rows, known by the return's revision."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from functools import cache

from junheng.basics import UserError, sha256_bytes
from junheng.data import (
    Problem,
    check_snapshot,
    load_checks,
    read_texts,
)
from junheng.web.filing.models import Filing, Row
from junheng.web.filing.sections import sections_in
from junheng.web.filing.tables import Content, both_years, schools_named, texts_of
from junheng.web.people.queries import code_of

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
    """The problems of the return as it stands in ``filing.revision``: remembered, else found now and kept."""
    if not is_checked(filing):
        found = _in_order(_asked(filing))
        kept = json.dumps([asdict(one) for one in found], ensure_ascii=False)
        filing.checked_revision, filing.problems = filing.revision, kept
        Filing.every.filter(pk=filing.pk, revision=filing.revision).update(
            checked_revision=filing.revision, problems=kept
        )
        return found
    held = json.loads(filing.problems)
    told = held["found"] if isinstance(held, dict) else held  # beside what was kept with it for a while
    return [Found(**one) for one in told]


def is_checked(filing: Filing) -> bool:
    """Whether what is remembered is of the return as it stands."""
    return filing.checked_revision == filing.revision


def _in_order(found: Iterable[Found]) -> list[Found]:
    """Logic first, then as the library lists its checks, then by row and column."""
    place = _places()
    return sorted(
        found, key=lambda one: (not one.is_logic, place.get(one.check, -1), one.table, one.row, one.column)
    )


@cache
def _places() -> Mapping[str, int]:
    """Every check's place in the library."""
    return {check.id: number for number, check in enumerate(load_checks())}


def _asked(filing: Filing) -> list[Found]:
    """What the library says of the return as it stands."""
    held, before = both_years(filing)
    opened = filing.county_year
    code = (
        code_of(opened.county, opened.year) or ""
    )  # of this year for both: what was is compared with what is
    try:
        texts = texts_of(held, code, opened.year)
        if filing.is_county:
            texts |= schools_named(held, code, opened.year)
        now = read_texts(texts, is_part=filing.is_county)
    except UserError as error:
        return [_refused(error)]
    previous = None
    if before.of_table("stage"):
        last_year = texts_of(before, code, opened.year - 1)
        previous = read_texts(last_year, is_part=filing.is_county, is_kept=True)
    if "stage" not in now.tables:
        previous = None  # nothing to compare
    checked = check_snapshot(now, previous)
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
