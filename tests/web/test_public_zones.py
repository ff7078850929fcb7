"""Zones: known doors find their schools, on their days, by the rule shown; the past stays."""

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.test_public_parcels import zipped

from junheng.basics import UserError
from junheng.planning import kind_of, seal_plan, write_plan
from junheng.web.audit.models import Entry
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role
from junheng.web.public import actions, zoning
from junheng.web.public.lookup import by_address, by_community, content_of, version_on
from junheng.web.public.models import ZoneVersion

Browse = Callable[[Role, Organisation], Client]
PROBLEM = Path(__file__).resolve().parents[2] / "examples" / "plans" / "zone" / "junior.yaml"
LIST = """学区编号,学区,学校,街道,门牌号段,居委会
Z1,第一学区,甲小学、乙小学,中山路,单号1-199,东社区
Z2,第二学区,丙小学,中山路,双2-100、301以上,西社区
Z1,第一学区,,建设街,全部,东社区
Z2,第二学区,,胜利巷,12弄、5,东社区
Z2,第二学区,,,,南社区
"""


def _publish(county: Organisation, text: str = LIST, day: str = "2025-09-01") -> ZoneVersion:
    zones = zoning.from_list(text.encode(), "primary", f"{day[:4]}年", date.fromisoformat(day))
    return actions.publish_zones(None, county, zones, "list", text.encode())


@pytest.fixture
def version(site: Site) -> ZoneVersion:
    """The list of the first county."""
    return _publish(site.county)


@pytest.fixture(scope="session")
def plan() -> dict[str, bytes]:
    """A plan of the example's junior zones, as ``junheng plan zone`` leaves it."""
    kind = kind_of("zone")
    problem = kind.read_problem(PROBLEM)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_plan(folder, problem, kind.solve(problem, gap=0.05, seconds=10))
        seal_plan(folder, {"command": ["test"]})
        return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("street", "door", "state", "schools"),
    [
        ("中山路", "1", "found", ("甲小学", "乙小学")),
        ("中山路", "199号", "found", ("甲小学", "乙小学")),
        ("中山路", "１２３号", "found", ("甲小学", "乙小学")),
        ("中山路", "2", "found", ("丙小学",)),
        ("中山路", "100 号", "found", ("丙小学",)),
        ("中山路", "301", "found", ("丙小学",)),
        ("中山路", "99998", "found", ("丙小学",)),
        ("中山路12号3单元501室", "", "found", ("丙小学",)),
        ("中山路", "12号3单元501", "found", ("丙小学",)),
        ("中山路", "12号501", "unclear", ()),  # never door 12501, on the other side of the street
        ("中山路", "1 502", "unclear", ()),
        ("建设街", "", "found", ("甲小学", "乙小学")),  # the whole street is listed
        ("建设街", "77", "found", ("甲小学", "乙小学")),
        ("胜利巷", "12弄25号", "found", ("丙小学",)),
        ("胜利巷", "5", "found", ("丙小学",)),
        ("中山路", "201", "outside", ()),  # odd, between 199 and 301
        ("中山路", "102", "outside", ()),  # even, beyond 100
        ("胜利巷", "12", "outside", ()),  # lane 12 is listed, house 12 is not
        ("中山路", "甲12号", "unclear", ()),
        ("中山路", "12号甲", "unclear", ()),
        ("中山路", "12-3号", "unclear", ()),
        ("中山路", "12-16号", "unclear", ()),
        ("中山路", "", "unclear", ()),
        ("东中山路", "1", "unknown", ()),
        ("中山", "1", "unknown", ()),
    ],
)
def test_known_doors(
    version: ZoneVersion, street: str, door: str, state: str, schools: tuple[str, ...]
) -> None:
    answer = by_address(version, street, door)
    assert answer.state == state
    assert tuple(school for zone in answer.zones for school in zone.schools) == schools
    if state == "found":
        assert {row["street"] for zone in answer.zones for row in zone.lines} <= {
            "中山路",
            "建设街",
            "胜利巷",
        }
    if state == "unknown":
        assert "中山路" in answer.streets
    if state == "outside":
        assert all(row["street"] == street for row in answer.near)


def test_a_street_in_parts_asks_for_the_number(version: ZoneVersion) -> None:
    answer = by_address(version, "中山路", "")
    assert "请再填门牌号" in answer.words.zh
    assert len(answer.near) == 2


def test_every_listed_door_is_found_in_its_own_zone(version: ZoneVersion) -> None:
    """All doors 1–400 of 中山路 against the list read by eye."""
    for door in range(1, 401):
        odd = door % 2 == 1
        own = (
            "甲小学"
            if odd and door <= 199
            else "丙小学"
            if (not odd and door <= 100) or door >= 301
            else None
        )
        zones = by_address(version, "中山路", str(door)).zones
        assert (zones[0].schools[0] if zones else None) == own, door


def test_communities(version: ZoneVersion) -> None:
    assert by_community(version, "西社区").zones[0].schools == ("丙小学",)
    assert by_community(version, "南社区").zones[0].name == "第二学区"
    shared = by_community(version, "东社区")
    assert shared.state == "several"
    assert {zone.name for zone in shared.zones} == {"第一学区", "第二学区"}
    unknown = by_community(version, "西社")
    assert (unknown.state, unknown.streets[0]) == ("unknown", "西社区")


def test_days_decide_and_nothing_is_overwritten(site: Site, version: ZoneVersion) -> None:
    changed = LIST.replace("甲小学、乙小学", "丁小学")
    later = _publish(site.county, changed, "2026-09-01")
    found = {
        day: version_on(site.county, "primary", date.fromisoformat(day))
        for day in ("2025-08-31", "2025-09-01", "2026-08-31", "2026-09-01", "2030-01-01")
    }
    assert list(found.values()) == [None, version, version, later, later]
    assert version_on(site.county, "junior", date(2026, 1, 1)) is None
    assert version_on(site.other, "primary", date(2026, 1, 1)) is None
    for day in ("2026-09-01", "2026-01-01", "2025-09-01"):
        with pytest.raises(UserError, match="须晚于"):
            _publish(site.county, LIST, day)
    version.refresh_from_db()
    assert "甲小学" in version.content
    assert "丁小学" not in version.content


def test_a_withdrawn_version_holds_for_its_days_and_none_takes_its_place(
    site: Site, version: ZoneVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    coming = _publish(site.county, LIST, "2031-09-01")
    monkeypatch.setattr(actions.timezone, "localdate", lambda: date(2030, 1, 10))
    actions.withdraw(None, coming, "方案有误")
    assert version_on(site.county, "primary", date(2032, 1, 1)) == version
    actions.withdraw(None, version, "重新划分")
    assert version_on(site.county, "primary", date(2030, 1, 9)) == version
    assert version_on(site.county, "primary", date(2030, 1, 10)) is None
    with pytest.raises(UserError, match="早已撤回"):
        actions.withdraw(None, version, "again")
    assert _publish(site.county, LIST, "2031-09-01").pk


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LIST + "Z3,第三学区,戊小学,中山路,150-160,\n", "两个学区"),
        (LIST + "Z1,第一学区,,解放路,从头到尾,\n", "读不懂"),
        (LIST + "Z1,第一学区,,,1-5,\n", "缺学区或街道"),
        ("学区,门牌号段\n第一,1\n", "没有“街道”"),
        ("学区,街道,门牌号段\n", "空"),
        (LIST + "Z1,第一学区,,解放路13800001234,1,\n", "电话"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(site: Site, text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        _publish(site.county, text)
    assert not ZoneVersion.objects.exists()


def test_a_list_of_old_excel_is_read(site: Site) -> None:
    zones = zoning.from_list(LIST.encode("gb18030"), "primary", "x", date(2025, 9, 1))
    assert zones.content["zones"][0]["schools"] == ["甲小学", "乙小学"]


def test_a_plan_is_published_without_its_pupils(site: Site, browse: Browse, plan: dict[str, bytes]) -> None:
    officer = browse(Role.OFFICER, site.county)
    parcel = SimpleUploadedFile("plan.zip", zipped({f"zone/{name}": part for name, part in plan.items()}))
    answer = officer.post(reverse("publish_plan", args=[site.county.pk]), {"parcel": parcel})
    assert answer.status_code == 302
    made = ZoneVersion.objects.get()
    assert made.first_day == date(2025, 9, 1)
    told = content_of(made)
    assert set(told) == {"zones", "rows"}
    assert {key for row in told["rows"] for key in row} == {"zone", "street", "numbers", "community"}
    assert {key for zone in told["zones"] for key in zone} == {"id", "name", "schools"}
    entry = Entry.objects.get(action="zones.publish")
    assert made.sha256 in entry.detail
    _answers_as_the_plan(made, plan)


def _answers_as_the_plan(made: ZoneVersion, plan: dict[str, bytes]) -> None:
    """Every block's own first door is answered with the school the plan gives the block."""
    problem: Any = json.loads(plan["problem.json"])
    outcome: Any = json.loads(plan["plan.json"])
    names = {zone["id"]: zone["name"] for zone in problem["zones"]}
    own = {row["block"]: names[row["zone"]] for row in outcome["assignment"]}
    for block in problem["blocks"]:
        address = block["addresses"][0]
        door = address["numbers"].split("-")[0].replace("全部", "")
        answer = by_address(made, address["street"], door)
        assert [zone.name for zone in answer.zones] == [own[block["id"]]], address


def test_a_plan_touched_afterwards_is_refused(plan: dict[str, bytes]) -> None:
    with pytest.raises(UserError, match="与生成时不同"):
        zoning.from_plan(plan | {"plan.json": plan["plan.json"].replace(b"within_gap", b"optimal")})
    with pytest.raises(UserError):
        zoning.from_plan({"a": b"1"})


def test_the_page_tells_version_rule_and_near_misses(site: Site, version: ZoneVersion) -> None:
    address = reverse("public_zones", args=[site.county.pk])
    asked = {"stage": "primary", "on": "2026-01-01", "street": "中山路", "door": "15", "community": ""}
    page = Client().get(address, asked).content.decode()
    for words in ("甲小学、乙小学", "2025-09-01", "单号1-199", "单号", str(version)):
        assert words in page
    assert "丙小学" not in page
    early = Client().get(address, asked | {"on": "2020-01-01"}).content.decode()
    assert "小学 · 2020-01-01 没有施行中的学区" in early
    assert "301以上" in Client().get(address, asked | {"door": "201"}).content.decode()
    assert "street=%E4%B8%AD" in Client().get(address, asked | {"street": "中山"}).content.decode()
    assert Client().get(address, asked | {"on": "x"}).status_code == 200
    listed = Client().get(reverse("public_zone_list", args=[version.pk])).content
    again = zoning.from_list(listed, "primary", "x", version.first_day)
    assert again.content["rows"] == sorted(content_of(version)["rows"], key=lambda row: row["zone"])


def test_the_example_is_an_address_of_the_county_s_own_list(site: Site, version: ZoneVersion) -> None:
    shown = Client().get(reverse("public_county", args=[site.county.pk])).context["example"]
    answer = by_address(version, *shown)
    assert answer.state == "found", shown
    other = Client().get(reverse("public_county", args=[site.other.pk]))
    assert other.context["example"] is None
    assert "例：" not in other.content.decode()


def test_look_ups_are_not_kept(site: Site, version: ZoneVersion) -> None:
    before = Entry.objects.count()
    Client().get(
        reverse("public_zones", args=[site.county.pk]),
        {"stage": "primary", "street": "中山路", "on": "2026-01-01"},
    )
    assert Entry.objects.count() == before
