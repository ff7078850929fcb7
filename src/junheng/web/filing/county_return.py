"""The county's own return: the tables no school answers for, filed by the bureau's sections."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pyarrow.compute as pc
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.data import Snapshot
from junheng.web.audit.chain import record
from junheng.web.clocks.giving import Message, give
from junheng.web.filing.models import CountyYear, Filing, Origin
from junheng.web.filing.prefill import Begun, Seed, fill, from_returns, seed_of
from junheng.web.filing.refusing import refused
from junheng.web.filing.sections import county_sections, keys_of
from junheng.web.filing.states import Act, State
from junheng.web.people.models import Account, Post
from junheng.web.people.queries import code_of, held_today
from junheng.web.people.roles import Role

_ROOT = "county"  # the table with a county's name
_OWNERS = ("county_code", "scope_id", "junior_school_id")  # whose a row is, by the first of them it has
_ABOVE = frozenset({"city", "province"})  # what is attested of them holds for every county below


def own_return(year: CountyYear) -> Filing | None:
    """The county's own return of a year; None where the year was opened without."""
    return (
        Filing.every.filter(county_year=year, is_county=True).select_related("school", "county_year").first()
    )


def is_begun(filing: Filing) -> bool:
    """Whether anybody touched it: last year's figures nobody looked at are no return."""
    return filing.revision > 0 or filing.state != State.DRAFT


@dataclass(frozen=True, slots=True)
class Before:
    """The county's tables of the year before: ``codes`` are those of the county and its schools in that year."""

    snapshot: Snapshot
    year: int
    codes: Collection[str]


def begin(year: CountyYear, before: Before | None = None) -> Filing:
    """Make it, begun with last year's accepted return, else with the tables given. Raises ValidationError without a code."""
    code = code_of(year.county, year.year)
    if code is None:
        raise refused(f"{year.county}没有 {year.year} 年的区划代码", "the county has no code in that year")
    made = Filing.every.create(county_year=year, school=year.county, code=code, is_county=True)
    given = list(_from_input(before)) if before else []
    seeds = list(from_returns([made]).get(year.county_id, given))
    fill([made], {year.county_id: [*seeds, *_empty(made, seeds)]})
    return made


@transaction.atomic
def begin_late(actor: Account, year: CountyYear) -> Filing:
    """Make it in a year that was opened without one. Raises ValidationError where it is there, or the year is frozen."""
    held = CountyYear.objects.select_for_update(of=("self",)).select_related("county").get(pk=year.pk)
    if held.frozen_at:
        raise refused("这一年已经定稿", "the year is frozen: nothing changes")
    if own_return(held):
        raise refused("已经有县级数据的报表", "the county's own return is there already")
    made = begin(held)
    record(actor, "filing.county", "filing", made.pk, {"year": held.year}, organisation_id=held.county_id)
    return made


def tell(filing: Filing, act: Act) -> None:
    """A notice of the county's own return: to the leaders when it was handed in, to the officers when it came back.

    Of a school's return the officers see the list, and the daily reminders tell the school.
    """
    if not filing.is_county:
        return
    role = Role.LEADER if act == Act.SUBMIT else Role.OFFICER
    posts = Post.objects.filter(
        held_today(), role=role, organisation=filing.school_id, account__is_active=True
    )
    name = f"{filing.school.name} {filing.county_year.year}"
    words = {
        Act.SUBMIT: Text(
            f"{name} 年县级数据已提交，请审核", f"{name}: the county's own return waits for you"
        ),
        Act.SEND_BACK: Text(
            f"{name} 年县级数据被退回，请改好再交", f"{name}: the county's own return came back"
        ),
    }[act]
    key = f"county:{filing.pk}:{act}:{filing.revision}:{timezone.localdate()}"
    people = dict.fromkeys(post.account for post in posts.select_related("account"))
    give(people, Message(key, words, reverse("filing", args=[filing.pk])), timezone.now())


def _from_input(before: Before) -> Iterator[Seed]:
    for name in county_sections():
        table = before.snapshot.tables.get(name)
        if table is not None:
            for row in table.filter(pc.equal(table["year"], before.year)).to_pylist():
                if _is_ours(row, before.codes):
                    yield seed_of(name, row, before.snapshot.sources)


def _is_ours(row: Mapping[str, object], codes: Collection[str]) -> bool:
    owner = next(row[name] for name in _OWNERS if name in row)
    return owner in codes or row.get("scope") in _ABOVE


def _empty(filing: Filing, seeds: list[Seed]) -> Iterator[Seed]:
    """An empty row of the table that has one row a county, with the name the tree knows."""
    known = {seed.table for seed in seeds}
    name = {"county_name": Begun(filing.school.name, "", Origin.TREE)}
    for table in county_sections():
        if table not in known and not keys_of(table):
            yield Seed(table, "", name if table == _ROOT else {})
