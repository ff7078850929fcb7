"""A scenario for the tests, without computing one."""

from junheng.web.findings.models import Finding
from junheng.web.people.models import Account
from junheng.web.whatif.models import Scenario


def scenario_of(finding: Finding, author: Account) -> Scenario:
    """A kept scenario of a county, which changes nothing."""
    return Scenario.objects.create(
        county=finding.county,
        finding=finding,
        name="试算",
        changes="[]",
        verdict=finding.verdict,
        passed=finding.passed,
        judged=finding.judged,
        author=author,
        author_name=author.name,
    )
