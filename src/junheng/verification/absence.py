"""Why a value cannot be told: the code of the reason, from the cells as they were reported."""

from collections.abc import Iterator

from junheng.data import load_dictionary
from junheng.verification.cells import Cells, Year
from junheng.verification.facts import Formula, SchoolStage
from junheng.verification.syntax import Call, Node, columns_of, parts_of

_TABLES = ("school", "stage", "teacher_count", "premises", "finance")


def why_absent(row: SchoolStage, formula: Formula, reported: Year) -> str:
    """The code of the reason why ``row`` has no value of ``formula``.

    ``reported`` is the year before merging: an absent cell is named where it stands, "@school" telling which
    merged campus it belongs to.
    """
    if row.pupils is None:
        return "missing:stage.pupils"
    if row.facts[formula.key].denominator == 0:
        return "no_value"
    trees = (formula.numerator[row.stage], formula.denominator[row.stage])
    columns = list(dict.fromkeys(name for tree in trees for name in columns_of(tree)))
    if row.share.part is None and formula.shared & set(columns):
        return row.share.why
    optional = {name for tree in trees for name in made_up_for(tree)}
    absent = [name for column in columns if column not in optional for name in _empty(column, row, reported)]
    return f"missing:{','.join(dict.fromkeys(absent))}" if absent else "no_value"


def made_up_for(tree: Node) -> Iterator[str]:
    """Columns whose absence a COALESCE makes up for."""
    for part in parts_of(tree):
        if isinstance(part, Call) and part.function == "COALESCE":
            yield from columns_of(part)


def _empty(column: str, row: SchoolStage, reported: Year) -> Iterator[str]:
    """Where ``column`` is absent: in the school's own row, or in that of a campus merged into it."""
    table = table_of(column)
    for member in row.members:
        if member != row.school_id and not _is_part(table, member, row.stage, reported):
            continue
        if cells_of(table, member, row.stage, reported).get(column) is None:
            yield f"{table}.{column}" + ("" if member == row.school_id else f"@{member}")


def _is_part(table: str, school: str, stage: str, reported: Year) -> bool:
    """A campus that does not teach the stage has no part in what is reported by stage."""
    if table not in {"stage", "teacher_count"}:
        return True
    return (school, stage) in reported.stages or (school, stage) in reported.teachers


def cells_of(table: str, school: str, stage: str, reported: Year) -> Cells:
    """The row as reported; an empty one where there is none."""
    found: Cells | None
    match table:
        case "school":
            found = reported.schools.get(school)
        case "stage":
            found = reported.stages.get((school, stage))
        case "teacher_count":
            found = reported.teachers.get((school, stage))
        case "premises":
            found = reported.premises.get(school)
        case _:
            found = reported.finance.get(school)
    return found or {}


def table_of(column: str) -> str:
    """The table in which a bare column name stands."""
    tables = load_dictionary().tables
    return next(table for table in _TABLES if column in tables[table].columns)
