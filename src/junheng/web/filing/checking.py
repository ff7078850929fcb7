"""What the library's checks say of one return's own rows, known by the return's revision."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from junheng.basics import UserError, sha256_bytes
from junheng.data import Problem, Snapshot, check_snapshot, read_input
from junheng.web.filing.models import Filing, Row
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
    """The problems of the return as it stands in ``filing.revision``: remembered, else found now (0.5 s) and kept."""
    if filing.checked_revision != filing.revision:
        found = json.dumps([asdict(one) for one in _found(filing)], ensure_ascii=False)
        filing.checked_revision, filing.problems = filing.revision, found
        Filing.objects.filter(pk=filing.pk, revision=filing.revision).update(
            checked_revision=filing.revision, problems=found
        )
    return [Found(**one) for one in json.loads(filing.problems)]


def is_checked(filing: Filing) -> bool:
    """Whether what is remembered is of the return as it stands."""
    return filing.checked_revision == filing.revision


def _found(filing: Filing) -> list[Found]:
    held = content_of([filing])
    try:
        now = _snapshot(filing, held, 0)
    except UserError as error:
        return [_refused(error)]
    before = content_of([filing], "last_year")
    previous = _snapshot(filing, before, 1) if before.of_table("stage") else None
    if "stage" not in now.tables:
        previous = None  # nothing to compare
    checked = check_snapshot(now, previous)
    return [_told(problem, held) for problem in checked.problems if not _is_echo(problem, held)]


def _is_echo(problem: Problem, held: Content) -> bool:
    """Whether a column is called blank only because a rule of logic, told already, took its one value away."""
    row = _row(problem, held.of_table(problem.table))
    return not problem.row and row is not None and problem.column in held.values.get(row.pk, {})


def _snapshot(filing: Filing, content: Content, years_ago: int) -> Snapshot:
    """The rows as the library reads them from the very files freezing writes."""
    opened = filing.county_year
    with tempfile.TemporaryDirectory(prefix="junheng-return-") as name:
        write_tables(Path(name), content, opened.county, opened.year, years_ago)
        return read_input(Path(name))


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
