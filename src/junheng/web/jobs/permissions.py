"""Who may ask for jobs, and who may see them."""

from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import INTERNAL, PRIVATE, Work
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person, holds, may_evaluate, may_see_county
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Kind, Role, Section
from junheng.web.public.permissions import may_publish

SECRET_PAPERS = {
    Work.SURVEY_PLAN: frozenset({"作答码.xlsx", "codes.json"}),
    Work.VISITS: frozenset(
        {"实地抽签.zip", "draw/private/identities.jsonl"}
    ),  # sealed until the draw is done
}
_MONEY = frozenset({Section.ALL, Section.FINANCE})
_AID = _MONEY | {Section.BASIC}


def may_see_jobs(person: Person, county: Organisation) -> bool:
    """A county's jobs: its bureau and those above."""
    return county.kind == Kind.COUNTY and may_see_county(person, county)


def may_see_job(person: Person, job: Job) -> bool:
    """One job, its log, its papers; one over names of minors: those alone who may publish for this very county."""
    if job.work in INTERNAL:
        return may_ask_work(person, job.county, job.work)
    return may_publish(person, job.county) if job.is_private else may_see_jobs(person, job.county)


def may_see_counts(person: Person, job: Job) -> bool:
    """The counts of a result, which name no school and nobody: whoever sees the county's jobs."""
    return may_see_jobs(person, job.county)


def may_ask_work(person: Person, county: Organisation, work: str) -> bool:
    """Ask for a work in a county; a source is an officer's to give, workbooks are for who sees its returns."""
    if work == Work.BOOKS:
        return may_see_jobs(person, county)
    if work == Work.SOURCE:
        return holds(person, frozenset({Role.OFFICER}), county)
    if work in INTERNAL:
        return _is_of_money(person, county, _AID if work == Work.AID else _MONEY)
    return may_publish(person, county) if work in PRIVATE else may_evaluate(person, county)


def _is_of_money(person: Person, county: Organisation, sections: frozenset[Section]) -> bool:
    """This very county's leader, or an officer of one of ``sections``: no administrator, nobody above."""
    if not isinstance(person, Account) or not person.is_active or county.kind != Kind.COUNTY:
        return False
    return any(
        post.organisation_id == county.pk
        and (post.role == Role.LEADER or (post.role == Role.OFFICER and Section(post.section) in sections))
        for post in posts_of(person)
    )


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
    """Download a paper that a job made; answer codes of a survey, and the sealed roll of a draw, for whoever carries it on."""
    job, name = asked
    if name in SECRET_PAPERS.get(Work(job.work), ()):
        return may_ask_work(person, job.county, job.work)
    return may_see_job(person, job)
