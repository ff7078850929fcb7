"""Sources of a year: read, kept, compared, decided; what the return then says."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, cell_of, filings_of, tables_of
from tests.web.sourced import give, register, stage

from junheng.data import Figure
from junheng.web.audit.models import Entry
from junheng.web.filing.actions import save_cell
from junheng.web.filing.models import Change, CountyYear, Filing, Origin, Remark, Row
from junheng.web.filing.states import State
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.sources.board import Asked, Line, lines_of
from junheng.web.sources.deciding import Wish, decide
from junheng.web.sources.models import Choice, Decision, Outcome, SourceKind

People = Callable[[Role, Organisation], Account]
PUPILS = Figure("stage", SCHOOL, "primary", "pupils")
ALL = Asked(kind="", state="")


@pytest.fixture
def officer(site: Site, person: People) -> Account:
    return person(Role.OFFICER, site.county)


@pytest.fixture
def filing(site: Site, officer: Account, tmp_path: Path) -> Filing:
    """The first school's return: 900 pupils, as last year."""
    return filings_of(site, officer, tables_of(tmp_path / "before"))[SCHOOL]


def line_of(filing: Filing, figure: Figure = PUPILS, asked: Asked = ALL) -> Line | None:
    year = CountyYear.objects.select_related("county").get(pk=filing.county_year_id)
    return next((one for one in lines_of(year, asked) if one.found.figure == figure), None)


def wish(filing: Filing, choice: Choice, kind: str = "", **more: Any) -> Wish:
    line = line_of(filing)
    assert line is not None
    return Wish(PUPILS, choice, kind, "以学籍为准", line.token, **more)


def test_three_sources_of_a_figure_stand_side_by_side(
    site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(799))
    give(site, officer, tmp_path, register(12), SourceKind.REGISTER)
    line = line_of(filing)
    assert line is not None
    said = {kind: told.value for kind, told in line.found.said.items()}
    assert said == {"statistics": "799", "register": "12", "return": "900"}
    assert line.found.said["statistics"].file.startswith("来源.xlsx 学段 ")
    assert line.found.said["register"].file == "来源.xlsx 学生名册"
    assert line.found.spread == Fraction(888)
    assert (line.decision, line.stands) == (None, False)
    classes = line_of(filing, Figure("stage", SCHOOL, "primary", "classes"))
    assert classes is not None
    assert classes.found.kind == "differ"  # the register has one class


def test_taking_a_source_writes_it_with_its_place_and_asks_no_more(
    site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(812))
    made = decide(officer, filing, wish(filing, Choice.TAKE, "statistics"))
    cell = cell_of(filing, "stage", "pupils")
    assert (cell.value, cell.origin, cell.last_year) == ("812", Origin.STATISTICS, "900")
    assert cell.place.startswith("来源.xlsx 学段 ")
    assert Change.objects.get(cell=cell).old == "900"
    assert (made.outcome, made.before, made.value, made.by_name) == (
        Outcome.WRITTEN,
        "900",
        "812",
        officer.name,
    )
    assert line_of(filing) is None  # they agree now
    assert Entry.objects.filter(action="source.decide", object_id=str(filing.pk)).count() == 1


def test_a_decision_stands_until_somebody_says_something_else(
    site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(799))
    give(site, officer, tmp_path, register(12), SourceKind.REGISTER)
    decide(officer, filing, wish(filing, Choice.TAKE, "register"))
    line = line_of(filing)
    assert line is not None
    assert line.stands
    give(site, officer, tmp_path, stage(799))  # the same said anew
    assert line_of(filing, asked=Asked(state="open")) is None
    give(site, officer, tmp_path, stage(798))
    again = line_of(filing, asked=Asked(state="open"))
    assert again is not None
    assert again.decision is not None
    assert {one["kind"]: one["value"] for one in again.decision.said}["statistics"] == "799"  # still readable
    decide(officer, filing, wish(filing, Choice.KEEP))
    assert line_of(filing, asked=Asked(state="open")) is None
    row = Row.objects.get(filing=filing, table="stage", key="primary")
    save_cell(officer, row, "pupils", "13")  # the return says something else
    assert line_of(filing, asked=Asked(state="open")) is not None
    assert Decision.objects.count() == 2


def test_of_two_officers_the_second_is_told(
    site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(812))
    first, second = wish(filing, Choice.KEEP), wish(filing, Choice.TAKE, "statistics")
    decide(officer, filing, first)
    with pytest.raises(ValidationError, match="刚才有人"):
        decide(officer, filing, second)
    assert cell_of(filing, "stage", "pupils").value == "900"
    assert Decision.objects.count() == 1


def test_asking_the_school_leaves_it_a_remark(
    site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(812))
    decide(officer, filing, wish(filing, Choice.ASK))
    remark = Remark.objects.get(filing=filing)
    assert remark.sent_at is not None
    assert "812" in remark.words
    assert remark.row is not None
    assert (remark.row.table, remark.column) == ("stage", "pupils")
    assert line_of(filing, asked=Asked(state="open")) is None


def test_a_return_under_review_goes_back_with_the_decision(
    site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(812))
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    made = decide(officer, filing, wish(filing, Choice.TAKE, "statistics", sends_back=True))
    filing.refresh_from_db()
    assert (filing.state, made.outcome) == (State.RETURNED, Outcome.REMARKED)
    assert cell_of(filing, "stage", "pupils").value == "900"  # the school mends it
    assert "请改为 812" in Remark.objects.get(filing=filing).words


@pytest.mark.parametrize("state", [State.ACCEPTED, State.FROZEN])
def test_a_closed_return_can_only_be_kept(
    state: State, site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(812))
    Filing.objects.filter(pk=filing.pk).update(state=state)
    for choice, kind in ((Choice.TAKE, "statistics"), (Choice.ASK, "")):
        with pytest.raises(ValidationError, match="只能保留"):
            decide(officer, filing, wish(filing, choice, kind))
    assert not Decision.objects.exists()
    assert decide(officer, filing, wish(filing, Choice.KEEP)).outcome == Outcome.KEPT


def test_what_only_a_source_has_is_silence_and_can_be_taken(
    site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(
        site, officer, tmp_path, {"class": [{"stage": "primary", "grade": 1, "class_no": "1", "pupils": 40}]}
    )
    figure = Figure("class", SCHOOL, "primary|1|1", "pupils")
    assert line_of(filing, figure) is None  # no return speaks of classes yet: nothing to compare
    save_cell(officer, Row.objects.create(filing=filing, table="class", key="primary|1|2"), "pupils", "41")
    line = line_of(filing, figure)
    assert line is not None
    assert (line.found.kind, line.found.silent) == ("silent", ("return",))
    decide(officer, filing, Wish(figure, Choice.TAKE, "statistics", "补", line.token))
    assert Row.objects.get(filing=filing, key="primary|1|1").cells.get(column="pupils").value == "40"


def test_a_decision_needs_a_reason_and_a_figure_that_is_said(
    site: Site, officer: Account, filing: Filing, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(812))
    good = wish(filing, Choice.TAKE, "statistics")
    for bad in (
        Wish(PUPILS, Choice.TAKE, "statistics", "  ", good.token),
        Wish(PUPILS, Choice.TAKE, "register", "x", good.token),
        Wish(PUPILS, Choice.TAKE, "return", "x", good.token),
        Wish(Figure("stage", NEIGHBOUR, "primary", "pupils"), Choice.KEEP, "", "x", good.token),
    ):
        with pytest.raises(ValidationError):
            decide(officer, filing, bad)
    assert not Decision.objects.exists()
