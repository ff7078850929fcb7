"""Workers as they really run, in processes of their own, on a site of its own: a race, and kill -9."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
from tests.web.conftest import DISTRICT
from tests.web.operated import (  # noqa: F401 # fixtures
    PATIENCE,
    PLACES,
    SETUP,
    Own,
    own_site,
    own_sites,
)

_STATES = "from junheng.web.jobs.models import Job; print(*Job.objects.values_list('state', flat=True))"


def test_two_workers_race_and_no_job_is_begun_twice(own: Own) -> None:
    jobs = 30
    own.python(
        PLACES
        + f"Job.objects.bulk_create([Job(county=county, work='plan', asked_by=officer) for _ in range({jobs})])"
    )
    racing = [own.start("-m", "junheng.web", "worker", "--once") for _ in range(2)]
    told = [process.communicate(timeout=PATIENCE) for process in racing]
    assert [process.returncode for process in racing] == [0, 0], told
    begun = [int(out.split()[1]) for out, _ in told]
    assert sum(begun) == jobs, told
    said = own.python(
        "from junheng.web.audit.models import Entry; from junheng.web.audit.chain import faults\n"
        "starts = list(Entry.objects.filter(action='job.start').values_list('object_id', flat=True))\n"
        "print(len(starts), len(set(starts)), Entry.objects.filter(action='job.finish').count(), list(faults()))"
    )
    assert said == f"{jobs} {jobs} {jobs} []"


def test_a_killed_worker_leaves_nothing_and_its_job_is_done_once(own: Own) -> None:
    book = DISTRICT / "2024.xlsx"
    own.python(
        PLACES
        + "from pathlib import Path; import hashlib\n"
        + f"content = Path({str(book)!r}).read_bytes()\n"
        + "upload = Upload(county=county, sha256=hashlib.sha256(content).hexdigest(), suffix='.xlsx', size=1, name='a')\n"
        + "upload.path.parent.mkdir(parents=True); upload.path.write_bytes(content); upload.save()\n"
        + "Job.objects.create(county=county, work='evaluate', upload=upload, asked_by=officer,\n"
        + "    options={'standard': 'quality-2017', 'year': 2024})"
    )
    worker = own.start("-m", "junheng.web", "worker")
    children = busy(own, worker)
    worker.kill()
    worker.communicate()
    assert not psutil.wait_procs(children, timeout=20)[1], "what the worker had started ends with it"
    assert own.python(_STATES) == "running"
    age = "from django.utils import timezone; from datetime import timedelta; from junheng.web.jobs.models import Job\n"
    own.python(age + "Job.objects.update(beat_at=timezone.now() - timedelta(hours=1))")
    own.run("-m", "junheng.web", "worker", "--once")
    said = own.python(
        "from junheng.web.jobs.models import Job; from junheng.web.findings.models import Finding\n"
        "from junheng.web.audit.models import Entry\n"
        "job = Job.objects.get(); print(job.state, job.tries, job.error, Finding.objects.count(),\n"
        "    *Entry.objects.filter(object_kind='job').order_by('number').values_list('action', flat=True))"
    )
    assert said == "done 2 None 1 job.start job.put_back job.start job.finish"
    assert list((own.home / "jobs").iterdir()) == []
    assert len(list((own.home / "findings").iterdir())) == 1


def busy(own: Own, worker: subprocess.Popen[str], work: str = "*/input/*") -> list[psutil.Process]:
    """The processes of the worker's job, once its ``work`` lies on the disk."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if any((own.home / "jobs").glob(work)):
            return psutil.Process(worker.pid).children(recursive=True)
        time.sleep(0.005)
    raise AssertionError("the job was not begun")


def test_an_attached_worker_ends_with_its_parent(tmp_path: Path) -> None:
    """Also where the database does not answer: it has no tables yet."""
    environment = os.environ | {"JUNHENG_HOME": str(tmp_path), "JUNHENG_DATABASE": ""}
    worker = subprocess.Popen(
        [sys.executable, "-m", "junheng.web", "worker", "--attached"],
        env=environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(timeout=PATIENCE) == 0
