"""What a background job read of a source: kept in the transaction that ends the job, by the
rules of an upload."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from junheng.basics import Text, UserError
from junheng.web.jobs.models import Job
from junheng.web.sources.figures import figures_in
from junheng.web.sources.giving import NOT_OURS, keep, told_of
from junheng.web.sources.models import SourceKind
from junheng.web.sources.reading import Given


def keep_read(job: Job, path: Path, **_: Any) -> list[Text]:
    """Keep it; what is to be said of it. Raises UserError where nothing of it is this county's."""
    if job.upload is None or job.asked_by is None:
        return []
    figures = {SourceKind(kind): said for kind, said in figures_in(path).items()}
    given = Given(job.upload.name, job.upload.sha256, figures)
    year, mapping = int(job.options["year"]), str(job.options["mapping"])
    try:
        kept = keep(job.asked_by, job.county, year, given, mapping)
    except ValidationError as error:
        raise UserError(NOT_OURS, where=given.name) from error
    return [told_of(one) for one in kept]
