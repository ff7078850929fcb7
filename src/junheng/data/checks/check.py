"""What ``check_snapshot`` does: find what is wrong with an input, and leave its impossible cells out.

Three passes, so that one wrong cell is reported once: first each cell alone, then relations between
cells, both rules of logic, each on tables whose already condemned cells are blank; last what
experience finds unlikely, which is reported but changes nothing.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import Text, UserError
from junheng.data.arrays import array_of, arrow_array, arrow_value
from junheng.data.checks.definition import Check
from junheng.data.checks.failure import Failure
from junheng.data.checks.load import load_checks
from junheng.data.checks.problems import Describer
from junheng.data.checks.run import Tables, failures, unhidden
from junheng.data.dictionary import load_dictionary
from junheng.data.register_query import REGISTERS
from junheng.data.registers import roll_up_registers
from junheng.data.same import Same
from junheng.data.tables import Problem, Snapshot

_FEW_ROWS, _REMEMBERED = 100, 500  # rows of a return; returns of the year before

# A cell of a canonical table: (table, position of the row, column).
Cell = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """An input after its checks. ``snapshot`` has registers rolled up and, in its tables, null for
    every cell that breaks a rule of logic (``raw`` keeps what was typed). ``problems`` begins with the
    reader's own.

    ``blanked`` lists those cells as (table, position of the row, column).
    """

    snapshot: Snapshot
    problems: tuple[Problem, ...]
    blanked: frozenset[Cell] = frozenset()


def check(snapshot: Snapshot, previous: Snapshot | None, checks: Sequence[Check] | None) -> Checked:
    """The three passes over ``snapshot``, as ``check_snapshot`` says."""
    asked = load_checks() if checks is None else checks
    rolled = _rolled_up(snapshot, asked)
    held = _clean(rolled, asked)
    before = None if previous is None else _cleaned(previous, checks)
    unlikely = [check for check in asked if check.rule.severity == "experience"]
    later, _ = _run(unlikely, held, rolled.snapshot, _prior(held.snapshot, before))
    return Checked(held.snapshot, (*rolled.snapshot.problems, *held.problems, *later), held.blanked)


def _cleaned(previous: Snapshot, checks: Sequence[Check] | None) -> Snapshot:
    """The year before without what is impossible; of a return's few rows remembered, for it is asked again and again."""
    if checks is None and sum(table.num_rows for table in previous.tables.values()) <= _FEW_ROWS:
        return _cleaned_few(Same(previous))
    asked = load_checks() if checks is None else checks
    return _clean(_rolled_up(previous, asked), asked).snapshot


@lru_cache(maxsize=_REMEMBERED)
def _cleaned_few(previous: Same[Snapshot]) -> Snapshot:
    return _clean(_rolled_up(previous.it, load_checks()), load_checks()).snapshot


def _rolled_up(snapshot: Snapshot, checks: Sequence[Check]) -> Checked:
    """Registers rolled up, their own impossible cells blank before anybody is counted by them."""
    if snapshot.tables.keys().isdisjoint(REGISTERS):
        return Checked(snapshot, ())
    logic = [check for check in checks if check.rule.severity == "logic" and check.rule.facet]
    chosen = [check for check in logic if check.view in REGISTERS]
    problems, blamed = _run(chosen, Checked(snapshot, ()), snapshot, {})
    cleaned = replace(snapshot, tables=_blanked(snapshot.tables, blamed))
    return Checked(roll_up_registers(cleaned), tuple(problems), blamed)


def _clean(rolled: Checked, checks: Sequence[Check]) -> Checked:
    """The rules of logic: cells alone, then relations among those that are left."""
    logic = [check for check in checks if check.rule.severity == "logic"]
    held = rolled
    for alone in (True, False):
        chosen = [check for check in logic if bool(check.rule.facet) is alone]
        problems, blamed = _run(chosen, held, rolled.snapshot, {})
        cleaned = replace(held.snapshot, tables=_blanked(held.snapshot.tables, blamed))
        held = Checked(cleaned, (*held.problems, *problems), held.blanked | blamed)
    return held


def _run(
    checks: Sequence[Check], held: Checked, original: Snapshot, prior: Tables
) -> tuple[list[Problem], frozenset[Cell]]:
    """Problems and the cells they condemn; the values quoted are those of ``original``."""
    dictionary = load_dictionary()
    describer = Describer(original, dictionary)
    blank = [check for check in checks if check.rule.absence and _wholly_blank(check, held.snapshot)]
    known = {id(check) for check in blank}
    asked = [check for check in checks if id(check) not in known]
    found = [describer.blank_column(check) for check in blank if check.rule.absence == "needed"]
    refused = {(p.table, p.year, p.school_id, p.stage, p.column) for p in original.problems if p.row}
    blamed: set[Cell] = set()
    spoken = _spoken(held.problems)
    for failure in unhidden(failures(asked, held.snapshot.tables, prior, dictionary)):
        if not spoken.isdisjoint(_places(failure)):
            continue
        if failure.check.rule.absence and _told(failure, held, refused):
            continue
        found.append(describer.problem(failure))
        blamed |= _blamed(failure, held.snapshot.tables)
    return found, frozenset(blamed)


# A rule and a cell: (id, table, year, school code, stage, column).
Spoken = tuple[str, str, int, str, str, str]


def _spoken(problems: Sequence[Problem]) -> Set[Spoken]:
    """Which rules have nothing to add of which cells, after the problems of the passes before."""
    if not problems:
        return frozenset()
    hides = {check.id: check.rule.hides for check in load_checks() if check.rule.hides}
    return {
        (rule, told.table, told.year, told.school_id, told.stage, told.column)
        for told in problems
        for rule in hides.get(told.check, ())
    }


def _places(failure: Failure) -> Set[Spoken]:
    keys = (failure.keys["year"] or 0, failure.keys["school_id"] or "", failure.keys["stage"] or "")
    return {(failure.check.id, table, *keys, column) for table, column in failure.check.marks}


def _told(failure: Failure, held: Checked, refused: Set[tuple[str, int, str, str, str]]) -> bool:
    """Whether a blank cell is blank only because a problem told elsewhere took its value away.

    That problem is of the cell itself, or of the row: a row that is absent is told by a rule of its own.
    """
    table, column = failure.check.marks[0]
    if failure.at.get(table) is None:
        return True
    keys = failure.keys
    place = (table, keys["year"], keys["school_id"] or "", keys["stage"] or "", column)
    return (table, failure.at.get(table), column) in held.blanked or place in refused


def _wholly_blank(check: Check, snapshot: Snapshot) -> bool:
    """Whether a check for blank cells meets a column that is blank, or absent, in every row."""
    if check.rule.absence not in ("needed", "optional"):
        return False
    table, column = check.marks[0]
    held = snapshot.tables.get(table)
    if held is None:
        return not check.rule.facet  # an optional table is not there: nothing in it is required
    if column not in held.column_names:
        return True
    return bool(held.num_rows > 0 and held.column(column).null_count == held.num_rows)


def _blamed(failure: Failure, tables: Tables) -> set[Cell]:
    cells: set[Cell] = set()
    for table, column in failure.check.blames:
        at = failure.at.get(table)
        if at is not None and column in tables[table].column_names:
            cells.add((table, at, column))
    return cells


def _blanked(tables: Tables, cells: frozenset[Cell]) -> Tables:
    """``tables`` with null in ``cells`` and every other cell as it was."""
    rows: dict[tuple[str, str], list[int]] = {}
    for table, at, column in cells:
        rows.setdefault((table, column), []).append(at)
    changed = dict(tables)
    for (table, column), positions in rows.items():
        held = changed[table]
        wrong = np.zeros(held.num_rows, dtype=bool)
        wrong[positions] = True
        kept = pc.if_else(
            array_of(~wrong), held.column(column), arrow_value(None, held.schema.field(column).type)
        )
        changed[table] = held.set_column(held.schema.get_field_index(column), column, kept)
    return changed


def _prior(snapshot: Snapshot, previous: Snapshot | None) -> Tables:
    """The rows a year is compared with: ``snapshot``'s own, then those of ``previous``' other years."""
    own = set(snapshot.years())
    if previous is None:
        return dict(snapshot.tables) if any(year + 1 in own for year in own) else {}
    earlier = set(previous.years())
    if not any(year + 1 in own for year in earlier):
        raise _no_year_before(own, earlier)
    if _is_one_year(snapshot.tables):
        return dict(previous.tables)  # of its own rows none precedes another
    joined = dict(previous.tables)
    for name, table in snapshot.tables.items():
        if name not in joined:
            joined[name] = table
            continue
        mine = pc.is_in(joined[name].column("year"), arrow_array(sorted(own), pa.int32()))
        others = joined[name].filter(pc.invert(mine))
        joined[name] = pa.concat_tables([others, table], promote_options="permissive")
    return joined


def _is_one_year(tables: Tables) -> bool:
    """Whether every row is of the same year."""
    return (
        len({year for table in tables.values() for year in pc.unique(table.column("year")).to_pylist()}) == 1
    )


def _no_year_before(own: set[int], earlier: set[int]) -> UserError:
    years, before = (", ".join(map(str, sorted(found))) or "–" for found in (own, earlier))
    return UserError(
        Text(
            f"上年数据的年份（{before}）都不是本次数据年份（{years}）的前一年",
            f"No year of the previous input ({before}) precedes a year of this input ({years})",
        ),
        where="--previous",
        why=Text("年度之间的突变无从比较", "changes between years cannot be found"),
        fix=Text(
            "请给出前一年的数据，或改正表中的年份", "give the input of the year before, or mend its year"
        ),
    )
