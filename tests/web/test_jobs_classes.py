"""Class formation as a job: on trial, or official lists; faults stay among the private papers."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.drawn import CLASSES, folder_zip, observed, say
from tests.web.test_jobs import done, packed, page, saved
from tests.web.test_jobs_private import asked, rows_of_the_database

from junheng.web.jobs.states import State
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def test_classes_on_trial(site: Site, browse: Browse) -> None:
    leader = browse(Role.LEADER, site.county)
    parts = {name: (CLASSES / name).read_bytes() for name in ("intake.xlsx", "rules.yaml")}
    job = done(asked(leader, "job_classes", site.county, file=packed(parts), seed="ab" * 32))
    assert job.state == State.DONE, (job.error, job.folder)
    trial = json.loads(saved(leader, "job_paper", job.pk, "trial.json"))
    assert (trial["seed"], set(trial["inputs"])) == ("ab" * 32, {"intake", "rules"})
    assert saved(leader, "job_paper", job.pk, "试算_分班公示表.xlsx").startswith(b"PK")
    assert "ab" * 32 in page(leader, "job", job.pk)


def test_faults_of_a_roll_stay_among_the_private_papers(site: Site, browse: Browse) -> None:
    roll = "姓名,证件号码,学校\n<script>王小明</script>,999901201501011234,某校\n".encode()
    leader = browse(Role.LEADER, site.county)
    job = done(asked(leader, "job_classes", site.county, file=packed({"名册.csv": roll}), seed=""))
    assert job.state == State.FAILED
    assert "王小明" not in rows_of_the_database()
    text = page(leader, "job", job.pk)
    assert "<script>王" not in text
    assert "办法" in text
    for seed in ("xyz", "ab" * 31):
        address = reverse("job_classes", args=[site.county.pk])
        answer = leader.post(address, {"file": packed({"名册.csv": roll}), "seed": seed})
        assert "种子应为 64 位" in answer.content.decode()


def test_lists_of_an_official_draw_of_classes(site: Site, browse: Browse, tmp_path: Path) -> None:
    folder = observed(tmp_path, CLASSES, "intake.xlsx", "2027-08-20T09:00:00+08:00")
    with pytest.MonkeyPatch.context() as patch:
        say(patch, "draw", "seed", folder)
        say(patch, "draw", "run", folder)
    leader = browse(Role.LEADER, site.county)
    job = done(asked(leader, "job_classes", site.county, file=folder_zip(folder)))
    assert job.state == State.DONE, (job.error, job.folder)
    assert "分班名单_封存.xlsx" in page(leader, "job", job.pk)
