"""kill -9 of the worker in the middle of a draw: nothing is left of it, and it is drawn once."""

import hashlib
from pathlib import Path

import psutil
from tests.web.drawn import ADMISSION, folder_zip, observed
from tests.web.operated import (  # noqa: F401 # fixtures
    PLACES,
    Make,
    facts_of,
    own_sites,
)
from tests.web.test_jobs_processes import busy

_ASKED = """
from pathlib import Path
leader = Account.objects.create(username='l', name='l')
give_post(None, leader, county, Role.LEADER)
upload = Upload(county=county, sha256={sha256!r}, suffix='.zip', size=1, name='draw', is_private=True)
upload.path.parent.mkdir(parents=True)
upload.path.write_bytes(Path({packed!r}).read_bytes())
upload.save()
options = dict.fromkeys(('papers', 'with_rows', 'roll_is_public'), False)
Job.objects.create(county=county, work='draw', upload=upload, asked_by=leader, options=options)
"""
_DEAD = """
from datetime import timedelta
from django.utils import timezone
from junheng.web.jobs.models import Job
told = [Job.objects.get().state, Job.objects.get().folder_name]
Job.objects.update(beat_at=timezone.now() - timedelta(hours=1))
"""
_DONE = """
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.jobs.models import Job
job = Job.objects.get()
acts = Entry.objects.filter(object_kind='job').order_by('number').values_list('action', flat=True)
told = [job.state, job.tries, bool(job.result['root']), list(acts), [str(one) for one in faults()]]
"""


def test_a_draw_killed_in_its_middle_leaves_nothing_and_is_drawn_once(bare: Make, tmp_path: Path) -> None:
    own, packed = bare("home", full=True), tmp_path / "draw.zip"
    ceremony = observed(tmp_path, ADMISSION, "applications.xlsx", "2027-07-10T09:00:00+08:00")
    packed.write_bytes(folder_zip(ceremony).read())
    sha256 = hashlib.sha256(packed.read_bytes()).hexdigest()
    own.python(PLACES + _ASKED.format(sha256=sha256, packed=str(packed)))
    worker = own.start("-m", "junheng.web", "worker")
    children = busy(own, worker, "*/*")
    worker.kill()
    worker.communicate()
    assert not psutil.wait_procs(children, timeout=20)[1], "what draws ends with its worker"
    assert facts_of(own, _DEAD) == ["running", ""]
    assert not list((own.home / "results").glob("*"))
    own.run("-m", "junheng.web", "worker", "--once")
    acts = ["job.start", "job.put_back", "job.start", "job.finish"]
    assert facts_of(own, _DONE) == ["done", 2, True, acts, []]
    assert list((own.home / "jobs").iterdir()) == []
    assert len(list((own.home / "results").iterdir())) == 1
