"""Bulletins, accountability lists, rules with a county's own values, the language of the pages."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.monitored import NOW, TODAY, People, alert_in, gap_in

from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import verdict_of
from junheng.web.monitoring import actions
from junheng.web.monitoring.actions import run_clocks
from junheng.web.monitoring.issuing import Period, issue_paper
from junheng.web.monitoring.library import overlay_of, own_values, rules_by
from junheng.web.monitoring.models import Alert, AlertState, OwnValue, Paper, Run
from junheng.web.monitoring.models.papers import path_of
from junheng.web.monitoring.paper_facts import courses_since, told_in
from junheng.web.monitoring.running import run_rules
from junheng.web.monitoring.values import set_value
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
_SENT = {"kind": "accountability", "first_day": "2026-01-01", "last_day": "2026-02-28"}
_DAYS = Period("accountability", TODAY - timedelta(days=60), TODAY)


def _words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return re.sub("<[^>]+>", "", packed.read("word/document.xml").decode())


@pytest.fixture
def late(site: Site, finding: Finding, person: People) -> None:
    """A gap that is 40 days overdue, was sent back once and has gone to the inspector."""
    officer, head = person(Role.OFFICER, site.county), person(Role.HEAD, site.neighbour)
    gap = gap_in(site, officer, alert_in(finding, site.neighbour), days=1)
    actions.take(head, gap, NOW)
    actions.report(head, gap, "已引进", NOW)
    actions.send_back(officer, gap, "未附聘书", NOW)
    run_clocks(NOW + timedelta(days=41), TODAY + timedelta(days=41))


def test_the_list_names_what_is_overdue(late: None, site: Site, person: People) -> None:
    made = issue_paper(person(Role.LEADER, site.county), site.county, _DAYS, NOW + timedelta(days=41))
    told = _words(made.path.read_bytes())
    for word in ("师范附小骨干教师不足", "校长", "40", "XX区师范附属小学", "升级至市级督导"):
        assert word in told, word
    assert Entry.objects.get(action="paper.issue").detail.count(made.sha256) == 1


def test_the_bulletin_tells_the_last_run(site: Site, finding: Finding, person: People) -> None:
    leader, days = person(Role.LEADER, site.county), Period("bulletin", TODAY, TODAY)
    with pytest.raises(ValidationError, match="还没有运行"):
        issue_paper(leader, site.county, days, NOW)
    assert not Paper.objects.exists()
    run = run_rules(finding, NOW)
    made = issue_paper(leader, site.county, days, NOW)
    told = _words(made.path.read_bytes())
    assert "2026年第1期" in told
    warnings = run.fired - finding.alerts.filter(kind="no_data").count()
    assert f"预警 {warnings} 条" in told
    assert "首期通报，没有上期可比" in told
    assert "上期差距的去向" not in told, "a first bulletin has no earlier gaps"


def test_a_bulletin_is_compared_with_the_one_before(site: Site, finding: Finding, person: People) -> None:
    leader = person(Role.LEADER, site.county)
    run = run_rules(finding, NOW)
    first = issue_paper(leader, site.county, Period("bulletin", TODAY, TODAY), NOW)
    warnings = Alert.objects.filter(county=site.county, kind="warning")
    gone, fresh = warnings.order_by("pk")[:2]
    Alert.objects.filter(pk=gone.pk).update(
        state=AlertState.GONE, gone_at=NOW, last_seen=NOW - timedelta(days=1)
    )
    first.told.remove(fresh.key)
    first.save(update_fields=["told"])
    run.still = [warnings.order_by("pk")[2].key]
    Alert.objects.filter(key=run.still[0]).update(last_seen=NOW - timedelta(days=1))
    run.save(update_fields=["still"])
    courses = list(courses_since(first, run, list(Alert.objects.filter(county=site.county))))
    found = {one.alert.key: one.course for one in courses}
    assert (found[gone.key], found[fresh.key], found[run.still[0]]) == ("closed", "new", "continuing")
    assert sorted(found.values()).count("new") == 1
    later = NOW + timedelta(days=60)
    second = issue_paper(leader, site.county, Period("bulletin", TODAY, TODAY + timedelta(days=59)), later)
    told = _words(second.path.read_bytes())
    for words in (
        "2026年第2期",
        "上期为2026年第1期（2026-03-02 – 2026-03-02，2026-03-02 印发）",
        "上期差距的去向",
    ):
        assert words in told, words
    assert "首期通报" not in told
    assert gone.key not in second.told
    assert fresh.key in second.told


def test_numbers_begin_anew_each_year(site: Site, finding: Finding, person: People) -> None:
    leader = person(Role.LEADER, site.county)
    numbers = []
    for year, month in ((2024, 2), (2024, 4), (2025, 2)):
        period = Period("accountability", date(year, month, 1), date(year, month, 28))
        made = issue_paper(leader, site.county, period, NOW)
        numbers.append((made.year, made.number))
    assert numbers == [(2024, 1), (2024, 2), (2025, 1)]


def test_an_older_bulletin_without_its_list_is_compared_by_the_day_it_was_issued(
    site: Site, finding: Finding
) -> None:
    old, new, gone = (alert_in(finding, site.neighbour, code=code) for code in ("1", "2", "3"))
    Alert.objects.filter(pk=new.pk).update(first_seen=NOW + timedelta(days=2))
    Alert.objects.filter(pk=gone.pk).update(gone_at=NOW - timedelta(days=2))
    paper = Paper(county=site.county, issued_at=NOW, told=None)
    assert told_in(paper, list(Alert.objects.all())) == {old.key}


def test_documents_follow_the_language_of_their_reader(
    late: None, site: Site, finding: Finding, person: People, browse: Browse
) -> None:
    run_rules(finding, NOW)
    leader = person(Role.LEADER, site.county)
    bulletin = issue_paper(leader, site.county, Period("bulletin", TODAY, TODAY), NOW + timedelta(days=41))
    listed = issue_paper(leader, site.county, _DAYS, NOW + timedelta(days=41))
    reader = browse(Role.LEADER, site.county)
    reader.post(reverse("language"), {"language": "en", "next": "/"})
    draft = reader.post(reverse("monitoring_draft", args=[site.county.pk]), {**_SENT, "kind": "bulletin"})
    sent = {
        paper: reader.get(reverse("monitoring_paper", args=[paper.pk])).content
        for paper in (bulletin, listed)
    }
    for content in (draft.content, *sent.values()):
        told = _words(content)
        for name in sorted((one["name"] for one in verdict_of(finding)["schools"]), key=len, reverse=True):
            told = told.replace(name, "")
        told = _DATA.sub("", told)
        assert set(re.findall("[\u4e00-\u9fff]", told)) - _CITED == set(), told[:200]
    assert "No. 1 of 2026" in _words(sent[bulletin])
    assert "No. 2 of 2026 (draft)" in _words(draft.content)
    assert "40 days overdue" in _words(sent[listed]), "the story of a gap is told in English too"
    assert "第1期" in _words(bulletin.path.read_bytes())
    path_of(bulletin.english_sha256).write_bytes(b"other")
    assert reader.get(reverse("monitoring_paper", args=[bulletin.pk])).status_code == 404


def test_each_standard_has_a_bulletin_of_its_own(site: Site, finding: Finding, browse: Browse) -> None:
    fired = run_rules(finding, NOW).fired - finding.alerts.filter(kind="no_data").count()
    leader, address = browse(Role.LEADER, site.county), reverse("monitoring_papers", args=[site.county.pk])
    assert 'name="standard"' not in leader.get(address).content.decode()
    other = Finding.objects.create(
        county=site.county, standard="basic-2012", year=2024, verdict="met", passed=0, judged=0, folder_name="basic",
        sha256="0" * 64,
    )  # fmt: skip
    Run.objects.create(finding=other, at=NOW + timedelta(days=1))
    assert '<option value="basic-2012">' in leader.get(address).content.decode()
    issue, days = reverse("monitoring_issue", args=[site.county.pk]), {**_SENT, "kind": "bulletin"}
    for standard in ("quality-2017", "basic-2012"):
        leader.post(issue, {**days, "standard": standard})
    first, second = Paper.objects.order_by("number")
    assert (first.number, second.number) == (1, 2), "one county's bulletins are counted together"
    assert "首期通报" in _words(second.path.read_bytes()), "of the other standard it is the first"
    assert (first.standard, second.standard) == ("quality-2017", "basic-2012")
    assert f"预警 {fired} 条" in _words(first.path.read_bytes())
    assert "预警 0 条" in _words(second.path.read_bytes())
    assert leader.post(issue, {**days, "standard": "none"}).status_code == 200
    assert Paper.objects.count() == 2


def test_only_the_leader_issues_and_an_issued_paper_stays(late: None, site: Site, browse: Browse) -> None:
    issue, draft = (reverse(name, args=[site.county.pk]) for name in ("monitoring_issue", "monitoring_draft"))
    for role, place in ((Role.OFFICER, site.county), (Role.HEAD, site.neighbour), (Role.LEADER, site.other)):
        assert browse(role, place).post(issue, _SENT).status_code == 404
    officer = browse(Role.OFFICER, site.county)
    assert _words(officer.post(draft, _SENT).content)
    assert not Paper.objects.exists(), "a draft is not kept"
    assert browse(Role.HEAD, site.neighbour).post(draft, _SENT).status_code == 404
    browse(Role.LEADER, site.county).post(issue, _SENT)
    paper = Paper.objects.get()
    address = reverse("monitoring_paper", args=[paper.pk])
    assert officer.get(address).content == paper.path.read_bytes()
    assert (
        paper.sha256[:12] in officer.get(reverse("monitoring_papers", args=[site.county.pk])).content.decode()
    )
    paper.path.write_bytes(b"other")
    assert officer.get(address).status_code == 404, "never others in its name"


@pytest.mark.parametrize("wrong", [{"last_day": "2025-01-01"}, {"last_day": "2999-01-01"}, {"kind": "x"}])
def test_a_wrong_period_issues_nothing(site: Site, browse: Browse, wrong: dict[str, str]) -> None:
    address = reverse("monitoring_issue", args=[site.county.pk])
    assert browse(Role.LEADER, site.county).post(address, {**_SENT, **wrong}).status_code == 200
    assert not Paper.objects.exists()


def test_the_rules_are_shown_with_line_and_source(site: Site, browse: Browse) -> None:
    page = browse(Role.HEAD, site.neighbour).get(reverse("monitoring_rules", args=[site.county.pk]))
    told = page.content.decode()
    for rule in rules_by("", "", TODAY):
        assert f'id="{rule.id}"' in told
        assert rule.citation.title in told
    assert (
        browse(Role.HEAD, site.neighbour).get(reverse("monitoring_rules", args=[site.other.pk])).status_code
        == 404
    )


def test_a_county_sets_its_own_value_and_takes_it_back(site: Site, person: People) -> None:
    leader = person(Role.LEADER, site.county)
    set_value(leader, site.county, "HOT-GROWTH", "growth", "0.25", "本区新城开发", NOW)
    set_value(leader, site.county, "HOT-GROWTH", "growth", "0.3", "再放宽", NOW)
    overlay = overlay_of(own_values(site.county), "999901")
    rule = next(one for one in rules_by(overlay, "999901", TODAY) if one.id == "HOT-GROWTH")
    assert str(rule.lines["growth"]) == "0.3"
    assert rule.citation.overlay == "999901-own"
    set_value(leader, site.county, "HOT-GROWTH", "growth", "", "恢复", NOW)
    assert overlay_of(own_values(site.county), "999901") == ""
    assert OwnValue.objects.count() == 3
    assert Entry.objects.filter(action="rule.value").count() == 3


@pytest.mark.parametrize(
    ("rule", "line", "value", "why"),
    [
        ("HOT-GROWTH", "growth", "很多", "理由"),
        ("HOT-GROWTH", "growth", "NaN", "理由"),
        ("HOT-GROWTH", "growth", "0.2", " "),
        ("HOT-GROWTH", "when", "1", "理由"),
        ("HOT-NONE", "growth", "1", "理由"),
        ("SCH-SIZE", "size_limit", "5000", "出自文件原文，不能改"),
    ],
)
def test_what_is_no_value_of_a_line_is_refused(
    site: Site, person: People, rule: str, line: str, value: str, why: str
) -> None:
    with pytest.raises(ValidationError):
        set_value(person(Role.LEADER, site.county), site.county, rule, line, value, why, NOW)
    assert not OwnValue.objects.exists()


def test_only_the_leader_sets_values(site: Site, browse: Browse) -> None:
    address = reverse("monitoring_value", args=[site.county.pk])
    sent = {"rule": "HOT-GROWTH", "name": "growth", "value": "0.2", "why": "理由"}
    for role in (Role.OFFICER, Role.ADMINISTRATOR):
        assert browse(role, site.county).post(address, sent).status_code == 404
    browse(Role.LEADER, site.county).post(address, sent)
    assert OwnValue.objects.get().value == "0.2"


_CITED = set(
    "教督号第六七条款项五十三四末教育事业统计班额分组"
)  # titles and articles of documents stay as they are
_DATA = re.compile(  # names of places and people, and what somebody typed
    "XX区|YY区|乙市|学校 |实验小学|师范附属小学|师范附小骨干教师不足|已引进|引进|达标|未附聘书"
    "|校长|县级负责人|县级业务人员"
)


def test_pages_switched_to_english_show_no_chinese_but_names_and_data(
    late: None, site: Site, finding: Finding, browse: Browse
) -> None:
    county = site.county.pk
    gap = finding.gaps.get()
    leader, inspector = browse(Role.LEADER, site.county), browse(Role.INSPECTOR, site.city)
    for client, address in (
        (leader, reverse("monitoring", args=[county])),
        (leader, reverse("gaps", args=[county]) + "?tab=overdue"),
        (leader, reverse("gap_new", args=[county]) + f"?alert={alert_in(finding, None).pk}"),
        (leader, reverse("monitoring_papers", args=[county])),
        (inspector, reverse("monitoring", args=[site.city.pk])),
        (inspector, reverse("gap", args=[gap.pk])),
    ):
        client.post(reverse("language"), {"language": "en", "next": "/"})
        main = client.get(address).content.decode().split("<main", 1)[1].split("</main>", 1)[0]
        assert re.findall("[\u4e00-\u9fff]+", _DATA.sub("", main)) == [], address
