"""The facts of schools read again from the input by other code, for who verifies a school standard's result."""

from fractions import Fraction

from junheng.data import Snapshot, load_dictionary
from junheng.standards import CountingRule
from junheng.verification.cells import Cells, Year, empty, rows_of
from junheng.verification.condemned import cell_rules, failing
from junheng.verification.meaning import Value
from junheng.verification.merging import merged
from junheng.verification.reported import reported_year

_OWN = ("school", "premises", "finance")
_BY_STAGE = ("stage", "teacher_count")
_STAGES = ("primary", "junior", "senior")
_TAUGHT = frozenset({"primary", "junior"})
_LARGEST = "max_class_size"
_ROOMS = "rooms_"


class SchoolsAgain:
    """The schools of one county, merged, with any fact by its name."""

    def __init__(self, snapshot: Snapshot, year: int, county: str, counting: CountingRule) -> None:
        self._year: Year = merged(reported_year(snapshot, year), counting)
        self._rooms = [_sound(row) for row in rows_of(snapshot, "special_room", year)]
        self._tables = load_dictionary().tables
        own = {key for key, row in self._year.schools.items() if row.get("county_code") == county}
        self._county = {member for key in own for member in self._year.members[key]}
        self.ids = {key for key in own if self._is_judged(key)}

    def _is_judged(self, school: str) -> bool:
        stages = {stage for own, stage in self._year.stages if own == school}
        return bool(stages & _TAUGHT) and self.fact(school, "pupils") != 0

    def fact(self, school: str, name: str) -> Value:
        """One fact. Raises KeyError for a name the dictionary does not give."""
        if name.startswith(_ROOMS):
            return self._counted(school, name.removeprefix(_ROOMS))
        cells: dict[str, dict[str, Cells]] = {
            "school": self._year.schools, "premises": self._year.premises, "finance": self._year.finance,
        }  # fmt: skip
        for table in _OWN:
            if name in self._tables[table].columns:
                return cells[table].get(school, empty(table)).get(name)
        for table in _BY_STAGE:
            if name in self._tables[table].columns:
                return self._summed(school, table, name)
            for stage in _STAGES:
                if name.removeprefix(f"{stage}_") in self._tables[table].columns and name.startswith(stage):
                    return self._of_stage(school, table, stage, name.removeprefix(f"{stage}_"))
        raise KeyError(name)

    def is_reported(self, name: str) -> bool:
        """Whether the data dictionary gives the fact: the others come from the book of further figures."""
        try:
            self.fact("", name)
        except KeyError:
            return False
        return True

    def _of_stage(self, school: str, table: str, stage: str, column: str) -> Value:
        if (school, stage) not in self._year.stages:
            return Fraction(0)
        rows = self._year.stages if table == "stage" else self._year.teachers
        return rows.get((school, stage), empty(table)).get(column)

    def _summed(self, school: str, table: str, column: str) -> Value:
        stages = [stage for own, stage in self._year.stages if own == school]
        values = [self._of_stage(school, table, stage, column) for stage in stages]
        numbers = [value for value in values if isinstance(value, Fraction)]
        if len(numbers) < len(values) or not numbers:
            return None
        return max(numbers) if column == _LARGEST else sum(numbers, Fraction(0))

    def _counted(self, school: str, kind: str) -> Value:
        if not any(row["school_id"] in self._county for row in self._rooms):
            return None
        members = self._year.members.get(school, ())
        kinds = [row["kind"] for row in self._rooms if row["school_id"] in members]
        return None if None in kinds else Fraction(kinds.count(kind))


def _sound(room: Cells) -> Cells:
    """A room without the cells that are impossible by themselves."""
    bad = failing(cell_rules("special_room"), room)
    return {column: None if column in bad else cell for column, cell in room.items()}
