"""What counties published, without a token: zones, notices, draws, open data."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router

from junheng.basics import Text
from junheng.web.api.problems import Refusal, Words
from junheng.web.api.service import Id, Schema, operation
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind
from junheng.web.public import lookup, queries
from junheng.web.public.models import Notice, OpenData

router = Router(tags=["公开 | Public"])
Stage = Literal["primary", "junior"]
Street = Annotated[str, Query(max_length=60, description="街道或道路 | street")]
Door = Annotated[str, Query(max_length=20, description="门牌号 | number")]
Community = Annotated[str, Query(max_length=60, description="居委会 | community")]


class CountyOut(Schema):
    """A county that publishes here."""

    id: int
    name: str


class ZoneOut(Schema):
    """A zone found, and its schools."""

    name: str
    schools: list[str]


class ZoneAnswerOut(Schema):
    """``state``: found, several, outside, unknown, unclear, or none: no version was in force on the day."""

    state: str
    words: Words
    version: int | None
    zones: list[ZoneOut]
    streets: list[str]


class NoticeOut(Schema):
    """A notice in force."""

    id: int
    kind: str
    title: str
    text: str
    first_day: str
    last_day: str | None


class DrawOut(Schema):
    """A draw's publication: the hash of its transcript, and its files' hashes by name."""

    id: int
    draw: str
    title: str
    transcript_sha256: str
    published_at: str
    page: str


class OpenDataOut(Schema):
    """An open package: where it is, and the hash of its bytes."""

    id: int
    year: int
    standard: str
    verdict: str
    sha256: str
    package: str


def _county(county: int) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=county, kind=Kind.COUNTY)


@operation(
    router, "GET", "/public/counties", None, Text("公开数据的县", "Counties that publish"), list[CountyOut]
)
def counties(request: HttpRequest) -> Any:
    """按机构树的次序。 | In the order of the tree."""
    return [CountyOut(id=one.pk, name=one.name) for one in queries.counties()]


@operation(
    router,
    "GET",
    "/public/counties/{county}/zones",
    None,
    Text("查学区", "Zone of an address"),
    ZoneAnswerOut,
)
def zones(
    request: HttpRequest, county: Id, stage: Stage = "primary", street: Street = "", door: Door = "",
    community: Community = "", on: date | None = None,
) -> Any:  # fmt: skip
    """给街道和门牌，或给居委会；on 缺省今天。查询不记名。 | By street and number, or by community; `on`: today when absent."""
    if not street and not community:
        raise Refusal(422, Text("请给出街道或居委会", "give a street or a community"))
    version = lookup.version_on(_county(county), stage, on or timezone.localdate())
    if version is None:
        none = Words(zh="这一天没有施行的学区方案", en="no zones were in force on that day")
        return ZoneAnswerOut(state="none", words=none, version=None, zones=[], streets=[])
    found = lookup.by_address(version, street, door) if street else lookup.by_community(version, community)
    told = [ZoneOut(name=zone.name, schools=list(zone.schools)) for zone in found.zones]
    said = Words(zh=found.words.zh, en=found.words.en)
    return ZoneAnswerOut(
        state=found.state, words=said, version=version.pk, zones=told, streets=list(found.streets)
    )


@operation(router, "GET", "/public/counties/{county}/notices", None, Text("公告", "Notices"), list[NoticeOut])
def notices(request: HttpRequest, county: Id) -> Any:
    """今天显示的公告、资助政策和办事事项。 | Shown today: notices, aid policies, matters."""
    shown = [one for _, found in queries.notices(_county(county), timezone.localdate()) for one in found]
    whole = {one.pk: one for one in Notice.objects.filter(pk__in=[one.pk for one in shown])}
    return [_notice(whole[one.pk]) for one in shown]


def _notice(one: Notice) -> NoticeOut:
    return NoticeOut(
        id=one.pk, kind=one.kind, title=one.title, text=one.text, first_day=one.first_day.isoformat(),
        last_day=one.last_day.isoformat() if one.last_day else None,
    )  # fmt: skip


@operation(router, "GET", "/public/counties/{county}/draws", None, Text("抽签", "Draws"), list[DrawOut])
def draws(request: HttpRequest, county: Id) -> Any:
    """每次抽签最新的公布；文件在其页面。 | The newest publication of each; its files are on its page."""
    return [
        DrawOut(
            id=one.pk, draw=one.draw_id, title=one.title, transcript_sha256=one.transcript_sha256,
            published_at=one.published_at.isoformat(), page=reverse("public_draw", args=[one.pk]),
        )
        for one in queries.draws(_county(county))
    ]  # fmt: skip


@operation(
    router,
    "GET",
    "/public/counties/{county}/open-data",
    None,
    Text("开放数据", "Open data"),
    list[OpenDataOut],
)
def open_data(request: HttpRequest, county: Id) -> Any:
    """数据包的地址和哈希；小数目已隐去。 | Address and hash of each package; small cells are hidden."""
    return [_package(one) for one in queries.open_data(_county(county))]


def _package(one: OpenData) -> OpenDataOut:
    return OpenDataOut(
        id=one.pk, year=one.year, standard=one.standard, verdict=one.verdict, sha256=one.sha256,
        package=reverse("public_data_file", args=[one.pk]),
    )  # fmt: skip
