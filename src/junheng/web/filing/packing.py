"""All workbooks of a county's year: asked for as a job, handed to its process, found again when done."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import Count, Sum

from junheng.basics import file_name
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.workbooks import book_of, name_of, tables_in
from junheng.web.jobs.actions import ask_books
from junheng.web.jobs.models import Job
from junheng.web.jobs.queries import files_in
from junheng.web.jobs.states import State, Work
from junheng.web.people.models import Account

_AT_ONCE = 50  # returns whose cells are read together


@dataclass(frozen=True, slots=True)
class Books:
    """The newest job that writes, or wrote, a year's workbooks. ``name``: the zip's, "" while there is none to send."""

    job: Job
    name: str
    is_older: bool  # a return was changed since


def ask(actor: Account, year: CountyYear) -> Job:
    """The job that writes them: one that is under way, or done of the returns as they stand, else a new one.

    Raises UserError where no job can be taken.
    """
    known = books_of(year)
    if known is not None and (known.job.is_open or (known.name and not known.is_older)):
        return known.job
    return ask_books(actor, year.county, {"county_year": year.pk, "year": year.year})


def books_of(year: CountyYear) -> Books | None:
    """What was asked for last; None where nobody asked. Two queries."""
    asked = Job.objects.filter(county=year.county_id, work=Work.BOOKS, options__county_year=year.pk)
    job = asked.first()
    if job is None:
        return None
    names = list(files_in(job.folder)) if job.state == State.DONE else []
    is_older = job.state == State.DONE and (job.result or {}).get("of") != _state_of(year)
    return Books(job, names[0] if names else "", is_older)


def _state_of(year: CountyYear) -> str:
    """What changes with every cell of every return of the year: how many there are and how often they were changed."""
    found = year.filings.aggregate(count=Count("pk"), changes=Sum("revision"))
    return f"{found['count']}.{found['changes'] or 0}"


def hand_over(job: Job, path: Path, **_: Any) -> None:
    """Write to ``path`` what a job's process needs, JSON Lines: a head, then each return with its seal, by code.

    The process gets neither the database nor the key that seals. A few queries for every fifty schools.
    """
    year = CountyYear.objects.select_related("county").get(pk=job.options["county_year"])
    name = f"{file_name(str(year))}-离线工作簿.zip"
    state = _state_of(year)
    head = {"count": int(state.split(".")[0]), "of": state, "name": name}
    with path.open("w", encoding="utf-8") as out:
        for line in (head, *_lines(year)):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _lines(year: CountyYear) -> Iterator[dict[str, Any]]:
    found = year.filings.select_related("school", "county_year").defer("problems")
    left = found.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(left, _AT_ONCE)):
        tables = tables_in(some)
        yield from (_line(filing, tables[filing.pk]) for filing in some)


def _line(filing: Filing, tables: Any) -> dict[str, Any]:
    book = book_of(filing, tables)
    return {
        "name": name_of(filing),
        "title": [book.title.zh, book.title.en],
        "known": dict(book.known),
        "seal": list(book.seal),
        "tables": {
            name: [[row.key, row.values, row.last_year] for row in rows] for name, rows in tables.items()
        },
    }
