"""Empty forms of the works and filled-in workbooks, made by the library when they are asked for."""

import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path

from junheng.web.jobs.samples import sample as sample_of_jobs

_FUNDS, _AID = "funds", "aid"


def _schools(name: str, _: Path) -> bytes:
    return sample_of_jobs(name)


def _money(kind: str, folder: Path) -> bytes:
    from junheng.funding import AID_TABLES, FUNDS_TABLES, write_funding_template

    path = folder / "form.xlsx"
    write_funding_template(path, FUNDS_TABLES if kind == _FUNDS else AID_TABLES)
    return path.read_bytes()


def _ledger(kind: str, _: Path) -> bytes:
    from junheng.judgement.ledgers import ledger_forms, ledger_of
    from junheng.reports import ledger_template

    return ledger_template(ledger_forms(), ledger_of(kind))


def _score(system: str, folder: Path) -> bytes:
    from django.utils import timezone

    from junheng.reports.scoring import write_template
    from junheng.standards.scoring import index_system

    path = folder / "form.xlsx"
    write_template(path, index_system(system, on=timezone.localdate()))
    return path.read_bytes()


def _timetable(_: Path) -> bytes:
    from junheng.planning.curriculum import timetable_forms
    from junheng.reports.workbook import Column, Sheet, plain_book

    sheets = []
    for form in timetable_forms().values():
        headings = form.headings.values()
        columns = [Column(("*" if one.is_required else "") + one.title.zh, 16) for one in headings]
        example = [one.example for one in headings]
        sheets.append(Sheet(form.title.zh, columns, [[f"# {example[0]}", *example[1:]]]))
    return plain_book(sheets, "课程表样表")


def _groups(_: Path) -> bytes:
    """The sheets that figures of groups are counted from; the columns that must be there are starred."""
    from junheng.enrolment import list_headings
    from junheng.reports.workbook import Column, Sheet, plain_book

    sheets = []
    for table in ("register", "totals", "cohort"):
        title, headings = list_headings(table)
        columns = [Column(heading.zh, 16) for heading, _ in headings]
        needed = [heading.zh for heading, is_needed in headings if is_needed]
        sheets.append(Sheet(title.zh, columns, [[f"# 必须有：{'、'.join(needed)}"]]))
    return plain_book(sheets, "特殊群体空表")


def _norms(_: Path) -> bytes:
    from importlib.resources import files

    return (files("junheng.standards.school_standards") / "library" / "rural-2008.yaml").read_bytes()


def _compose(_: Path) -> bytes:
    from junheng.reports.compose import load_library, told_template

    return told_template(load_library().told)


def _promises(folder: Path) -> bytes:
    from junheng.reports.promises import write_promises

    path = folder / "form.xlsx"
    write_promises(path, [])
    return path.read_bytes()


SAMPLES: Mapping[str, Callable[[Path], bytes]] = {
    "schools-template.xlsx": partial(_schools, "template.xlsx"),
    "schools-sample.xlsx": partial(_schools, "sample.xlsx"),
    "funds.xlsx": partial(_money, _FUNDS),
    "aid.xlsx": partial(_money, _AID),
    "ledger-informatisation.xlsx": partial(_ledger, "informatisation"),
    "ledger-safety.xlsx": partial(_ledger, "safety"),
    "ledger-conduct.xlsx": partial(_ledger, "conduct"),
    "score-school-management.xlsx": partial(_score, "school-management"),
    "score-county-duty.xlsx": partial(_score, "county-duty"),
    "timetable.xlsx": _timetable,
    "promises.xlsx": _promises,
    "ledger-weak.xlsx": partial(_ledger, "weak"),
    "ledger-boarding.xlsx": partial(_ledger, "boarding"),
    "groups.xlsx": _groups,
    "norms.yaml": _norms,
    "compose.xlsx": _compose,
}


@lru_cache(maxsize=len(SAMPLES))
def sample(name: str) -> bytes:
    """The bytes of one of ``SAMPLES``. Raises KeyError for what is none."""
    with tempfile.TemporaryDirectory(prefix="junheng-form-") as folder:
        return SAMPLES[name](Path(folder))
