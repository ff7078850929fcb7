"""The standing promises as the next report prints them, judged by the finding the report is of."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from junheng.judgement.promises import standings_json
from junheng.web.appraisal.facts import Figures, lines_of
from junheng.web.appraisal.models import Commitment
from junheng.web.appraisal.models.commitments import Kind
from junheng.web.jobs.models import Job


def hand_over(sender: type[Job], *, job: Job, path: Path, **more: Any) -> None:
    """Write the promises of the report's county with their states at ``path``; nothing where there are none."""
    held = Commitment.objects.filter(county=job.county, kind=Kind.PROMISE)
    today = timezone.localdate()
    figures = Figures(job.finding, {})
    lines = lines_of(held.select_related("county", "place", "evidence"), figures, today)
    if lines:
        told = standings_json([one.standing for one in lines], today)
        path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
