"""The made-up county's appraisal: rounds half done, an appeal, targets and promises in every state."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from junheng.standards.scoring import index_system
from junheng.web.appraisal.acts import answer_veto
from junheng.web.appraisal.appeal_acts import appeal
from junheng.web.appraisal.commitment_acts import Said, commit, progress, report
from junheng.web.appraisal.models import Appraisal, Mark, Subject
from junheng.web.appraisal.opening import Days, open_appraisal
from junheng.web.audit.chain import record
from junheng.web.ledgers.demo import demo_photo
from junheng.web.people.models import Account, Organisation

_SYSTEM, _SELF, _SCORED = (
    "school-management",
    20,
    9,
)  # schools that evaluated themselves, that both raters scored
_RATINGS = ("excellent", "good", "good", "good", "fair")
_PROMISES = (  # words, measure, days until due
    ("小学 R1（每百名学生拥有高于规定学历教师数）达标学校不少于 60 所", "primary_R1_met >= 60", 40),
    ("初中网络多媒体教室达标学校全部达标", "junior_R7_met >= junior_schools", -60),
    ("新建城东小学主体完工", "", 220),
)


def open_demo_appraisal(county: Organisation, school: Organisation) -> Iterator[str]:
    """Make it, for the people the demonstration has."""
    who = {one: Account.objects.get(username=one) for one in ("officer", "inspector", "leader", "head")}
    today = timezone.localdate()
    with transaction.atomic():
        made = _opened(county, who, today)
        _marks(made, who, school)
        for subject in made.subjects.select_related("appraisal__county", "place").order_by("code")[1:_SCORED]:
            for veto in ("accident", "key-classes"):
                answer_veto(who["leader"], subject, veto, found=False, words="年度安全和招生台账（演示）")
        own = Subject.objects.get(appraisal=made, place=school)
        appeal(
            who["head"],
            own,
            made.rounds.get(name="county"),
            "M3-1",
            "音乐课已由走教教师开足，佐证未计入（演示）",
        )
        _commitments(county, school, who, today)
    yield f"考核评价 {made.year} 年、目标与承诺 | appraisal {made.year}, targets and promises"


def _opened(county: Organisation, who: dict[str, Account], today: date) -> Appraisal:
    system = index_system(_SYSTEM, on=today)
    days = {
        "self": Days(today - timedelta(days=30), today - timedelta(days=5)),
        "county": Days(
            today - timedelta(days=4), today + timedelta(days=40), (who["officer"], who["inspector"])
        ),
    }
    return open_appraisal(who["leader"], county, system, today.year, days)


def _marks(made: Appraisal, who: dict[str, Account], school: Organisation) -> None:
    items = [one.id for one in index_system(_SYSTEM, on=made.opened_on).items()]
    subjects = sorted(
        made.subjects.select_related("place"), key=lambda one: (one.place_id != school.pk, one.code)
    )
    rounds, now, rows = {one.name: one for one in made.rounds.all()}, timezone.now(), []
    for at, subject in enumerate(subjects[:_SELF]):
        for n, (name, rater) in enumerate((("self", "head"), ("county", "officer"), ("county", "inspector"))):
            if name == "county" and at >= _SCORED:
                continue
            rows += [
                Mark(
                    subject=subject, round=rounds[name], rater=who[rater], item=item, evidence="材料（演示）",
                    rating="excellent" if name == "self" else _RATINGS[(at + place + n * (place % 4 == 0)) % 5],
                    visited_on=made.opened_on if name == "county" else None, at=now,
                )
                for place, item in enumerate(items)
            ]  # fmt: skip
    Mark.objects.bulk_create(rows, batch_size=500)
    record(
        None, "appraisal.mark", "appraisal", made.pk, {"entries": len(rows)}, organisation_id=made.county_id
    )


def _commitments(county: Organisation, school: Organisation, who: dict[str, Account], today: date) -> None:
    for words, measure, days in _PROMISES:
        due = today + timedelta(days=days)
        commit(
            who["officer"],
            county,
            Said("promise", words, due, "教育局", "2023年度报告（演示）", None, measure),
        )
    year = today.year
    for n, words in enumerate(("音乐、美术教师配齐", "书香校园建成", "体育场馆改造完工")):
        day = date(year + n, 8, 31)
        goal = Said("three_year_plan", words, day, "校长", f"{year}—{year + 2} 三年规划", year + n)
        made = commit(who["head"], school, goal)
        if n == 0:
            progress(who["head"], made, "已招聘音乐教师 1 名（演示）", None)
    target = Said(
        "principal",
        "本校小学段各项指标达标",
        today + timedelta(days=200),
        "校长",
        "任期责任书",
        None,
        "primary_met >= 7",
    )
    commit(who["leader"], school, target)
    reached = commit(
        who["leader"],
        school,
        Said("recognition", "通过县级校园安全达标", today + timedelta(days=500), "校长"),
    )
    report(who["head"], reached, "已通过（演示）", demo_photo(school, "达标证明"))
