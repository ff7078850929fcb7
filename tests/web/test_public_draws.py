"""Draw pages: only what verifies goes out, told from the transcript, no name in any byte."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.test_public_parcels import zipped

from junheng.admissions import find_personal_data, read_applications
from junheng.basics import UserError, sha256_bytes
from junheng.cli import main
from junheng.reports.draws import shown
from junheng.web.audit.models import Entry
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role
from junheng.web.public import drawing, folder_actions, queries
from junheng.web.public.models import Draw

Browse = Callable[[Role, Organisation], Client]
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "admission"
FORMS, PLAN = EXAMPLE / "applications.xlsx", EXAMPLE / "plan.yaml"
REVEALS_BY = datetime.fromisoformat("2027-07-10T09:00:00+08:00")
ROLES = ("bureau", "notary", "parents")


def _say(patch: pytest.MonkeyPatch, *words: object) -> None:
    patch.setattr(sys, "argv", ["junheng", *(str(word) for word in words)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert not stopped.value.code, words


def _at(patch: pytest.MonkeyPatch, moment: datetime) -> None:
    for module in ("declaring", "revealing", "observing", "folder", "ending", "supplementing"):
        patch.setattr(f"junheng.draws.ceremony.{module}.present", lambda: moment)


def _folder(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()}


@pytest.fixture(scope="session")
def draw_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An official draw of the example's 1,200 children, decided, its clock still ours."""
    base = tmp_path_factory.mktemp("draw")
    folder = base / "draw"
    with pytest.MonkeyPatch.context() as patch:
        _at(patch, REVEALS_BY - timedelta(days=1))
        _say(patch, "draw", "freeze", FORMS, "--plan", PLAN, "--out", folder)
        for role in ROLES:
            _say(patch, "draw", "commit", folder, "--role", role, "--secret", base / f"{role}.txt")
        _say(patch, "draw", "spec", folder, "--plan", PLAN)
        for role in ROLES:
            _say(patch, "draw", "reveal", folder, "--role", role, "--secret", base / f"{role}.txt")
        _at(patch, REVEALS_BY + timedelta(hours=1))
        _say(patch, "draw", "beacon", folder, "--observed", "hall=3 11 20 7 29 33")
        _say(patch, "draw", "seed", folder)
        _say(patch, "draw", "run", folder)
        _say(patch, "draw", "publish", folder, "--out", base / "public")
        yield folder


@pytest.fixture(scope="session")
def handed(draw_folder: Path) -> dict[str, bytes]:
    """Its public folder, as ``junheng draw publish`` wrote it."""
    return _folder(draw_folder.parent / "public")


@pytest.fixture(scope="session")
def corrected(draw_folder: Path, handed: dict[str, bytes]) -> dict[str, bytes]:
    """The same, after one child was struck off."""
    pid = json.loads((draw_folder / "roll" / "rows.jsonl").read_bytes().splitlines()[0])["pid"]
    with pytest.MonkeyPatch.context() as patch:
        _at(patch, REVEALS_BY + timedelta(days=1))
        _say(patch, "draw", "strike-off", draw_folder, "--pid", pid, "--reason", "重复报名")
        _say(patch, "draw", "publish", draw_folder, "--out", draw_folder.parent / "corrected")
    return _folder(draw_folder.parent / "corrected")


@pytest.fixture
def draw(site: Site, handed: dict[str, bytes]) -> Draw:
    """Published for the first county."""
    return folder_actions.publish_draw(None, site.county, drawing.public_files(handed))


def test_an_officer_publishes_the_folder_and_lists_with_names_stay_behind(
    site: Site, browse: Browse, handed: dict[str, bytes]
) -> None:
    assert "录取公示表.xlsx" in handed
    parcel = SimpleUploadedFile("p.zip", zipped({f"公布/{name}": part for name, part in handed.items()}))
    address = reverse("publish_draw", args=[site.county.pk])
    assert browse(Role.OFFICER, site.county).post(address, {"parcel": parcel}).status_code == 302
    made = Draw.objects.get()
    kept = {"transcript.json", "log.jsonl", "log-proof.json", "verify.html", "verify_draw.py"}
    assert set(_folder(made.folder)) == kept
    assert made.transcript_sha256 in Entry.objects.get(action="draw.publish").detail


def test_no_name_in_any_public_byte(site: Site, draw: Draw) -> None:
    names = {child.cell("name") for child in read_applications(FORMS).children}
    assert len(names) > 500
    pages = [reverse("public_draw", args=[draw.pk]), reverse("public_county", args=[site.county.pk])]
    pages += [reverse("public_draw_file", args=[draw.pk, name]) for name in _folder(draw.folder)]
    for page in pages:
        assert find_personal_data(Client().get(page).content, names=names) == [], page


def test_the_page_tells_the_transcripts_facts(draw: Draw, handed: dict[str, bytes]) -> None:
    transcript: Any = json.loads(handed["transcript.json"])
    page = Client().get(reverse("public_draw", args=[draw.pk])).content.decode()
    for word in ("seed", "spec_digest"):
        assert transcript[word] in page
    assert transcript["result"]["root"] in page
    names = {school["id"]: school["name"] for school in transcript["spec"]["problem"]["schools"]}
    digits = transcript["spec"]["problem"]["digits"]
    for school in transcript["result"]["schools"]:
        assert names[school["id"]] in page
        for pool in school["pools"]:
            cutoff = pool["cutoff"]
            assert isinstance(cutoff, str) or shown(cutoff["ticket"], digits) in page
    for name, digest in json.loads(draw.files).items():
        assert digest in page
        served = Client().get(reverse("public_draw_file", args=[draw.pk, name]))
        assert sha256_bytes(served.content) == digest
        assert served["Content-Disposition"].startswith("attachment")
    assert page.count("公告所列的程序") == 2


def test_ones_own_number_beside_the_cut_offs(draw: Draw) -> None:
    facts = queries.facts_of(draw)
    line = facts.lines[0]
    width = len(line.number)

    def told(number: str) -> str:
        return dict(drawing.beside_lines(facts.transcript, list(facts.lines), number))[line]

    assert told(line.number) == "at"
    assert told(str(int(line.number) - 1).zfill(width)) == "before"
    assert told(str(int(line.number) + 1).zfill(width)) == "after"
    turned = json.loads(json.dumps(facts.transcript))
    turned["spec"]["problem"]["order"] = "descending"
    higher = str(int(line.number) + 1).zfill(width)
    assert dict(drawing.beside_lines(turned, list(facts.lines), higher))[line] == "before"
    assert drawing.beside_lines(facts.transcript, list(facts.lines), "12") == []
    address = reverse("public_draw", args=[draw.pk])
    assert "同档同类时够线" in Client().get(address, {"number": "0" * width}).content.decode()
    page = Client().get(address, {"number": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "没有这种位数" in page


def test_a_correction_comes_as_a_new_publication_of_the_same_record(
    site: Site, draw: Draw, corrected: dict[str, bytes]
) -> None:
    files = drawing.public_files(corrected)
    assert "correction-0001.json" in files
    newer = folder_actions.publish_draw(None, site.county, files)
    page = Client().get(reverse("public_draw", args=[newer.pk])).content.decode()
    assert "重复报名" in page
    root = json.loads(corrected["correction-0001.json"])["result"]["root"]
    assert root in page
    assert reverse("public_draw", args=[newer.pk]) in (
        Client().get(reverse("public_draw", args=[draw.pk])).content.decode()
    )
    home = Client().get(reverse("public_county", args=[site.county.pk])).content.decode()
    assert reverse("public_draw", args=[newer.pk]) in home
    assert reverse("public_draw", args=[draw.pk]) not in home


def test_what_does_not_verify_is_refused(
    site: Site, handed: dict[str, bytes], corrected: dict[str, bytes]
) -> None:
    seed = json.loads(handed["transcript.json"])["seed"].encode()
    other = handed["transcript.json"].replace(seed, seed[::-1])
    false = corrected["correction-0001.json"].replace("重复报名".encode(), "资格不符".encode())
    one_line_less = b"\n".join(handed["log.jsonl"].splitlines()[:-1]) + b"\n"
    for files in (
        handed | {"transcript.json": other},
        handed | {"transcript.json": b"{}"},
        handed | {"log.jsonl": handed["log.jsonl"].replace(b'"number":2', b'"number":3')},
        handed | {"log.jsonl": one_line_less},
        handed | {"correction-0001.json": corrected["correction-0001.json"]},
        corrected | {"correction-0001.json": false},
        {f"rehearsal-{name}": part for name, part in handed.items()},
        {name: part for name, part in handed.items() if name != "log.jsonl"},
        {name: part for name, part in handed.items() if name != "transcript.json"},
    ):
        with pytest.raises(UserError):
            drawing.public_files(files)


def test_a_false_verifier_is_never_served(handed: dict[str, bytes]) -> None:
    files = drawing.public_files(handed | {"verify.html": b"<script>steal()</script>"})
    assert files["verify.html"] == handed["verify.html"]


def test_another_transcript_of_the_same_draw_is_refused(
    site: Site, draw: Draw, handed: dict[str, bytes]
) -> None:
    files = drawing.public_files(handed)
    changed = files | {"transcript.json": files["transcript.json"] + b"\n"}
    before = set(draw.folder.parent.iterdir())
    with pytest.raises(UserError, match="另一份记录"):
        folder_actions.publish_draw(None, site.county, changed)
    assert set(draw.folder.parent.iterdir()) == before  # nothing is left behind


def test_only_its_own_files_are_ever_opened(draw: Draw) -> None:
    for name in ("..", "secret.key", "transcript.json.bak", "..%2F..%2Fsecret.key", "%2e%2e", "private"):
        path = f"/open/draw/{draw.pk}/{name}"
        assert Client().get(path).status_code == 404, name
