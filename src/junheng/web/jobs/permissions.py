"""Who may ask for jobs, and who may see them."""

from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import PRIVATE
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person, may_evaluate, may_see_county
from junheng.web.people.roles import Kind
from junheng.web.public.permissions import may_publish


def may_see_jobs(person: Person, county: Organisation) -> bool:
    """A county's jobs: its bureau and those above."""
    return county.kind == Kind.COUNTY and may_see_county(person, county)


def may_see_job(person: Person, job: Job) -> bool:
    """One job, its log, its papers; one over names of minors: those alone who may publish for this very county."""
    return may_publish(person, job.county) if job.is_private else may_see_jobs(person, job.county)


def may_ask_work(person: Person, county: Organisation, work: str) -> bool:
    """Ask for a work in a county."""
    return may_publish(person, county) if work in PRIVATE else may_evaluate(person, county)


def may_change_job(person: Person, job: Job) -> bool:
    """Cancel it, ask for it again."""
    return may_ask_work(person, job.county, job.work)


def may_publish_job(person: Person, job: Job) -> bool:
    """Put the public folder of a draw on the public page."""
    return may_publish(person, job.county)


def may_ask_about(person: Person, finding: Finding) -> bool:
    """Ask for a finding's report or verification."""
    return may_evaluate(person, finding.county)


def may_take_file(person: Person, asked: tuple[Finding, str]) -> bool:
    """Download a file of a finding: all schools stand in it."""
    return may_see_finding(person, asked[0])


def may_take_paper(person: Person, asked: tuple[Job, str]) -> bool:
    """Download a paper that a job made."""
    return may_see_job(person, asked[0])
