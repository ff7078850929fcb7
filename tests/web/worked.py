"""The library's works in one process: the same task, the same command, no process started for either."""

import contextlib
import io
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.test_jobs import done, page

from junheng.basics import Text
from junheng.cli.app import app
from junheng.web.filing.models import CountyYear
from junheng.web.jobs.asking import WORK
from junheng.web.jobs.child import Ended
from junheng.web.jobs.command import Ran
from junheng.web.jobs.models import Job
from junheng.web.jobs.said import said_lines
from junheng.web.jobs.states import State
from junheng.web.jobs.works import doing
from junheng.web.people.models import Organisation

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


class InProcess:
    """Stands where ``Child`` does: a task's lines, then its result or its refusal."""

    def __init__(self, task: Mapping[str, Any]) -> None:
        self._lines = self._done(dict(task))

    def __enter__(self) -> "InProcess":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was started."""

    def listen(self, _: float) -> dict[str, Any] | None:
        """The next line."""
        return next(self._lines)

    def _done(self, task: dict[str, Any]) -> Iterator[dict[str, Any]]:
        from junheng.basics import UserError

        told: list[dict[str, Any]] = []

        def tell(words: Text, done: int, total: int) -> None:
            told.append({"say": {"zh": words.zh, "en": words.en}, "done": done, "total": total})

        try:
            result = WORK[task["work"]](task, tell)
        except UserError as error:
            raise Ended([{"zh": line.zh, "en": line.en} for line in error.lines()]) from error
        yield from told
        yield {"result": result}


def _command(arguments: Sequence[str], where: Path, tell: Callable[..., None]) -> Ran:
    with contextlib.chdir(where), contextlib.redirect_stdout(io.StringIO()) as printed:
        code = app(list(arguments), standalone_mode=False)
    return Ran(int(code or 0), said_lines(printed.getvalue()))


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Works run here, in this process."""
    monkeypatch.setattr("junheng.web.jobs.run.Child", InProcess)
    monkeypatch.setattr(doing, "run_command", _command)


def example(name: str, called: str | None = None) -> SimpleUploadedFile:
    """A file of the examples as it would be uploaded."""
    path = EXAMPLES / name
    return SimpleUploadedFile(called or path.name, path.read_bytes())


def worked(browser: Client, county: Organisation, kind: str, **given: object) -> Job:
    """A work asked for in the browser, and done."""
    answer = browser.post(reverse("job_ask", args=[county.pk, kind]), given)
    assert answer.status_code == 302, answer.content.decode()
    return done(Job.objects.latest("pk"))


def frozen_year(county: Organisation) -> str:
    """The district's year, frozen on the site, as the forms name it."""
    folder = Path(settings.HOME) / "snapshots" / "works-2024"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(EXAMPLES / "xx_district" / "2024.xlsx", folder / "2024.xlsx")
    year = CountyYear.objects.create(
        county=county, year=2024, due_on="2024-12-01", standard="quality-2017", frozen_at=timezone.now(),
        snapshot=folder.name, sha256="0" * 64,
    )  # fmt: skip
    return f"data_year-{year.pk}"


def read(browser: Client, job: Job) -> str:
    """The page of a job that was done."""
    assert job.state == State.DONE, job.error
    return page(browser, "job", job.pk)
