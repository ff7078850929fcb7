"""Draws and rehearsals as jobs: the command's own bytes, and no name outside the private papers."""

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.drawn import ADMISSION, folder_zip, observed, say
from tests.web.test_jobs import done, packed, page, saved

from junheng.admissions import find_personal_data, read_applications
from junheng.web.audit.models import Entry
from junheng.web.jobs.draw_folder import program_notes
from junheng.web.jobs.models import Job, Line, Upload
from junheng.web.jobs.states import State
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role
from junheng.web.public.models import Draw

Browse = Callable[[Role, Organisation], Client]


@pytest.fixture(scope="session")
def ceremony(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's admission draw, its beacons in."""
    base = tmp_path_factory.mktemp("ceremony")
    return observed(base, ADMISSION, "applications.xlsx", "2027-07-10T09:00:00+08:00")


def asked(browser: Client, name: str, county: Organisation, **given: object) -> Job:
    """A work asked for in the browser."""
    answer = browser.post(reverse(name, args=[county.pk]), given)
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.latest("pk")


def rows_of_the_database() -> str:
    """Everything a job leaves in the database."""
    rows = [*Job.objects.values_list("options", "result", "error"), *Line.objects.values_list("zh", "en")]
    rows += [*Upload.objects.values_list("name"), *Entry.objects.values_list("detail")]
    return json.dumps(rows, ensure_ascii=False, default=str)


def no_name(text: str) -> None:
    """No name, number, telephone of the example's children."""
    names = {child.cell("name") for child in read_applications(ADMISSION / "applications.xlsx").children}
    assert find_personal_data(text.encode(), names=names) == []


def test_a_draw_is_the_commands_own_and_goes_public_by_one_click(
    site: Site, browse: Browse, ceremony: Path, tmp_path: Path
) -> None:
    leader, marker = browse(Role.LEADER, site.county), tmp_path / "run"
    evil = f"open({str(marker)!r}, 'w').write('x')".encode()
    programs = {
        f"{place}{name}.py": evil for place in ("", "draw/") for name in ("junheng", "json", "verify_draw")
    }
    job = asked(leader, "job_draw", site.county, file=folder_zip(ceremony, programs), papers="on")
    assert done(job).state == State.DONE, (job.error, job.folder and (job.folder / "said.json").read_text())
    assert not marker.exists()

    copy = shutil.copytree(ceremony, tmp_path / "draw")
    with pytest.MonkeyPatch.context() as patch:
        say(patch, "draw", "seed", copy)
        say(patch, "draw", "run", copy)
    with ZipFile(BytesIO(saved(leader, "job_paper", job.pk, "抽签文件夹.zip"))) as kept:
        for name in ("seed.json", "result/result.json", "result/results.jsonl", "private/identities.jsonl"):
            assert kept.read(name) == (copy / name).read_bytes()
    assert job.result["root"] == json.loads((copy / "result/result.json").read_bytes())["root"]
    with ZipFile(BytesIO(saved(leader, "job_paper", job.pk, "凭条.zip"))) as slips:
        assert len(slips.namelist()) == 2 * 1200 + 1

    text = page(leader, "job", job.pk)
    assert "没有运行" in text
    assert "与公告的不同" in text
    no_name(rows_of_the_database())
    assert "张三" not in rows_of_the_database()
    assert leader.post(reverse("job_publish", args=[job.pk])).status_code == 302
    made = Draw.objects.get()
    assert made.county == site.county
    assert {path.suffix for path in made.folder.iterdir()} <= {".json", ".jsonl", ".html", ".py"}
    assert reverse("public_draw", args=[made.pk]) in page(leader, "job", job.pk)


def test_a_draw_before_its_beacons_is_refused_in_the_commands_words(
    site: Site, browse: Browse, ceremony: Path, tmp_path: Path
) -> None:
    early = shutil.copytree(ceremony, tmp_path / "draw")
    (early / "beacons.json").unlink()
    leader = browse(Role.LEADER, site.county)
    job = done(asked(leader, "job_draw", site.county, file=folder_zip(early)))
    assert job.state == State.FAILED
    assert "封存的文件被改动或丢失" in page(leader, "job", job.pk)
    assert "改动" not in rows_of_the_database(), "the command's words are no part of the row"
    assert leader.post(reverse("job_publish", args=[job.pk]), follow=True).status_code == 200
    assert not Draw.objects.exists()
    before = job.folder
    assert before is not None
    leader.post(reverse("job_retry", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.folder_name) == (State.QUEUED, "")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"a.json": b"{}"}, "找到 0 个"),
        ({"run.sh": b"x"}, "不支持的文件类型"),
        ({"../log.jsonl": b"{}"}, "路径不安全"),
        ({"log.jsonl": b"", "roll/roll.json": b"not json"}, "roll/roll.json"),
    ],
)
def test_what_is_no_draw_is_not_kept(site: Site, browse: Browse, parts: dict[str, bytes], words: str) -> None:
    answer = browse(Role.LEADER, site.county).post(
        reverse("job_draw", args=[site.county.pk]), {"file": packed(parts)}
    )
    assert words in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_rehearsal_is_packed_and_never_published(site: Site, browse: Browse) -> None:
    leader = browse(Role.LEADER, site.county)
    file = SimpleUploadedFile("x.zip", folder_zip(ADMISSION).read())
    job = done(asked(leader, "job_rehearse", site.county, file=file, times=2))
    assert job.state == State.DONE, (job.error, job.folder)
    with ZipFile(BytesIO(saved(leader, "job_paper", job.pk, "演练.zip"))) as kept:
        rolls = [json.loads(kept.read(f"{number}/roll/roll.json")) for number in ("01", "02")]
    assert {roll["purpose"] for roll in rolls} == {"rehearsal"}
    assert "1200 人报名" in page(leader, "job", job.pk)
    no_name(rows_of_the_database())
    leader.post(reverse("job_publish", args=[job.pk]))
    assert not Draw.objects.exists()


def test_a_program_of_the_archive_is_told_and_taken_away(ceremony: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(ceremony, tmp_path / "draw")
    (folder / "verify_draw.py").write_text("raise SystemExit")
    (folder / "other.PY").write_text("x")
    notes = program_notes(folder, tmp_path)
    assert [("与公告的不同" in note.zh, "没有运行" in note.zh) for note in notes] == [(True, True)]
    assert not list(tmp_path.rglob("*.[pP][yY]"))
