"""Who may ask for jobs, and who may see them."""

from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding
from junheng.web.jobs.models import Job
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person, may_evaluate, may_see_county
from junheng.web.people.roles import Kind


def may_see_jobs(person: Person, county: Organisation) -> bool:
    """A county's jobs: its bureau and those above."""
    return county.kind == Kind.COUNTY and may_see_county(person, county)


def may_see_job(person: Person, job: Job) -> bool:
    """One job, its log, its papers."""
    return may_see_jobs(person, job.county)


def may_change_job(person: Person, job: Job) -> bool:
    """Cancel it, ask for it again."""
    return may_evaluate(person, job.county)


def may_ask_about(person: Person, finding: Finding) -> bool:
    """Ask for a finding's report or verification."""
    return may_evaluate(person, finding.county)


def may_take_file(person: Person, asked: tuple[Finding, str]) -> bool:
    """Download a file of a finding: all schools stand in it."""
    return may_see_finding(person, asked[0])


def may_take_paper(person: Person, asked: tuple[Job, str]) -> bool:
    """Download a paper that a job made."""
    return may_see_job(person, asked[0])
