"""Each school against each row of its standard, three-valued, and what it lacks in physical units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from junheng.basics import Text
from junheng.judgement.monitoring.condition import Condition, Value
from junheng.judgement.school_standards.compiled import ReadLine, ReadRow, ReadTable
from junheng.judgement.school_standards.facts import KnownSchool
from junheng.judgement.verdict import Verdict
from junheng.standards.school_standards import SchoolStandard

NO_LINE = Text("标准没有这一规模的指标", "the standard has no figure for this size")
NO_QUOTIENT = Text("分母为零", "the denominator is zero")


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row in one school; ``verdict`` None: the row is not for this school.

    ``lacks`` is in the row's quantity: missing up to the line, or (``side`` at_most) beyond it; 0 where met.
    ``missing``: the facts for want of which it cannot be told.
    """

    row: str
    verdict: Verdict | None
    side: str = ""
    line: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    lacks: Fraction | None = None
    missing: tuple[str, ...] = ()
    reason: Text | None = None

    @property
    def value(self) -> Fraction | None:
        """Numerator ÷ denominator."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class SchoolVerdict:
    """One school. ``verdict`` None: no row is for it; ``groups`` alike. ``misses``, ``unknown``: counts of rows."""

    school: KnownSchool
    verdict: Verdict | None
    misses: int
    unknown: int
    groups: Mapping[str, Verdict | None]
    rows: tuple[RowResult, ...]


def judge_school(school: KnownSchool, standard: SchoolStandard, rows: Sequence[ReadRow]) -> SchoolVerdict:
    """Every row of ``standard`` in ``school``, its groups, and the whole with the misses it allows."""
    facts = school.values()
    found = tuple(judge_row(row, facts) for row in rows)
    groups = {
        group.id: _together(
            [one for one, row in zip(found, standard.rows, strict=True) if row.group == group.id],
            group.max_misses,
        )
        for group in standard.groups
    }
    misses = sum(one.verdict is Verdict.NOT_MET for one in found)
    unknown = sum(one.verdict is Verdict.CANNOT_TELL for one in found)
    whole = _together(found, standard.version.max_misses)
    return SchoolVerdict(school, whole, misses, unknown, groups, found)


def _together(found: Sequence[RowResult], max_misses: int) -> Verdict | None:
    """Met with at most ``max_misses`` missed, however the unknown ones turn out; None where no row concerns it."""
    told = [one.verdict for one in found if one.verdict is not None]
    if not told:
        return None
    misses = sum(one is Verdict.NOT_MET for one in told)
    if misses > max_misses:
        return Verdict.NOT_MET
    unknown = sum(one is Verdict.CANNOT_TELL for one in told)
    return Verdict.MET if misses + unknown <= max_misses else Verdict.CANNOT_TELL


def judge_row(read: ReadRow, facts: Mapping[str, Value]) -> RowResult:
    """One row on the facts of one school."""
    chosen, asked = _chosen(read, facts)
    if chosen is None:
        return _untold(read, None, asked, facts) if asked else RowResult(read.row.id, None)
    line, more = _line(chosen, facts)
    top, bottom = read.numerator.number(facts), read.denominator.number(facts)
    used = (*more, read.numerator, read.denominator)
    if line is None or top is None or bottom is None or bottom <= 0:
        reason = NO_LINE if line is None and not _absent(more, facts) else None
        if reason is None and bottom is not None and bottom <= 0 and not _absent(used, facts):
            reason = NO_QUOTIENT
        return _untold(read, chosen, used, facts, reason, (line, top, bottom))
    gap = line * bottom - top if chosen.side == "at_least" else top - line * bottom
    if gap <= 0:
        return RowResult(read.row.id, Verdict.MET, chosen.side, line, top, bottom, Fraction(0))
    lacks = Fraction(ceil(gap)) if read.row.whole else gap
    return RowResult(read.row.id, Verdict.NOT_MET, chosen.side, line, top, bottom, lacks)


def _chosen(read: ReadRow, facts: Mapping[str, Value]) -> tuple[ReadLine | None, tuple[Condition, ...]]:
    """The first line that is for the school; else the condition that cannot be told, none where it is for no line."""
    for line in read.lines:
        held = line.schools.holds(facts)
        if held is None:
            return None, (line.schools,)
        if held:
            return line, ()
    return None, ()


def _line(line: ReadLine, facts: Mapping[str, Value]) -> tuple[Fraction | None, tuple[Condition, ...]]:
    """The line itself, and the conditions it was read from."""
    if isinstance(line.bound, Fraction):
        return line.bound, ()
    if isinstance(line.bound, ReadTable):
        size = line.bound.by.number(facts)
        return (None if size is None else at_size(line.bound, size)), (line.bound.by,)
    return line.bound.number(facts), (line.bound,)


def at_size(table: ReadTable, size: Fraction) -> Fraction | None:
    """The line of a school of ``size``; None where the table has none."""
    (first, lowest), (last, highest) = table.sizes[0], table.sizes[-1]
    if size < first or size > last:
        nearest = lowest if size < first else highest
        return nearest if table.outside == "nearest" else None
    low = max((pair for pair in table.sizes if pair[0] <= size), key=lambda pair: pair[0])
    if table.between == "lower_size" or low[0] == size:
        return low[1]
    high = min((pair for pair in table.sizes if pair[0] > size), key=lambda pair: pair[0])
    return low[1] + (high[1] - low[1]) * (size - low[0]) / (high[0] - low[0])


def _absent(conditions: Sequence[Condition], facts: Mapping[str, Value]) -> tuple[str, ...]:
    names = [name for one in conditions if one.value(facts) is None for name in one.names]
    return tuple(dict.fromkeys(name for name in names if facts.get(name) is None))


def _untold(
    read: ReadRow, line: ReadLine | None, used: Sequence[Condition], facts: Mapping[str, Value],
    reason: Text | None = None, known: tuple[Fraction | None, ...] = (None, None, None),
) -> RowResult:  # fmt: skip
    bound, top, bottom = known
    side = "" if line is None else line.side
    return RowResult(
        read.row.id, Verdict.CANNOT_TELL, side, bound, top, bottom, None, _absent(used, facts), reason
    )
