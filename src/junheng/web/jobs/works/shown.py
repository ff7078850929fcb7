"""The result of a work as blocks, read from what its command wrote; long tables a page at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from junheng.basics import Text
from junheng.web.evidence.models import Evidence
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State, Work
from junheng.web.jobs.works.blocks import Block, Cell, Table
from junheng.web.jobs.works.show import (
    aid,
    apply,
    compose,
    drawn,
    enrolment,
    funds,
    groups,
    ledger,
    lint,
    norms,
    promises,
    score,
    sizes,
    survey,
    survey_plan,
    timetable,
    visits,
)
from junheng.web.people.models import Organisation, OrganisationCode
from junheng.web.people.queries import within

_ROWS = 25
Row = tuple[Cell, ...]
_SHOW: Mapping[str, Callable[[Path, Mapping[str, str]], Iterator[Block]]] = {
    "sizes": sizes.show, "lint": lint.show, "funds": funds.show, "ledger": ledger.show, "aid": aid.show,
    "score": score.show, "surveyplan": survey_plan.show, "survey": survey.show, "timetable": timetable.show,
    "promises": promises.show, "enrolment": enrolment.show, "groups": groups.show, "norms": norms.show,
    "visits": visits.show, "drawn": drawn.show, "compose": compose.show, "apply": apply.show,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A block; of a table one page of rows, and the rest of the address that keeps the other tables' pages."""

    block: Block
    page: "Page[Row] | None" = None
    kept: str = ""

    @property
    def heads(self) -> list[tuple[Text, bool]]:
        """The headings of a table, each with whether numbers stand below it."""
        if not isinstance(self.block, Table):
            return []
        first = self.block.rows[0] if self.block.rows else ()
        columns = zip(self.block.heads, range(len(self.block.heads)), strict=True)
        return [(head, at < len(first) and first[at].is_number) for head, at in columns]


def shown(job: Job, asked: QueryDict, *, only_counts: bool = False) -> list[Shown]:
    """What a work found. [] for other works, before it is done, and once its papers were cleared."""
    if job.work not in _SHOW or job.state != State.DONE or job.folder is None or not job.folder.is_dir():
        return []
    try:
        names = evidence_names(job.county) if job.work == Work.APPLY else school_names(job.county)
        blocks = list(_SHOW[job.work](job.folder, names))
    except OSError:  # cleared while it was read
        return []
    return [_paged(block, asked) for block in blocks if block.is_counts or not only_counts]


def _paged(block: Block, asked: QueryDict) -> Shown:
    if not isinstance(block, Table):
        return Shown(block)
    kept = asked.copy()
    kept.pop(block.key, None)
    rows = [tuple(row) for row in block.rows]
    return Shown(block, Paginator(rows, _ROWS).get_page(asked.get(block.key)), kept.urlencode())


def school_names(county: Organisation) -> dict[str, str]:
    """The names of a county's schools by their codes, the newest holder of a code."""
    held = OrganisationCode.objects.filter(organisation__in=within(county)).order_by("first_year")
    return dict(held.values_list("code", "organisation__name"))


def evidence_names(county: Organisation) -> dict[str, str]:
    """The files kept as evidence of a county and its schools, by their hashes."""
    held = Evidence.objects.filter(organisation__in=within(county)).order_by("kept_at")
    return dict(held.values_list("sha256", "name"))
