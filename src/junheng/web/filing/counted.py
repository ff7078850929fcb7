"""What leaving schools out of a frozen year does to what is counted: teaching points, parts
of other schools."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from junheng.basics import Text, UserError
from junheng.standards import CountingRule, resolve, school_year_start
from junheng.web.filing.models import Cell, CountyYear, Filing
from junheng.web.filing.states import State
from junheng.web.people.queries import code_of

_POINT, _WHOLE = "teaching_point", {"", "true"}
_TAKEN = {State.ACCEPTED, State.FROZEN}
_COLUMNS = ("kind", "parent_school_id", "is_counted")
Described = Mapping[str, str]  # column → value, of a return's row of schools


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The returns that are not accepted, by what the library makes of them."""

    points: tuple[Filing, ...]  # teaching points
    nameless: tuple[Filing, ...]  # no kind was ever filled: the tables do not have them
    parts: tuple[Filing, ...]  # accepted, and counted within a school that is left out
    points_are: Text | None  # how the standard counts teaching points whose size nobody told

    def __bool__(self) -> bool:
        return bool(self.points or self.nameless or self.parts)


def left_out_of(year: CountyYear) -> LeftOut:
    """Of a year as it would be frozen now, or was. Two queries."""
    filings = list(year.filings.select_related("school").defer("problems").order_by("code"))
    said = _described(filings)
    missing = [one for one in filings if one.state not in _TAKEN]
    codes, rule = {one.code for one in missing}, _rule(year)
    points = tuple(one for one in missing if said[one.pk].get("kind") == _POINT)
    return LeftOut(
        points,
        tuple(one for one in missing if not said[one.pk].get("kind")),
        tuple(
            one
            for one in filings
            if one.state in _TAKEN
            and said[one.pk].get("parent_school_id") in codes
            and _joins(said[one.pk], rule)
        ),
        _points_are(rule, len(points)) if rule and points else None,
    )


def _described(filings: Sequence[Filing]) -> Mapping[int, Described]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    cells = Cell.objects.filter(
        row__filing__in=filings, row__table="school", row__is_removed=False, column__in=_COLUMNS
    )
    for pk, column, value in cells.values_list("row__filing", "column", "value"):
        found[pk][column] = value
    return found


def _joins(said: Described, rule: CountingRule | None) -> bool:
    """Whether the library adds it to its parent school."""
    policy = rule.teaching_point_policy if rule else ""
    if said.get("kind") == _POINT and policy != "exclude":
        return policy == "merge_into_parent"
    return said.get("is_counted", "") not in _WHOLE


def _points_are(rule: CountingRule, count: int) -> Text:
    least = rule.teaching_point_min_pupils
    return {
        "separate_if_ge_min": Text(
            f"未报的教学点有 {count} 个：人数没有报，不知道是否不足 {least} 人，各按一个单位列为“无法判定”，"
            "不并入上级学校；所以学校（学段）总数可能多于各校报齐时",
            f"{count} teaching points did not report: whether they have fewer than {least} pupils is not known, so "
            "each counts as a unit that cannot be told and joins no parent school; there may be more school-stages "
            "than had all reported",
        ),
        "merge_into_parent": Text(
            f"未报的教学点有 {count} 个：按标准并入上级学校，上级学校相应各项“无法判定”",
            f"{count} teaching points did not report: they join their parent schools, which then cannot be told",
        ),
        "exclude": Text(
            f"未报的教学点有 {count} 个：本标准不计教学点，结论不受影响",
            f"{count} teaching points did not report: this standard counts none, and nothing changes",
        ),
    }[rule.teaching_point_policy]


def _rule(year: CountyYear) -> CountingRule | None:
    return _counting(year.standard, year.year, code_of(year.county, year.year) or "")


@lru_cache(maxsize=64)
def _counting(standard: str, year: int, region: str) -> CountingRule | None:
    """What the standard says of counting; None where it is not in force: judging will say so."""
    try:
        return resolve(standard, on=school_year_start(year), region=region).counting
    except UserError:
        return None
