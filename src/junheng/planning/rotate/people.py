"""Who is asked to move, who can, who could but for one thing: persons sorted into types.

A *type* is one school and stage, one post (the subject; principals and deputies by office), the same attributes,
grade and permitted schools: its persons are alike for the model and are named afterwards.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from junheng.planning.frozen import exact

Json = dict[str, Any]
State = Literal["eligible", "possible", "not"]
Unit = tuple[str, str]  # school, stage


@dataclass(frozen=True, slots=True)
class Type:
    """Persons alike. ``to`` are the permitted schools, sorted; ``persons`` their ids, sorted."""

    school: str
    stage: str
    post: str
    has: tuple[str, ...]
    is_counted: bool
    is_principal: bool
    is_graduating: bool
    to: tuple[str, ...]
    persons: tuple[str, ...]


@dataclass
class People:
    """The persons of ``problem`` with what follows for each."""

    problem: Json
    states: dict[str, State] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)  # eligible but unable to move: person → reason
    can_move: dict[str, tuple[str, ...]] = field(default_factory=dict)  # person → permitted schools

    @cached_property
    def by_id(self) -> Mapping[str, Json]:
        """Persons by id."""
        return {person["id"]: person for person in self.problem["persons"]}

    @cached_property
    def units(self) -> Mapping[Unit, int]:
        """Pupils of every school-stage in the exchange."""
        return {
            (s["id"], part["stage"]): part["pupils"] for s in self.problem["schools"] for part in s["stages"]
        }

    @cached_property
    def listed(self) -> Mapping[Unit, Sequence[Json]]:
        """Persons of every school-stage in the exchange."""
        found: dict[Unit, list[Json]] = {unit: [] for unit in self.units}
        for person in self.problem["persons"]:
            if (unit := (person["school"], person["stage"])) in found:
                found[unit].append(person)
        return found

    def counts(self, person: Json) -> bool:
        """Whether the teachers' shares count this person."""
        return person["role"] == "teacher" or exact(self.problem["rule"]["principals_counted"]) == 1

    def asked(self) -> list[str]:
        """Ids of all who are, or may be, eligible: the denominators are taken from them."""
        return [person for person, state in self.states.items() if state != "not"]

    @cached_property
    def types(self) -> tuple[Type, ...]:
        """All types, sorted."""
        found: dict[Type, list[str]] = {}
        for name, to in self.can_move.items():
            found.setdefault(self._alike(self.by_id[name], to), []).append(name)
        kinds = (replace(kind, persons=tuple(sorted(names))) for kind, names in found.items())
        return tuple(sorted(kinds, key=astuple))

    def _alike(self, person: Json, to: tuple[str, ...]) -> Type:
        """The type of a person, nobody in it yet."""
        is_teacher = person["role"] == "teacher"
        return Type(
            school=person["school"],
            stage=person["stage"],
            post=post_of(person),
            has=tuple(sorted(person["has"])),
            is_counted=self.counts(person),
            is_principal=not is_teacher,
            is_graduating=is_teacher and person.get("graduating") == 1,
            to=to,
            persons=(),
        )

    @cached_property
    def reach(self) -> Mapping[tuple[Unit, str], tuple[int, int]]:
        """How far the count of an attribute at a school-stage can fall and rise: one for one, post by post."""
        leave: Counter[tuple[Unit, str, str]] = Counter()
        come: Counter[tuple[Unit, str, str]] = Counter()
        for kind in self.types:
            for name in (*kind.has, ""):  # "": everybody
                leave[(kind.school, kind.stage), kind.post, name] += len(kind.persons)
                for school in kind.to:
                    come[(school, kind.stage), kind.post, name] += len(kind.persons)
        found: dict[tuple[Unit, str], tuple[int, int]] = {}
        for unit, post, name in sorted({*leave, *come}):
            low, high = found.get((unit, name), (0, 0))
            fall = min(leave[unit, post, name], come[unit, post, ""])
            rise = min(come[unit, post, name], leave[unit, post, ""])
            found[unit, name] = (low - fall, high + rise)
        return found


def post_of(person: Json) -> str:
    """What is exchanged one for one: the subject; principals and deputies by office."""
    return str(person["subject"] if person["role"] == "teacher" else person["role"])


def sort_people(problem: Json) -> People:
    """State, obstacles and permitted schools of every person."""
    people = People(problem)
    for person in problem["persons"]:
        state = _state(person, problem["rule"])
        people.states[person["id"]] = state
        if state == "possible":
            people.blocked[person["id"]] = "possible"
        elif state == "eligible":
            _place(people, person)
    _drop_partnerless(people)
    return people


def _state(person: Json, rule: Json) -> State:
    """Eligible by years at the school (principals: terms), unless excused; what is not known makes it possible."""
    is_teacher = person["role"] == "teacher"
    if person.get("exempt") or (not is_teacher and "principal_terms" not in rule):
        return "not"
    least = exact(rule["years_at_school"] if is_teacher else rule["principal_terms"])
    served = person.get("years" if is_teacher else "terms")
    if served is not None and exact(served) < least:
        return "not"
    if "exempt_from_age" not in rule:
        return "possible" if served is None else "eligible"
    if "age" in person and exact(person["age"]) >= exact(rule["exempt_from_age"]):
        return "not"
    return "possible" if served is None or "age" not in person else "eligible"


def _place(people: People, person: Json) -> None:
    if (person["school"], person["stage"]) not in people.units:
        people.blocked[person["id"]] = "school"
    elif "certificate" not in person:
        people.blocked[person["id"]] = "certificate_unknown"
    elif not any(person["stage"] in people.problem["covers"][level] for level in person["certificate"]):
        people.blocked[person["id"]] = "certificate"
    elif to := _permitted(people.problem, person):
        people.can_move[person["id"]] = to
    else:
        people.blocked[person["id"]] = "nowhere"


def _permitted(problem: Json, person: Json) -> tuple[str, ...]:
    found = set(problem["pairs"][person["stage"]].get(person["school"], ()))
    if "reach" in person:
        found &= set(person["reach"])
    if "home_km" in problem["rule"] and "home" in person:
        found &= set(problem["homes"][person["home"]])
    return tuple(sorted(found))


def _drop_partnerless(people: People) -> None:
    """Who can go nowhere that anyone of the same post leaves cannot be exchanged; repeated until none is left."""
    while True:
        leaving = {
            (person["school"], person["stage"], post_of(person))
            for person in map(people.by_id.__getitem__, people.can_move)
        }
        kept, lost = {}, []
        for name, to in people.can_move.items():
            person = people.by_id[name]
            open_to = tuple(school for school in to if (school, person["stage"], post_of(person)) in leaving)
            if open_to:
                kept[name] = open_to
            else:
                lost.append(name)
        is_same = kept == people.can_move
        people.can_move = kept
        people.blocked |= dict.fromkeys(lost, "partner")
        if is_same:
            return
