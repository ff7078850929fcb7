"""Open data: small cells are hidden and no arithmetic on what is left gives them back."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.web.conftest import Site

from junheng.admissions import find_personal_data
from junheng.basics import UserError
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.findings.queries import verdict_of
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role
from junheng.web.public import folder_actions, opendata
from junheng.web.public.models import OpenData
from junheng.web.public.opendata import HIDDEN, figures, package, smallest_cell

Browse = Callable[[Role, Organisation], Client]
COUNTS = ("schools", "met", "not_met", "undecided")


def _tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def _indicators(finding: Finding) -> Iterator[tuple[dict[str, Any], dict[str, Any], int]]:
    for stage, told in verdict_of(finding)["stages"].items():
        for key, one in told["indicators"].items():
            yield {"stage": stage, "indicator": key}, one, told["schools"]


def test_the_package_holds_the_findings_figures(finding: Finding) -> None:
    made = figures(finding, with_schools=False, least=5)
    tables = _tables(package(made))
    assert set(tables) == {"county.csv", "stages.csv", "indicators.csv", "dictionary.csv"}
    assert tables["county.csv"][0]["verdict"] == verdict_of(finding)["county"]["verdict"]
    rows = {(row["stage"], row["indicator"]): row for row in tables["indicators.csv"]}
    shown = 0
    for key, one, schools in _indicators(finding):
        row = rows[key["stage"], key["indicator"]]
        assert row["schools"] == str(schools)
        assert row["cv"] == str(one["cv"])
        for name in ("met", "not_met", "undecided"):
            assert row[name] in (str(one[name]), HIDDEN)
            assert not (row[name] != HIDDEN and 0 < one[name] < 5)
            shown += row[name] != HIDDEN
    assert shown > 10
    for row in tables["dictionary.csv"][:-1]:
        assert row["column"] in tables[row["file"]][0], row
    said = {(row["file"], row["column"]) for row in tables["dictionary.csv"]}
    for name, found in tables.items():
        if name != "dictionary.csv":
            assert {(name, column) for column in found[0]} <= said


def _readings(row: dict[str, str], total: int, least: int) -> list[tuple[int, ...]]:
    """All counts that agree with what a row shows; the reader knows the rule."""
    cells = [row[name] for name in COUNTS[1:]]
    ranges = [range(total + 1) if cell == HIDDEN else (int(cell),) for cell in cells]
    return [found for found in product(*ranges) if sum(found) == total]


@settings(max_examples=examples(300), deadline=None)
@given(
    counts=st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)),
    least=st.integers(2, 6),
)
def test_no_hidden_count_follows_from_the_rest(counts: tuple[int, int, int], least: int) -> None:
    total = sum(counts)
    given_counts = dict(zip(COUNTS[1:], counts, strict=True))
    cells = opendata._counts(total, given_counts, least, total < least)
    row = dict(zip(COUNTS, cells, strict=True))
    if row["schools"] == HIDDEN:
        assert set(cells) == {HIDDEN}
        return
    for name, count in given_counts.items():
        assert row[name] == HIDDEN or not 0 < count < least
    readings = _readings(row, total, least)
    for place, name in enumerate(COUNTS[1:]):
        if row[name] == HIDDEN:
            assert len({reading[place] for reading in readings}) > 1, row


def _with_few(finding: Finding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The same finding, in which the first school has three pupils."""
    told = json.loads(json.dumps(verdict_of(finding)))
    first = told["schools"][0]
    first["pupils"] = 3.0
    monkeypatch.setattr(opendata, "verdict_of", lambda _: told)
    return first["stage"], first["school_id"]


def test_a_school_of_few_pupils_shows_nothing_and_the_whole_does_not_give_it_back(
    finding: Finding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, school = _with_few(finding, tmp_path, monkeypatch)
    tables = _tables(package(figures(finding, with_schools=True, least=5)))
    own = [row for row in tables["schools.csv"] if (row["stage"], row["school_id"]) == (stage, school)]
    assert own
    assert all(row["value"] == row["verdict"] == row["threshold"] == HIDDEN for row in own)
    for row in tables["indicators.csv"]:
        whole = [row[name] for name in (*COUNTS, "mean", "cv", "cv_verdict")]
        assert (set(whole) == {HIDDEN}) == (row["stage"] == stage)
    for row in tables["stages.csv"]:
        assert (row["met"] == HIDDEN) == (row["stage"] == stage)
    others = [row for row in tables["schools.csv"] if row["stage"] != stage]
    assert others
    assert not any(HIDDEN in row.values() for row in others)


def test_where_all_schools_are_shown_their_counts_are_theirs(finding: Finding) -> None:
    tables = _tables(package(figures(finding, with_schools=True, least=5)))
    for row in tables["indicators.csv"]:
        same = [
            one
            for one in tables["schools.csv"]
            if (one["stage"], one["indicator"]) == (row["stage"], row["indicator"])
        ]
        assert len(same) >= int(row["schools"])
        assert HIDDEN not in row.values()


def test_the_leader_opens_data_and_the_verdict_shows(site: Site, finding: Finding, browse: Browse) -> None:
    home = reverse("public_county", args=[site.county.pk])
    assert "未达标" not in Client().get(home).content.decode()
    address = reverse("publish_data", args=[site.county.pk])
    assert browse(Role.OFFICER, site.county).post(address, {"finding": finding.pk}).status_code == 404
    assert browse(Role.LEADER, site.county).post(address, {"finding": finding.pk}).status_code == 302
    made = OpenData.objects.get()
    assert not made.with_schools
    assert made.sha256 in Entry.objects.get(action="data.publish").detail
    assert "未达标" in Client().get(home).content.decode()
    page = Client().get(reverse("public_data", args=[made.pk]))
    assert page.status_code == 200
    assert "XX区师范附属小学" not in page.content.decode()
    served = Client().get(reverse("public_data_file", args=[made.pk]))
    assert served.content == made.path.read_bytes()
    assert find_personal_data(served.content) == []
    assert "schools.csv" not in zipfile.ZipFile(io.BytesIO(served.content)).namelist()
    assert set(_tables(served.content)) == {"county.csv", "stages.csv", "indicators.csv", "dictionary.csv"}


def test_two_shapes_of_one_year_never_stand_side_by_side(
    site: Site, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_actions.publish_data(None, finding, with_schools=False)
    with pytest.raises(UserError, match="另一种形式"):
        folder_actions.publish_data(None, finding, with_schools=True)
    monkeypatch.setenv("JUNHENG_SMALL_CELL", "3")
    assert smallest_cell() == 3
    with pytest.raises(UserError, match="另一种形式"):
        folder_actions.publish_data(None, finding, with_schools=False)
    monkeypatch.delenv("JUNHENG_SMALL_CELL")
    assert smallest_cell() == 5
    assert (
        folder_actions.publish_data(None, finding, with_schools=False).sha256
        == OpenData.objects.first().sha256
    )  # type: ignore[union-attr] # there is one


def test_another_countys_finding_cannot_be_opened(site: Site, finding: Finding, browse: Browse) -> None:
    address = reverse("publish_data", args=[site.other.pk])
    answer = browse(Role.LEADER, site.other).post(address, {"finding": finding.pk})
    assert answer.status_code == 200
    assert not OpenData.objects.exists()


def test_a_cell_never_becomes_a_formula() -> None:
    for cell in ("=1+1", "+A1", "@x", "-cmd|x", "\tx"):
        assert opendata.plain(cell) == f"'{cell}"
    for cell in ("-3", "+2.5", "1e-7", "学校", ""):
        assert opendata.plain(cell) == cell


def test_the_page_names_indicators_in_the_readers_language(site: Site, finding: Finding) -> None:
    folder_actions.publish_data(None, finding, with_schools=False)
    client, address = Client(), reverse("public_data", args=[OpenData.objects.get().pk])
    assert "每百名学生拥有高于规定学历教师数" in client.get(address).content.decode()
    client.post(reverse("language"), {"language": "en", "next": address})
    page = client.get(address).content.decode()
    assert "Teachers above the required education per 100 pupils" in page
    assert "每百名" not in page
    assert "High-quality balanced development" in page  # the standard by its name
