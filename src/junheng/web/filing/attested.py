"""The items of a county's year that rest on evidence, and what stands in its own return of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from junheng.basics import Text
from junheng.judgement import attestation_state, scale_of
from junheng.standards import PART_NAMES, Item, resolve, school_year_start
from junheng.web.filing.models import Attachment, Cell, Filing, Row

TABLE, PAPER = "attestation", "evidence_hash"
COLUMNS = ("rating", "dated_on", "expires_on")  # what is typed of each; the fingerprint comes with the file
COUNTY, SCHOOL = "county", "school"
STATES: Mapping[str, Text] = {
    "": Text("未填", "not entered"),
    "used": Text("有效", "valid"),
    "expired": Text("已失效，不会采用", "expired: will not be used"),
    "undated": Text("缺评定日期", "undated"),
    "unrated": Text("缺评定结果", "unrated"),
    "off_scale": Text("不在等级之内", "outside its scale"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands of one item and one owner (the county or a school): cells by column, how it will be taken, its files."""

    row: Row | None
    cells: Mapping[str, Cell]
    state: str
    papers: tuple[Attachment, ...]

    def value(self, column: str) -> str:
        """What was typed."""
        cell = self.cells.get(column)
        return cell.value if cell else ""

    @property
    def words(self) -> Text:
        """The state in words."""
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Asked:
    """One item that is attested: its clause, what is asked at least, and the ratings there are."""

    item: Item
    part: Text
    asked: Text
    scale: tuple[str, ...]


@lru_cache(maxsize=64)
def asked_of(standard: str, year: int, region: str) -> Mapping[str, Asked]:
    """The items of a standard that rest on evidence, by key. Raises UserError where the standard is not in force."""
    whole = resolve(standard, on=school_year_start(year), region=region)
    found = [item for item in whole.items if not item.tests or any(test.attested for test in item.tests)]
    return {item.id: _asked(item) for item in found}


def _asked(item: Item) -> Asked:
    least = item.limits.get("rating")
    words = Text(f"{least.value}，或更好", f"{least.value} or better") if least else Text("", "")
    return Asked(item, PART_NAMES[item.part], words, scale_of(item))


def asked_in(filing: Filing) -> Mapping[str, Asked]:
    """The items the year's standard wants attested."""
    year = filing.county_year
    return asked_of(year.standard, year.year, filing.code)


def key_of(item: str, owner: str, filing: Filing) -> str:
    """The key of the row of an item and its owner, in the table's order of keys: scope, owner, item."""
    scope = COUNTY if owner == filing.code else SCHOOL
    return f"{scope}|{owner}|{item}"


def entries_of(filing: Filing, keys: Sequence[str] | None = None) -> Mapping[str, Entry]:
    """What the return holds, by the rows' keys (all of them, or those asked for). Three queries."""
    rows = Row.objects.filter(filing=filing, table=TABLE, is_removed=False)
    held = {row.pk: row for row in (rows if keys is None else rows.filter(key__in=keys))}
    cells: dict[int, dict[str, Cell]] = {pk: {} for pk in held}
    for cell in Cell.objects.filter(row__in=held):
        cells[cell.row_id][cell.column] = cell
    papers: dict[int, list[Attachment]] = {}
    for one in Attachment.objects.filter(row__in=held, removed_at=None).select_related("evidence"):
        papers.setdefault(one.row_id or 0, []).append(one)
    asked, on = asked_in(filing), school_year_start(filing.county_year.year)
    return {
        row.key: Entry(row, cells[pk], _state(row, cells[pk], asked, on), tuple(papers.get(pk, ())))
        for pk, row in held.items()
    }


def none_yet() -> Entry:
    """An entry of which nothing was typed."""
    return Entry(None, {}, "", ())


def _state(row: Row, cells: Mapping[str, Cell], asked: Mapping[str, Asked], on: date) -> str:
    one = asked.get(row.key.rpartition("|")[2])
    if one is None or not any(cell.value for cell in cells.values()):
        return ""
    rating, dated, expires = (cells[name].value if name in cells else "" for name in COLUMNS)
    return attestation_state(one.item, on, rating or None, _day(dated), _day(expires))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One item on the page: the county's entry, and how many of its schools have one of their own."""

    asked: Asked
    entry: Entry
    schools: int
    off: int  # of them not valid


def lines_of(filing: Filing) -> list[Line]:
    """Every attested item, in the standard's order."""
    entries = entries_of(filing)
    return [_line(one, filing, entries) for one in asked_in(filing).values()]


def _line(asked: Asked, filing: Filing, entries: Mapping[str, Entry]) -> Line:
    item = asked.item.id
    mine = entries.get(key_of(item, filing.code, filing), none_yet())
    ofs = [one for key, one in entries.items() if key.startswith(f"{SCHOOL}|") and key.endswith(f"|{item}")]
    return Line(asked, mine, len(ofs), sum(one.state not in ("used", "") for one in ofs))


def owners_of(filing: Filing) -> Mapping[str, str]:
    """Code → name of the schools that file in the year, in the order of their codes. One query."""
    found: Iterable[tuple[str, str]] = filing.county_year.filings.order_by("code").values_list(
        "code", "school__name"
    )
    return dict(found)
