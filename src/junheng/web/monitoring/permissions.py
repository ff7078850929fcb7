"""Who may see alerts, gaps and papers, and who may do what to them."""

from junheng.web.monitoring.models import Alert, Gap, Given, Paper
from junheng.web.monitoring.states import Act, State, Who, transition
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person, holds, may_see, may_see_county
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Kind, Role

_OFFICER, _LEADER = frozenset({Role.OFFICER}), frozenset({Role.LEADER})
_INSPECTOR = frozenset({Role.INSPECTOR})
_WATCHED = frozenset({Kind.NATION, Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.SCHOOL})


def may_watch(person: Person, place: Organisation) -> bool:
    """Alerts and gaps of a county, a school, or of the counties below."""
    return place.kind in _WATCHED and may_see(person, place)


def may_see_rules(person: Person, place: Organisation) -> bool:
    """The rules in force in a county: also its schools' people, whom they concern."""
    if place.kind != Kind.COUNTY:
        return False
    return may_see_county(person, place) or (
        isinstance(person, Account)
        and any(post.organisation.path.startswith(place.path) for post in posts_of(person))
    )


def may_see_papers(person: Person, place: Organisation) -> bool:
    """Bulletins and lists, issued or about to be: the bureau and those above."""
    return place.kind == Kind.COUNTY and may_see_county(person, place)


def may_run(person: Person, place: Organisation) -> bool:
    """Run the rules, open gaps: an officer of the county."""
    return place.kind == Kind.COUNTY and holds(person, _OFFICER | _LEADER, place)


def may_open_gap(person: Person, place: Organisation) -> bool:
    """Turn alerts into a gap: the county's officers and leader; an inspector above orders one (督办)."""
    return place.kind == Kind.COUNTY and holds(person, _OFFICER | _LEADER | _INSPECTOR, place)


def may_lead(person: Person, place: Organisation) -> bool:
    """Change the county's own values, issue papers: its leader."""
    return place.kind == Kind.COUNTY and holds(person, _LEADER, place)


def may_inspect(person: Person, place: Organisation) -> bool:
    """Order a gap for a county: an inspector above it."""
    return place.kind == Kind.COUNTY and holds(person, _INSPECTOR, place)


def may_withdraw(person: Person, given: Given) -> bool:
    """Have the rules look no more at what was given: who may give."""
    return may_run(person, given.county)


def may_see_alert(person: Person, alert: Alert) -> bool:
    """A school's alert: also that school's people."""
    return may_see(person, alert.school or alert.county)


def may_mute(person: Person, alert: Alert) -> bool:
    """Mute and un-mute: the county's officers and leader."""
    return may_run(person, alert.county)


def is_owner(person: Person, gap: Gap) -> bool:
    """Who answers for it: the named person while they hold a post there, or whoever holds the named post now."""
    if not isinstance(person, Account) or not person.is_active:
        return False
    if gap.owner_id is not None:
        return person.pk == gap.owner_id and may_see(person, gap.owner_place)
    return any(
        post.organisation_id == gap.owner_place_id and post.role == gap.owner_role
        for post in posts_of(person)
    )


def may_see_gap(person: Person, gap: Gap) -> bool:
    """Its owner, the school it is about, the county's bureau and those above."""
    return may_see(person, gap.place) or is_owner(person, gap)


def may_review(person: Person, gap: Gap) -> bool:
    """Send back, pass on, ask the data: an officer of the county."""
    return holds(person, _OFFICER, gap.county)


def may_order(person: Person, gap: Gap) -> bool:
    """Put a gap under an inspector's eye."""
    return may_inspect(person, gap.county)


def may_take_paper(person: Person, paper: Paper) -> bool:
    """Download an issued paper."""
    return may_see_papers(person, paper.county)


def may_act(person: Person, gap: Gap, act: Act) -> bool:
    """Whether the table of states offers ``act`` to this person now; what data alone may do, nobody may."""
    way = transition(act, State(gap.state))
    if way is None or way.who is Who.DATA:
        return False
    return is_owner(person, gap) if way.who is Who.OWNER else may_review(person, gap)
