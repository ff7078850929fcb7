"""The parts of a place: a bar of ways, each only for whom the page behind it answers."""

from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache

from django.http import HttpRequest
from django.urls import resolve, reverse

from junheng.basics import Text
from junheng.web.front.guard import Guard
from junheng.web.front.places import place_of
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its page's route, its words, the routes that belong to it (patterns), the kinds of places it is for."""

    route: str
    words: Text
    belongs: tuple[str, ...]
    kinds: frozenset[Kind]


_ABOVE = frozenset({Kind.NATION, Kind.PROVINCE, Kind.CITY})
_COUNTY, _SCHOOL = frozenset({Kind.COUNTY}), frozenset({Kind.SCHOOL})
_ALL = frozenset(Kind)
PARTS = (
    Part("place", Text("总览", "Overview"), ("place*", "finding*", "school_export", "figure_export"), _ALL),
    Part("filing_years", Text("填报", "Filing"), ("filing*", "clocks_*", "sources*"), _COUNTY | _SCHOOL),
    Part("clocks_reported", Text("报送进度", "Reported"), ("clocks_*",), _ABOVE),
    Part("monitoring", Text("监测整改", "Monitoring"), ("monitoring*", "alert*", "gap*"), _ALL),
    Part("ledgers", Text("学校台账", "School ledgers"), ("ledger*", "hazard*", "child*"), _COUNTY | _SCHOOL),
    Part("appraisals", Text("考核评价", "Appraisal"), ("apprais*", "commitment*"), _COUNTY | _SCHOOL),
    Part("scenarios", Text("假设测算", "What if"), ("whatif*", "scenario*", "my_scenarios"), _COUNTY),
    Part("jobs", Text("任务", "Jobs"), ("job*", "finding_file*"), _COUNTY),
    Part("surveys", Text("认可度调查", "Survey"), ("survey*",), _COUNTY),
    Part("job_works", Text("专项业务", "Subjects"), ("job_works", "job_ask", "job_counts"), _COUNTY),
    Part("evidence", Text("佐证材料", "Evidence"), ("evidence*",), _COUNTY | _SCHOOL),
    Part("desk", Text("公布", "Publish"), ("desk", "publish_*", "withdraw"), _COUNTY),
    Part("people", Text("人员", "People"), ("people", "invite", "invitation*", "import*", "account"), _ALL),
    Part("organisation_page", Text("机构", "Organisation"), ("organisation_page",), _ALL),
    Part("trail", Text("操作记录", "Trail"), ("trail*",), _ALL),
    Part("tokens", Text("接口", "Interface"), ("token*", "hook*"), _ALL),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A part as one page shows it."""

    route: str
    words: Text
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The bar of a page: the place, and the ways through it."""

    place: Organisation
    ways: list[Way]

    @property
    def current(self) -> Way | None:
        """Where one is, if that is a part."""
        return next((way for way in self.ways if way.is_current), None)


def ways_of(person: Account, place: Organisation, here: str = "") -> list[Way]:
    """The parts of a place a person may open, ``here`` (a route's name) marked. Asks the database nothing of its own."""
    kind = Kind(place.kind)
    held = [part for part in PARTS if kind in part.kinds and _guard(part.route).may_open(person, place)]
    current = next((part for part in reversed(held) if any(fnmatch(here, one) for one in part.belongs)), None)
    return [
        Way(part.route, part.words, reverse(part.route, args=[place.pk]), part is current) for part in held
    ]


def frame_of(request: HttpRequest) -> Frame | None:
    """The bar of the page asked for; None where it belongs to no place of whoever asks."""
    place, person = place_of(request), request.user
    if place is None or not isinstance(person, Account):
        return None
    here = request.resolver_match.url_name if request.resolver_match else None
    return Frame(place, ways_of(person, place, here or ""))


@cache
def _guard(route: str) -> Guard:
    found: Guard = resolve(reverse(route, args=[1])).func.guard  # type: ignore[attr-defined] # put there by the guard
    return found
