"""Taking a freezing back: the returns are accepted again, and may be sent back. What was
frozen stays as it was."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.audit.chain import record
from junheng.web.clocks.giving import Message, give
from junheng.web.filing.models import CountyYear, Filing, UndoneFreeze
from junheng.web.filing.refusing import refused
from junheng.web.filing.states import Act, State, transition
from junheng.web.jobs.models import Job
from junheng.web.jobs.queries import of_snapshot
from junheng.web.jobs.states import Work
from junheng.web.people.models import Account, Post
from junheng.web.people.queries import held_today
from junheng.web.people.roles import Role
from junheng.web.public.models import OpenData

_WORDS = 500  # what the database keeps of a reason


@transaction.atomic
def unfreeze(actor: Account, year: CountyYear, reason: str) -> UndoneFreeze:
    """Take it back. Raises ValidationError without a reason, and where ``in_the_way`` names one.

    Its tables and its finding are kept: whoever read them can still read them, and read that they were taken back.
    """
    now = CountyYear.objects.select_for_update(of=("self",)).select_related("county").get(pk=year.pk)
    said, way = " ".join(reason.split())[:_WORDS], transition(Act.UNFREEZE, State.FROZEN)
    if way is None or not now.frozen_at:
        raise refused("这一年没有定稿", "this year is not frozen")
    if not said:
        raise refused("撤销定稿须写明理由", "say why the freezing is taken back")
    if is_judging(now):
        raise refused("正在评估，请等它完成或先取消任务", "it is being judged: wait, or cancel the job")
    if is_published(now):
        raise refused(
            "由这份定稿作出的结论已公布，请先在“公布”里撤回",
            "a finding made of it is published: withdraw it on the page Publish first",
        )
    undone = UndoneFreeze.objects.create(
        county_year=now, snapshot=now.snapshot, sha256=now.sha256, frozen_at=now.frozen_at,
        missing_reason=now.missing_reason, finding=now.finding, by=actor, by_name=actor.name, reason=said,
    )  # fmt: skip
    back = Filing.every.filter(county_year=now, state=way.before).update(state=way.after)
    detail = {"year": now.year, "returns": back, "sha256": now.sha256, "reason": said}
    detail |= {"finding": now.finding_id} if now.finding_id else {}
    now.frozen_at, now.finding, now.snapshot, now.sha256, now.missing_reason = None, None, "", "", ""
    now.save(update_fields=["frozen_at", "finding", "snapshot", "sha256", "missing_reason"])
    record(actor, "filing.unfreeze", "county_year", now.pk, detail, organisation_id=now.county_id)
    _tell(now, undone)
    return undone


def _tell(year: CountyYear, undone: UndoneFreeze) -> None:
    """The county's officers hear of it at once: from now on they may send returns back."""
    posts = Post.objects.filter(
        held_today(), role=Role.OFFICER, organisation=year.county_id, account__is_active=True
    )
    name = f"{year.county.name} {year.year}"
    words = Text(
        f"{name} 年撤销定稿：{undone.reason}。改好后请重新定稿",
        f"{name}: the freezing was taken back ({undone.reason}); mend it and freeze again",
    )
    message = Message(f"unfreeze:{undone.pk}", words, reverse("filing_year", args=[year.pk]))
    people = dict.fromkeys(post.account for post in posts.select_related("account"))
    give(people, message, timezone.now())


def is_judging(year: CountyYear) -> bool:
    """Whether a finding of the frozen year is being made."""
    job = of_snapshot(year.county, year.snapshot)
    return job is not None and job.is_open


def is_published(year: CountyYear) -> bool:
    """Whether figures of a finding made of the frozen year stand among the open data."""
    made = Job.objects.filter(county=year.county_id, work=Work.EVALUATE, options__snapshot=year.snapshot)
    findings = [*made.exclude(finding=None).values_list("finding", flat=True), year.finding_id]
    return OpenData.objects.filter(finding__in=findings, withdrawn_on=None).exists()
