"""Refusals a program gets: both languages, whatever a page would show."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, row_of, tables_of

from junheng.basics import Text
from junheng.web.api.problems import both_of
from junheng.web.filing import actions, review
from junheng.web.filing.models import Filing
from junheng.web.filing.states import State
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]


def test_every_refusal_of_the_actions_is_told_in_both_languages(
    site: Site, person: People, tmp_path: Path
) -> None:
    """The words of pages are read in the reader's language; a program gets both halves, not one twice."""
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]
    clerk = person(Role.CLERK, site.school)
    told: list[Text] = []

    def refusal(act: Callable[[], object]) -> None:
        with pytest.raises(ValidationError) as caught:
            act()
        told.extend(both_of(caught.value))

    row = row_of(filing, "stage")
    refusal(lambda: actions.save_cell(clerk, row, "pupils", "9" * 201))
    refusal(lambda: actions.save_cell(clerk, row, "nothing", "9"))
    refusal(lambda: actions.add_row(clerk, filing, "nothing", {}))
    refusal(lambda: review.accept(clerk, filing))
    refusal(lambda: review.remark(clerk, filing, None, "", "x"))
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    refusal(lambda: actions.save_cell(clerk, row, "pupils", "9"))
    refusal(lambda: review.submit(clerk, filing))
    chinese = re.compile("[\u4e00-\u9fff]")
    assert len(told) == 7
    for one in told:
        assert chinese.search(one.zh), one
        assert not chinese.search(one.en), one
