"""Facts of the reported tables that no finding keeps: classes, rooms, entrants, zones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from junheng.basics import is_rural
from junheng.data import Snapshot
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.monitoring.fact_names import Over
from junheng.judgement.monitoring.state import Subject, exact

Row = Mapping[str, Any]
Place = tuple[str, str]
_FIRST_GRADE = {"primary": 1, "junior": 7}
_COMPULSORY = tuple(_FIRST_GRADE)
_COUNTS = ("classes", "max_class_size", "boarders", "in_zone_pupils", "entrants")
_TEXTS = ("kind", "ownership", "urban_rural_code")


@dataclass(frozen=True, slots=True)
class YearTables:
    """The rows of one year and county, by table; a table that was not given at all is absent."""

    schools: Mapping[str, Row] = field(default_factory=dict)
    stages: Mapping[Place, Row] = field(default_factory=dict)
    classes: Mapping[Place, tuple[Row, ...]] | None = None
    rooms: Mapping[str, int] | None = None


def year_tables(snapshot: Snapshot, year: int, county: str) -> YearTables:
    """What ``snapshot`` says of ``county`` in ``year``. Non-counted schools are there, too."""

    def rows(table: str) -> list[Row]:
        found = snapshot.tables.get(table)
        return [] if found is None else [row for row in found.to_pylist() if row["year"] == year]

    schools = {row["school_id"]: row for row in rows("school") if row["county_code"] == county}
    stages = {
        (row["school_id"], row["stage"]): row
        for row in rows("stage")
        if row["school_id"] in schools and row["stage"] in _COMPULSORY
    }
    classes: defaultdict[Place, list[Row]] = defaultdict(list)
    for row in rows("class"):
        if row["stage"] in _COMPULSORY:
            classes[row["school_id"], row["stage"]].append(row)
    rooms = defaultdict[str, int](int)
    for row in rows("special_room"):
        rooms[row["school_id"]] += 1
    return YearTables(
        schools,
        stages,
        {place: tuple(found) for place, found in classes.items()} if classes else None,
        dict(rooms) if rooms else None,
    )


def with_tables(subjects: Mapping[Over, list[Subject]], tables: YearTables) -> dict[Over, list[Subject]]:
    """``subjects`` with the tables' facts, school-stages that are not judged, and the classes."""
    entry = {place: _entry(rows) for place, rows in (tables.classes or {}).items()}
    overall = {stage: _pooled(entry, stage) for stage in _COMPULSORY}
    judged = {(subject.school_id, subject.stage): subject for subject in subjects["school"]}
    schools = [
        _school(judged.get(place), place, tables, entry.get(place), overall.get(place[1]))
        for place in sorted(set(judged) | set(tables.stages))
    ]
    indicators = [
        replace(subject, facts={**_texts(tables, subject.school_id), **subject.facts})
        for subject in subjects["indicator"]
    ]
    stages = [_stage(subject, tables, entry, overall) for subject in subjects["stage"]]
    found = {**subjects, "indicator": indicators, "school": schools, "stage": stages}
    if tables.classes is not None:
        found["class"] = list(_classes(schools, tables.classes))
    return found


def _texts(tables: YearTables, school: str) -> dict[str, Value]:
    row = tables.schools.get(school, {})
    return {name: row.get(name) or None for name in _TEXTS}


def _school(
    judged: Subject | None,
    place: Place,
    tables: YearTables,
    entry: tuple[int, int] | None,
    overall: Fraction | None,
) -> Subject:
    school, stage = place
    row = tables.stages.get(place, {})
    facts: dict[str, Value] = {"stage": stage, "is_judged": False, **_texts(tables, school)}
    facts |= {name: exact(row.get(name)) for name in ("pupils", *_COUNTS)}
    facts["compulsory_pupils"] = _compulsory(tables, school)
    facts["special_rooms"] = exact((tables.rooms or {}).get(school))  # not listed: not known to be none
    facts["entry_per_class"] = Fraction(*entry) if entry else None
    facts["county_entry_per_class"] = overall
    if judged is not None:
        known = {
            name: value for name, value in judged.facts.items() if value is not None or name not in facts
        }
        return replace(judged, facts={**facts, **known})
    name = str(tables.schools.get(school, {}).get("name") or school)
    return Subject(school, name, stage, "", facts)


def _compulsory(tables: YearTables, school: str) -> Fraction | None:
    """Pupils of all compulsory stages of a school; absent where one of them is."""
    counts = [exact(row.get("pupils")) for (owner, _), row in tables.stages.items() if owner == school]
    known = [count for count in counts if count is not None]
    return sum(known, Fraction(0)) if counts and len(known) == len(counts) else None


def _entry(rows: Iterable[Row]) -> tuple[int, int] | None:
    """Pupils and classes of the starting grade; absent where it is not listed or a class of it has no number."""
    sizes = [row["pupils"] for row in rows if row["grade"] == _FIRST_GRADE[row["stage"]]]
    return None if not sizes or any(size is None for size in sizes) else (sum(sizes), len(sizes))


def _pooled(entry: Mapping[Place, tuple[int, int] | None], stage: str) -> Fraction | None:
    """Pupils per starting class over the schools that tell; each that does not is told of by itself."""
    known = [pair for (_, own), pair in entry.items() if own == stage and pair is not None]
    if not known:
        return None
    return Fraction(sum(pupils for pupils, _ in known), sum(classes for _, classes in known))


def _stage(
    subject: Subject,
    tables: YearTables,
    entry: Mapping[Place, tuple[int, int] | None],
    overall: Mapping[str, Fraction | None],
) -> Subject:
    mean = overall.get(subject.stage)
    facts: dict[str, Value] = dict(subject.facts)
    if mean is not None:
        facts["county_entry_per_class"] = mean
        own = [
            Fraction(*pair)
            for (school, stage), pair in entry.items()
            if stage == subject.stage and pair and _in_town(tables.schools.get(school, {}))
        ]
        if own:
            facts |= {"highest_entry_per_class": max(own), "lowest_entry_per_class": min(own)}
    return replace(subject, facts=facts)


def _in_town(school: Row) -> bool:
    """Small village classes are small for want of children: the spread is that of schools one may choose between."""
    code = school.get("urban_rural_code")
    return code is not None and is_rural(str(code)) is False


def _classes(schools: Iterable[Subject], classes: Mapping[Place, tuple[Row, ...]]) -> Iterable[Subject]:
    for school in schools:
        for row in classes.get((school.school_id, school.stage), ()):
            facts = dict(school.facts) | {"class_size": exact(row["pupils"]), "grade": exact(row["grade"])}
            yield replace(school, facts=facts, indicator="")
