"""What a county that has no finding yet does first, in order: whose task each step is, and
whether it is done."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from junheng.basics import Text
from junheng.web.filing.models import CountyYear
from junheng.web.filing.permissions import may_list, may_open
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.permissions import may_administer, may_see_tree
from junheng.web.people.queries import held_today, within
from junheng.web.people.roles import Kind, Role

_ADMINISTRATOR, _OFFICER = Text("系统管理员", "administrator"), Text("规划统计科室", "statistics")
_EVERYBODY = Text("学校填报、县级审核", "schools file, the county reviews")


@dataclass(frozen=True, slots=True)
class First:
    """One step: ``address`` is where this person does it, "" where it is not theirs."""

    head: Text
    said: Text
    who: Text
    address: str
    is_done: bool


def first_steps(person: Account, county: Organisation) -> list[First]:
    """The steps; none once there is a finding, and none for any other place than a county. Five queries."""
    if county.kind != Kind.COUNTY or Finding.objects.filter(county=county).exists():
        return []
    schools = within(county).filter(kind=Kind.SCHOOL, closed_on=None).count()
    years = CountyYear.objects.filter(county=county)
    return [_schools(person, county, schools), _people(person, county), *_years(person, county, years)]


def _schools(person: Account, county: Organisation, count: int) -> First:
    done = Text(f"已有 {count} 所学校。", f"{count} schools are there.")
    empty = Text(
        "先建学校：下载模板填好一次导入，或在机构页逐个新设。每所学校要有当年的标识码，数据按它归到学校。",
        "Make the schools first: fill the template and import it, or add them one by one. Each needs its code of the "
        "year: data find their school by it.",
    )
    address = reverse("import", args=[county.pk, "organisations"]) if may_administer(person, county) else ""
    return First(Text("建学校", "Schools"), done if count else empty, _ADMINISTRATOR, address, bool(count))


def _people(person: Account, county: Organisation) -> First:
    posts = Post.objects.filter(held_today(), organisation__in=within(county), account__is_active=True)
    roles = set(posts.order_by().values_list("role", flat=True).distinct())
    words = Text(
        "再请人：至少一位县级业务人员（规划统计科室），每所学校一位填报员；批量导入会给出邀请链接，逐个分发。",
        "Then invite people: at least one officer (statistics) and a clerk of each school; an import gives the links of "
        "invitation to hand out.",
    )
    address = reverse("import", args=[county.pk, "people"]) if may_administer(person, county) else ""
    if not address and may_see_tree(person, county):
        address = reverse("people", args=[county.pk])
    is_done = Role.OFFICER in roles and bool({Role.CLERK, Role.HEAD} & roles)
    return First(Text("请人", "People"), words, _ADMINISTRATOR, address, is_done)


def _years(person: Account, county: Organisation, years: QuerySet[CountyYear]) -> list[First]:
    last = years.first()
    opened = Text(
        "开一个年度：定截止日期和评估标准；有上年数据表就一并给上，每所学校的报表会按它预填。",
        "Open a year: its due date and standard; with last year's tables each school's return begins prefilled.",
    )
    files = Text(
        "学校填报、提交，县里逐份审核；全部通过后定稿，评估自动开始，结论出现在本页。",
        "Schools file and submit, the county reviews; when all are accepted freeze the year: judging begins, and its "
        "finding appears on this page.",
    )
    address = reverse("filing_open", args=[county.pk]) if may_open(person, county) else ""
    listed = reverse("filing_years", args=[county.pk]) if may_list(person, county) else ""
    page = reverse("filing_year", args=[last.pk]) if last and listed else ""
    return [
        First(Text("开年度", "A year"), opened, _OFFICER, address, last is not None),
        First(
            Text("填报、审核、定稿", "Filing, review, freezing"),
            files,
            _EVERYBODY,
            page,
            bool(last and last.frozen_at),
        ),
    ]
