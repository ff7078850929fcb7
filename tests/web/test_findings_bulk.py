"""All counties of one input at once: each finding kept for its own county, or none at all."""

import json
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.timezone import now
from tests.web.conftest import Site

from junheng.basics import Text, UserError
from junheng.data import make_nation
from junheng.web.audit.models import Entry
from junheng.web.findings.actions import Asked
from junheng.web.findings.in_bulk import evaluate_all
from junheng.web.findings.models import Finding
from junheng.web.jobs.queries import known_source
from junheng.web.monitoring.running import run_rules
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Organisation
from junheng.web.people.queries import counties_of_codes
from junheng.web.people.roles import Kind
from junheng.web.whatif.warm import ground_of

YEAR, CODES = 2024, ("990001", "990002", "990003")


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province")
    make_nation(24, [YEAR], folder, 3, counties=len(CODES))
    return folder


@pytest.fixture
def counties(site: Site) -> dict[str, Organisation]:
    return {code: add_organisation(None, Kind.COUNTY, f"{code}县", site.city, code, YEAR) for code in CODES}


def _judged(source: Path) -> list[Finding]:
    asked = Asked(source, "quality-2017", YEAR)
    return list(evaluate_all(None, asked, lambda _: None, has_documents=False))


def _left() -> set[str]:
    home = Path(settings.HOME) / "findings"
    return {path.name for path in home.glob("*")} if home.exists() else set()


def test_each_county_keeps_its_own_finding(province: Path, counties: dict[str, Organisation]) -> None:
    found = _judged(province)
    assert [finding.county for finding in found] == list(counties.values())
    for finding, code in zip(found, CODES, strict=True):
        verdict = json.loads((finding.folder / "verdict.json").read_bytes())
        assert verdict["county"]["code"] == code
        schools = {school["school_id"] for school in verdict["schools"]}
        assert finding.judged == len(verdict["schools"]) > 0
        assert not schools & {
            school["school_id"]
            for other in found
            if other != finding
            for school in json.loads((other.folder / "verdict.json").read_bytes())["schools"]
        }
    assert Entry.objects.filter(action="finding.keep").count() == len(CODES)
    assert not [name for name in _left() if name.startswith("stage-")]


def test_judged_again_the_newer_take_their_place(province: Path, counties: dict[str, Organisation]) -> None:
    older, newer = _judged(province), _judged(province)
    assert set(Finding.objects.filter(is_current=True)) == set(newer)
    assert Finding.objects.count() == len(older) + len(newer)


def test_the_input_is_kept_once_for_all_its_findings(
    province: Path, counties: dict[str, Organisation], tmp_path: Path
) -> None:
    kept, source = Path(settings.HOME) / "judged_inputs", tmp_path / "province"
    shutil.rmtree(kept, ignore_errors=True)  # what other tests of this process judged
    shutil.copytree(province, source)
    found = _judged(source)
    shutil.rmtree(source)
    places = {known_source(finding) for finding in found}
    assert len(places) == 1
    assert [path.name for path in kept.iterdir()] == [places.pop().parent.name]  # type: ignore[union-attr] # None would have failed above
    ground = ground_of(found[1])
    assert ground.county.code == CODES[1]
    run = run_rules(found[1], now())
    assert run.fired > 0
    idle = {one["rule"] for one in run.idle}
    shutil.rmtree(kept)
    blind = {one["rule"] for one in run_rules(found[1], now()).idle}
    assert "SCH-SIZE" in blind - idle, "a rule over pupils has the input to look at"


def test_what_cannot_be_judged_keeps_no_input(province: Path, counties: dict[str, Organisation]) -> None:
    counties[CODES[1]].codes.update(first_year=YEAR + 1)
    held = _kept_inputs()
    with pytest.raises(UserError):
        _judged(province)
    assert _kept_inputs() == held


def _kept_inputs() -> list[Path]:
    return sorted((Path(settings.HOME) / "judged_inputs").glob("*"))


def test_a_county_the_tree_has_not_stops_all(province: Path, counties: dict[str, Organisation]) -> None:
    counties[CODES[1]].codes.update(first_year=YEAR + 1)
    before = _left()
    with pytest.raises(UserError, match=CODES[1]) as refused:
        _judged(province)
    assert "共 1 个" in refused.value.what.zh
    assert not Finding.objects.exists()
    assert _left() == before


def test_codes_are_looked_up_in_one_question(
    counties: dict[str, Organisation], django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator] # pytest-django's fixture has no type
        assert counties_of_codes(CODES, YEAR) == counties
    assert counties_of_codes(CODES, YEAR - 1) == {}


def test_the_command_tells_each_county_and_refuses_with_words(
    province: Path, counties: dict[str, Organisation]
) -> None:
    out, err = StringIO(), StringIO()
    call_command("evaluate_all", province, year=YEAR, no_documents=True, stdout=out, stderr=err)
    lines = out.getvalue().splitlines()
    assert sum(bool(re.fullmatch(r"99000\d县\t\w+\t\d+/\d+", line)) for line in lines) == len(CODES)
    with pytest.raises(SystemExit) as stopped:
        call_command("evaluate_all", province, year=1999, no_documents=True, stdout=out, stderr=err)
    assert stopped.value.code == 2
    assert err.getvalue()


def test_the_steps_are_told(province: Path, counties: dict[str, Organisation]) -> None:
    told: list[Text] = []
    list(evaluate_all(None, Asked(province, "quality-2017", YEAR), told.append, has_documents=False))
    assert [words.zh for words in told] == ["读取并检查数据", "判定", "写出 3 个县的结论"]
