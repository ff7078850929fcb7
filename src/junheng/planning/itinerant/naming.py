"""Names of what a problem speaks of by id."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json

_GRADES = "一二三四五六七八九"


class Names:
    """Looks up the names of schools, teachers, subjects and days."""

    def __init__(self, problem: Json) -> None:
        self._schools = {school["id"]: school["name"] for school in problem["schools"]}
        self._teachers = {person["id"]: person["name"] for person in problem["teachers"]}
        self._subjects = {row["id"]: Text(row["zh"], row["en"]) for row in problem["subjects"]}
        self._days = {row["id"]: Text(row["zh"], row["en"]) for row in problem["week"]["days"]}

    def school(self, name: str) -> str:
        """The name of a school."""
        return str(self._schools.get(name, name))

    def teacher(self, name: str) -> str:
        """The name of a teacher."""
        return str(self._teachers.get(name, name))

    def subject(self, name: str) -> Text:
        """The name of a subject."""
        return self._subjects.get(name, Text(name, name))

    def day(self, name: str) -> Text:
        """The name of a day."""
        return self._days[name]

    def grade(self, name: str) -> Text:
        """The name of a grade."""
        return Text(f"{_GRADES[int(name) - 1]}年级", f"grade {name}")


def unit_of(problem: Json) -> Text:
    """The unit in which ways are told."""
    return Text("千米", "km") if problem["travel"]["unit"] == "m" else Text("分钟", "minutes")


def way_of(problem: Json, value: int) -> Fraction:
    """A way in that unit."""
    return Fraction(value, 1000 if problem["travel"]["unit"] == "m" else 1)
