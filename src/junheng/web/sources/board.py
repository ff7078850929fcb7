"""The board: figures on which a year's sources and its returns do not agree, and what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.db.models import Max, Sum

from junheng.basics import sha256_bytes
from junheng.data import Disagreement, Figure, Told, disagreements
from junheng.draws import canonical_bytes
from junheng.web.filing.models import Cell, CountyYear, Filing
from junheng.web.sources.figures import wanted
from junheng.web.sources.first import speaking
from junheng.web.sources.models import Decision, Outcome, Saying, SourceTable

RETURN = "return"
Said = Mapping[str, Told]  # by kind of source; RETURN is the return's own


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures are wanted: "" and 0 ask for all; ``least`` is in per cent of the largest value."""

    school: str = ""
    table: str = ""
    kind: str = "differ"
    state: str = "open"
    least: int = 0
    order: str = "share"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. ``decision`` is the last one; it ``stands`` while nobody says anything else than then."""

    found: Disagreement
    filing: Filing
    decision: Decision | None
    stands: bool
    token: str


def lines_of(year: CountyYear, asked: Asked) -> list[Line]:
    """The figures of a year, worst first. The same number of queries for one school and for hundreds."""
    filings = {one.code: one for one in year.filings.select_related("school").defer("problems")}
    decided = last_decisions(year)
    lines = (
        _line(found, filings[found.figure.school_id], decided)
        for found in _compared(year)
        if found.figure.school_id in filings and _is_wanted(found, asked)
    )
    chosen = [line for line in lines if not asked.state or line.stands == (asked.state == "decided")]
    return sorted(chosen, key=_largest_first) if asked.order == "spread" else chosen


def _largest_first(line: Line) -> tuple[bool, Fraction]:
    """By the difference itself: of use within a table, where the units are one."""
    return line.found.spread is None, -(line.found.spread or Fraction(0))


def _is_wanted(found: Disagreement, asked: Asked) -> bool:
    figure = found.figure
    return (
        asked.school in ("", figure.school_id)
        and asked.table in ("", figure.table)
        and asked.kind in ("", found.kind)
        and (not asked.least or (found.share is not None and found.share * 100 >= asked.least))
    )


def _line(found: Disagreement, filing: Filing, decided: Mapping[Figure, Decision]) -> Line:
    last = decided.get(found.figure)
    return Line(found, filing, last, stands(last, found.said), token_of(found.said, last))


def _compared(year: CountyYear) -> tuple[Disagreement, ...]:
    """Compared once for a state of sources and returns, then remembered."""
    sources = speaking(year.county, year.year)
    known = year.filings.aggregate(revisions=Sum("revision"), last=Max("changed_at"))
    stamp = (
        year.pk,
        known["revisions"],
        str(known["last"]),
        *((one.pk, str(one.uploaded_at)) for one in sources),
    )
    return _compare(_Year(year, tuple(sources), stamp)) if sources else ()


class _Year:
    """A year with its sources, equal to another while nothing it says changed."""

    def __init__(self, year: CountyYear, sources: tuple[SourceTable, ...], stamp: tuple[object, ...]) -> None:
        self.year, self.sources, self.stamp = year, sources, stamp

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Year) and self.stamp == other.stamp

    def __hash__(self) -> int:
        return hash(self.stamp)


@lru_cache(maxsize=8)
def _compare(held: _Year) -> tuple[Disagreement, ...]:
    return disagreements({**source_sayings(held.sources), RETURN: return_sayings(held.year)})


def source_sayings(
    sources: Iterable[SourceTable], figure: Figure | None = None
) -> dict[str, dict[Figure, Told]]:
    """What sources say, by kind; of one figure where one is asked for. One query."""
    kinds = {one.pk: str(one.kind) for one in sources}
    said: dict[str, dict[Figure, Told]] = {kind: {} for kind in kinds.values()}
    found = Saying.objects.filter(source_id__in=kinds)
    if figure:
        found = found.filter(code=figure.school_id, table=figure.table, key=figure.key, column=figure.column)
    for source, table, code, key, column, value, place in found.values_list(
        "source_id", "table", "code", "key", "column", "value", "place"
    ):
        said[kinds[source]][Figure(table, code, key, column)] = Told(value, place)
    return said


def return_sayings(year: CountyYear) -> dict[Figure, Told]:
    """What the returns of a year say. One query."""
    columns = {(table, name) for table, names in wanted().items() for name in names}
    cells = Cell.objects.filter(row__filing__county_year=year, row__is_removed=False).exclude(value="")
    told = cells.values_list("row__table", "row__filing__code", "row__key", "column", "value")
    return {
        Figure(table, code, key, column): Told(value)
        for table, code, key, column, value in told
        if (table, column) in columns
    }


def last_decisions(year: CountyYear) -> dict[Figure, Decision]:
    """The last decision of each figure of a year. One query."""
    decided: dict[Figure, Decision] = {}
    for one in Decision.objects.filter(filing__county_year=year).select_related("filing").order_by("pk"):
        decided[Figure(one.table, one.filing.code, one.key, one.column)] = one
    return decided


def stands(decision: Decision | None, said: Said) -> bool:
    """Whether the sources still say what they said, and the return what it said or was told to say."""
    if decision is None or decision.seen != seen_of(said):
        return False
    now = said[RETURN].value if RETURN in said else ""
    return now == decision.value if decision.outcome == Outcome.WRITTEN else now in _expected(decision)


def _expected(decision: Decision) -> tuple[str, ...]:
    return (decision.before, decision.value) if decision.kind else (decision.before,)


def seen_of(said: Said) -> str:
    """SHA-256 of what the sources (not the return) say."""
    return _hash({kind: told.value for kind, told in said.items() if kind != RETURN})


def token_of(said: Said, last: Decision | None) -> str:
    """SHA-256 of all a page showed of a figure: a decision on anything else is refused."""
    return _hash({"said": {kind: told.value for kind, told in said.items()}, "last": last.pk if last else 0})


def _hash(content: Mapping[str, object]) -> str:
    return sha256_bytes(canonical_bytes(content))
