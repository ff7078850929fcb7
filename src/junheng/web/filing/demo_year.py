"""The year a made-up county is filing: returns in every state."""

from collections.abc import Iterator
from itertools import islice

from junheng.web.filing import actions, review
from junheng.web.filing.attesting import attest
from junheng.web.filing.checking import problems_of, unexplained
from junheng.web.filing.county_return import own_return
from junheng.web.filing.models import Filing, Row
from junheng.web.filing.opening import Opening, open_year
from junheng.web.people.models import Account, Organisation

_PART = 8  # one school in so many is submitted, another is accepted; the rest are being filled
_RATED = (("G1", "符合"), ("G2", "符合"), ("Q3", "符合"), ("Q6", "良好"), ("V1", "未发现"))
_WORDS = "已与学籍系统核对，属实（演示）"
_REASON = "学生数与学籍系统不一致，请核对（演示）"


def open_demo_year(county: Organisation, school: Organisation, asked: Opening) -> Iterator[str]:
    """Open it as ``officer``; submit and accept returns, and send back the one that ``clerk`` files for ``school``."""
    clerk, officer = (Account.objects.get(username=name) for name in ("clerk", "officer"))
    opened = open_year(officer, county, asked)
    yield f"{opened.year} 年填报 | returns opened"
    # of schools without an account of their own: a name for the history that nobody signs in by
    others, _ = Account.objects.get_or_create(
        username="schools", defaults={"name": "各校填报员（演示）", "is_active": False}
    )
    filings = opened.filings.select_related("school", "county_year__county")
    own = filings.get(school=school)
    if _submit(clerk, own):
        _send_back(officer, own)
    ready = (one for one in filings.exclude(school=school) if _submit(others, one))
    each = max(1, filings.count() // _PART)
    for number, filing in enumerate(islice(ready, 2 * each)):
        if number < each:
            review.accept(officer, filing)
    _attest(officer, own_return(opened))
    yield f"{opened.year} 年报表：待审核、已通过、已退回 | returns submitted, accepted, sent back"


def _attest(officer: Account, own: Filing | None) -> None:
    """Some of last year's ratings said anew, so that the page of evidence shows what holds beside what has expired."""
    if own is None:
        return
    year = own.county_year.year
    days = {"dated_on": f"{year}-06-30", "expires_on": f"{year + 2}-06-30"}
    attest(officer, own, {(item, own.code): {"rating": rating, **days} for item, rating in _RATED})


def _submit(actor: Account, filing: Filing) -> bool:
    """Explain what is unlikely and submit; False, and left as it is, where a rule of logic is broken."""
    found = problems_of(filing)
    if any(one.is_logic for one in found):
        return False
    for one in unexplained(found, {}):
        actions.explain(actor, filing, one.key, _WORDS)
    review.submit(actor, filing)
    return True


def _send_back(officer: Account, filing: Filing) -> None:
    row = Row.objects.filter(filing=filing, table="stage", is_removed=False).first()
    if row is not None:
        review.remark(officer, filing, row, "pupils", _REASON)
    review.send_back(officer, filing, "请一并核对班数（演示）")
