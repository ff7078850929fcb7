"""For the check alone: who is eligible and where each may go, from the words of the rule.

《教师资格条例》第五条 for certificates; years, terms, ages and kilometres as the problem states them.
"""

from collections import Counter
from typing import Any

from junheng.planning.frozen import exact

Json = dict[str, Any]
Post = tuple[str, str, str]  # stage, school, post


class Roster:
    """The persons of a problem as the rule sees them.

    ``standing`` is "eligible", "possible" (a figure is missing: counted in denominators, never moved) or "not".
    ``open_to``: permitted schools of all who can move. ``blocked``: why the other eligible ones cannot.
    """

    def __init__(self, problem: Json) -> None:
        self.problem, self.rule = problem, problem["rule"]
        self.persons: dict[str, Json] = {person["id"]: person for person in problem["persons"]}
        self.pupils = {
            (s["id"], part["stage"]): part["pupils"] for s in problem["schools"] for part in s["stages"]
        }
        self.standing = {name: self._standing(person) for name, person in self.persons.items()}
        self.open_to: dict[str, set[str]] = {}
        self.blocked: dict[str, str] = {}
        for name, person in self.persons.items():
            if self.standing[name] == "possible":
                self.blocked[name] = "possible"
            elif self.standing[name] == "eligible":
                self._permit(name, person)
        self._leave_out_partnerless()

    def asked(self, name: str) -> bool:
        """Whether the person stands in denominators."""
        return self.standing[name] != "not"

    def counts(self, name: str) -> bool:
        """Whether the teachers' shares count the person."""
        return self.persons[name]["role"] == "teacher" or exact(self.rule["principals_counted"]) == 1

    def post(self, name: str) -> str:
        """What is exchanged one for one."""
        person = self.persons[name]
        return str(person["subject"]) if person["role"] == "teacher" else str(person["role"])

    def place(self, name: str) -> tuple[str, str]:
        """School and stage."""
        return self.persons[name]["school"], self.persons[name]["stage"]

    def units(self) -> dict[tuple[str, str], list[str]]:
        """Persons listed at every school-stage of the exchange."""
        found: dict[tuple[str, str], list[str]] = {unit: [] for unit in self.pupils}
        for name in self.persons:
            if self.place(name) in found:
                found[self.place(name)].append(name)
        return found

    def _standing(self, person: Json) -> str:
        if person.get("exempt"):
            return "not"
        figure, least = "years", self.rule["years_at_school"]
        if person["role"] != "teacher":
            if "principal_terms" not in self.rule:
                return "not"
            figure, least = "terms", self.rule["principal_terms"]
        if figure in person and exact(person[figure]) < exact(least):
            return "not"
        needed = {figure}
        if "exempt_from_age" in self.rule:
            needed.add("age")
            if "age" in person and exact(person["age"]) >= exact(self.rule["exempt_from_age"]):
                return "not"
        return "eligible" if needed <= set(person) else "possible"

    def _permit(self, name: str, person: Json) -> None:
        if self.place(name) not in self.pupils:
            self.blocked[name] = "school"
            return
        if "certificate" not in person:
            self.blocked[name] = "certificate_unknown"
            return
        if person["stage"] not in {
            below for level in person["certificate"] for below in self.problem["covers"][level]
        }:
            self.blocked[name] = "certificate"
            return
        schools = set(self.problem["pairs"][person["stage"]].get(person["school"], {}))
        if "reach" in person:
            schools = {school for school in schools if school in person["reach"]}
        if "home" in person and "home_km" in self.rule:
            schools = {school for school in schools if school in self.problem["homes"][person["home"]]}
        if schools:
            self.open_to[name] = schools
        else:
            self.blocked[name] = "nowhere"

    def _leave_out_partnerless(self) -> None:
        """Nobody arrives where nobody of the post leaves: such ways are closed until nothing changes."""
        changed = True
        while changed:
            changed = False
            leavers: Counter[Post] = Counter(
                (self.persons[name]["stage"], self.persons[name]["school"], self.post(name))
                for name in self.open_to
            )
            for name in list(self.open_to):
                stage, post = self.persons[name]["stage"], self.post(name)
                still = {school for school in self.open_to[name] if leavers[stage, school, post]}
                changed = changed or still != self.open_to[name]
                if still:
                    self.open_to[name] = still
                else:
                    del self.open_to[name]
                    self.blocked[name] = "partner"
