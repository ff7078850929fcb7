"""Counties set side by side: from the table of findings alone, whatever the size of the tree."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, FloatField, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, NullIf, Substr
from django.http import QueryDict

from junheng.basics import Text
from junheng.web.findings.models import Finding
from junheng.web.findings.wishes import Head
from junheng.web.front.words import half
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind

PAGE = 50
_STEP = 10  # characters of one step of a path
_ORDERS = {
    "worst": ("rank", "share", "-over_limit", "county__path"),
    "name": ("county__name",),
    "share": ("share",),
    "over_limit": ("over_limit",),
    "worst_cv": ("worst",),
    "undecided": ("undecided",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings, in which order; ``sort`` with "-" for the largest first."""

    year: int
    standard: str
    sort: str

    def address(self, **other: str) -> str:
        """The query of this with something changed."""
        held = {"year": str(self.year), "standard": self.standard, "sort": self.sort, **other}
        return "?" + urlencode({key: value for key, value in held.items() if value})

    def order(self, column: str) -> str:
        """How a column is sorted, as aria-sort says it."""
        return {column: "ascending", f"-{column}": "descending"}.get(self.sort, "none")

    def after(self, column: str) -> str:
        """The query that sorts by a column, the other way round where it is sorted by it already."""
        return self.address(sort=f"-{column}" if self.sort == column else column)


_HEADS = (
    ("name", Text("县（区）", "County")),
    ("worst", Text("结论", "Verdict")),
    ("share", Text("达标学校（学段）", "School-stages comply")),
    ("over_limit", Text("超限差异系数", "CVs over limit")),
    ("worst_cv", Text("最大差异系数÷上限", "Worst CV ÷ limit")),
    ("undecided", Text("无法判定（学段）", "School-stages untold")),
)


def heads(asked: Asked) -> list[Head]:
    """The headings of the table of counties."""
    return [Head(half(words), "", asked.after(column), asked.order(column)) for column, words in _HEADS]


def offered(place: Organisation) -> list[tuple[int, str, int]]:
    """Years and standards there are findings of below ``place``, with the number of counties; newest, most first."""
    found = _below(place).values_list("year", "standard").annotate(counties=Count("pk"))
    return sorted(found.order_by(), key=lambda one: (-one[0], -one[2], one[1]))


def asked_of(address: QueryDict, there: list[tuple[int, str, int]]) -> Asked | None:
    """The question in an address; what is not known there is the first offered. None where nothing is offered."""
    if not there:
        return None
    known = {(str(year), standard): (year, standard) for year, standard, _ in there}
    years = {str(year): (year, standard) for year, standard, _ in reversed(there)}
    wished = known.get((address.get("year", ""), address.get("standard", "")))
    year, standard = wished or years.get(address.get("year", "")) or there[0][:2]
    sort = address.get("sort", "")
    return Asked(year, standard, sort if sort.lstrip("-") in _ORDERS else "worst")


def _below(place: Organisation) -> QuerySet[Finding]:
    """Current findings of the counties in a place. A range of paths; the nation holds nearly every path of the index,
    so there the findings are read and their paths compared instead (a third of the time at 200,000 schools)."""
    current = Finding.objects.filter(is_current=True)
    if place.kind == Kind.NATION:
        return current.annotate(root=Substr("county__path", 1, len(place.path))).filter(root=place.path)
    return current.filter(county__path__gte=place.path, county__path__lt=place.path + "~")


def counties(place: Organisation, asked: Asked) -> QuerySet[Finding]:
    """The counties' findings in the order asked for: worst first unless another column is chosen."""
    rank = Case(
        When(verdict="not_met", then=Value(0)),
        When(verdict="cannot_tell", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    share: Any = Cast("passed", FloatField()) / NullIf(Cast("judged", FloatField()), Value(0.0))
    found = _below(place).filter(year=asked.year, standard=asked.standard).select_related("county__parent")
    first, *rest = _ORDERS[asked.sort.lstrip("-")]
    if asked.sort.startswith("-"):
        leading: Any = F(first).desc(nulls_last=True)
    else:
        leading = F(first).asc(nulls_last=True)
    return found.annotate(rank=rank, share=share).order_by(leading, *rest, "county__path")


class Pages(Paginator):  # type: ignore[type-arg] # Django's class takes no argument when it runs
    """Pages of the counties; their number is known from the places below and not counted again."""

    def __init__(self, found: QuerySet[Finding], number: int) -> None:
        super().__init__(found, PAGE)
        self._number = number

    @property
    def count(self) -> int:
        """How many counties there are."""
        return self._number


@dataclass(frozen=True, slots=True)
class Child:
    """A province, a city or a county below, with the sums of its counties' findings."""

    place: Organisation
    counties: int
    found: int
    met: int
    not_met: int
    cannot_tell: int
    passed: int
    judged: int
    over_limit: int
    worst: float | None


def children(place: Organisation, asked: Asked) -> list[Child]:
    """The places next below, the worst first; the same few queries at any size."""
    next_below = Substr("county__path", 1, len(place.path) + _STEP)
    sums: dict[str, Any] = {
        one["below"]: dict(one)
        for one in _below(place)
        .filter(year=asked.year, standard=asked.standard)
        .annotate(below=next_below)
        .values("below")
        .annotate(
            found=Count("pk"),
            met=Count("pk", filter=Q(verdict="met")),
            not_met=Count("pk", filter=Q(verdict="not_met")),
            cannot_tell=Count("pk", filter=Q(verdict="cannot_tell")),
            passed=Sum("passed"),
            judged=Sum("judged"),
            over_limit=Sum("over_limit"),
            worst=Max("worst"),
        )
        .order_by()
    }
    count = _counties_below(place)
    kept = Organisation.objects.filter(parent=place, path__in=list(count))
    rows = [_child(one, count[one.path], sums.get(one.path, {})) for one in kept]
    return sorted(rows, key=_worst_first)


def _worst_first(row: Child) -> tuple[float, int, float, str]:
    """By the share of counties that fail, then by those that cannot be told, then by the share of school-stages that pass."""
    passing = row.passed / row.judged if row.judged else 1.0
    return -row.not_met / max(1, row.found), -row.cannot_tell, passing, row.place.path


def _counties_below(place: Organisation) -> dict[str, int]:
    """How many counties lie in each place next below, by its path: level by level, along the index of parents."""
    below = Substr("path", 1, len(place.path) + _STEP)
    found: dict[str, int] = {}
    for level in ("parent", "parent__parent", "parent__parent__parent"):
        held = Organisation.objects.filter(kind=Kind.COUNTY, **{level: place}).annotate(below=below)
        for path, number in held.values_list("below").annotate(n=Count("pk")).order_by():
            found[path] = found.get(path, 0) + number
    return found


def _child(place: Organisation, counties: int, sums: dict[str, Any]) -> Child:
    def whole(name: str) -> int:
        return int(sums.get(name) or 0)

    return Child(
        place, counties, whole("found"), whole("met"), whole("not_met"), whole("cannot_tell"),
        whole("passed"), whole("judged"), whole("over_limit"), sums.get("worst"),
    )  # fmt: skip
