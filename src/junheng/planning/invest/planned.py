"""The county as a plan leaves it, year by year, as an input that ``junheng evaluate`` judges.

So that a plan can be held against the very verdict it promises: the tables of the base year, the forecast pupils, and
what was bought, trained and moved in the right columns. What a forecast contradicts is absent; the rest is as it was.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_folder
from junheng.indicators import Indicator, load_catalogue
from junheng.planning.frozen import exact
from junheng.planning.gathered import Gathered
from junheng.planning.invest.library_files import PAGE, load_measures
from junheng.planning.invest.reading.base import Base, read_base
from junheng.planning.invest.reading.lines import Lines, lines_of
from junheng.planning.invest.reading.people import above_of
from junheng.planning.invest.reading.problem_file import read_asked
from junheng.planning.invest.staff_changes import join, leave, train
from junheng.planning.state_rows import Row, Rows, StageKey, staff_rows, write_rows, year_rows
from junheng.standards import resolve, school_year_start

Json = Mapping[str, Any]
README = "README.md"


def planned_state(path: Path, problem: Json, outcome: Json, folder: Path) -> tuple[int, ...]:
    """Write the planned state of each year with a whole forecast below ``folder`` (2025/, 2026/, …); returns the years.

    ``path`` is the problem file that ``problem`` was read from: it names the county's input. Judge with
    ``junheng evaluate FOLDER --standard … --year 2028``. Raises UserError where the input is no longer the same.
    """
    base, lines = _sources(path, problem)
    written = []
    with atomic_folder(folder) as temporary:
        for year in problem["years"]:
            pupils = _pupils(problem, year)
            if pupils is not None:
                write_rows(
                    state_of_year(base.rows, lines, problem, outcome, year, pupils), temporary / str(year)
                )
                written.append(year)
        (temporary / README).write_text(_readme(problem, written), encoding="utf-8")
    return tuple(written)


def _sources(path: Path, problem: Json) -> tuple[Base, Lines]:
    faults = Gathered(PAGE)
    asked = read_asked(path, faults)
    faults.refuse()
    if asked is None:
        raise RuntimeError("a problem without faults was not read")
    base = read_base(asked)
    standard = resolve(
        asked.standard, on=school_year_start(problem["target"]), region=base.county, overlays=asked.overlays
    )
    if list(base.inputs) != list(problem["inputs"]) or standard.sha256 != problem["standard"]["hash"]:
        raise UserError(
            Text(
                "数据或标准在规划之后有变动", "the input or the standard has changed since the plan was made"
            ),
            where=str(asked.input),
            why=Text("规划后的状况只能从同一份数据推出", "a planned state follows from the same input only"),
            fix=Text("请用原来的数据，或重新规划", "use the input of the plan, or plan again"),
        )
    return base, lines_of(standard, has_cv=asked.has_cv)


def base_rows(path: Path, problem: Json) -> Rows:
    """The tables of the base year, as the plan was made from. Raises UserError where they are no longer the same."""
    return _sources(path, problem)[0].rows


def _pupils(problem: Json, year: int) -> dict[StageKey, int] | None:
    """Forecast pupils of ``year``; None where some of those forecast for the target have none that year."""
    rows = problem["forecast"]["rows"]
    whole = all(str(year) in row["pupils"] for row in rows if str(problem["target"]) in row["pupils"])
    found = {(r["school_id"], r["stage"]): r["pupils"][str(year)] for r in rows if str(year) in r["pupils"]}
    return found if whole else None


def state_of_year(
    base: Rows, lines: Lines, problem: Json, outcome: Json, year: int, pupils: Mapping[StageKey, int]
) -> Rows:
    """The tables of 1 September of ``year``: everything bought and moved up to that year stands.

    People come before people leave, and those who leave do so before anybody is trained. Raises RuntimeError where
    the outcome takes more than is there, which ``check`` would have told.
    """
    rows = year_rows(base, year, pupils)
    measures = {measure["id"]: measure for measure in problem["measures"]}
    actions = [action for action in outcome.get("actions", ()) if int(action["year"]) <= year]
    moves = [move for move in outcome.get("moves", ()) if int(move["year"]) <= year]
    try:
        for action in actions:
            if measures[action["measure"]]["level"] == "school":
                _buy(rows, lines, measures[action["measure"]], action)
        for change in _staff_changes(problem, measures, actions, moves):
            _change_staff(rows, lines, change)
    except (KeyError, ValueError) as error:
        raise RuntimeError(f"the outcome does not fit its problem: {error}") from error
    return rows


def _buy(rows: Rows, lines: Lines, measure: Json, action: Json) -> None:
    for key, gives in measure["gives"].items():
        column = load_measures().things[_catalogue(lines, key).id].column
        row = _premises(rows, action["school_id"], column)
        bought = exact(gives) * exact(action["quantity"])
        total = exact(str(row[column])) + bought
        row[column] = total.numerator if total.denominator == 1 else total


def _premises(rows: Rows, school_id: str, column: str) -> Row:
    """The school's row, or that of a campus merged into it, in which ``column`` is known."""
    campuses = [row["school_id"] for row in rows["school"] if row.get("parent_school_id") == school_id]
    for owner in (school_id, *sorted(campuses)):
        for row in rows.get("premises", ()):
            if row["school_id"] == owner and row.get(column) is not None:
                return row
    raise ValueError(f"{school_id}: no {column} to add to")


Change = tuple[int, str, str, str, list[str], int]  # order, what, school, stage, indicators, persons


def _staff_changes(
    problem: Json, measures: Mapping[str, Json], actions: list[Json], moves: list[Json]
) -> Iterator[Change]:
    found: list[Change] = []
    for action in actions:
        measure = measures[action["measure"]]
        if measure["level"] == "stage":
            order = {"hire": 0, "train": 2}[measure["kind"]]
            persons = exact(action["quantity"])
            stage = action.get("stage", measure["stage"])
            found.append(
                (
                    order,
                    measure["kind"],
                    action["school_id"],
                    stage,
                    list(measure["gives"]),
                    persons.numerator,
                )
            )
    transfers = {transfer["id"]: transfer for transfer in problem["transfers"]}
    for move in moves:
        transfer = transfers[move["transfer"]]
        stage, gives, persons_moved = transfer["stage"], list(transfer["gives"]), int(move["persons"])
        found.append((0, "join", move["to"], stage, gives, persons_moved))
        found.append((1, "leave", move["from"], stage, gives, persons_moved))
    yield from sorted(found)


def _change_staff(rows: Rows, lines: Lines, change: Change) -> None:
    _, what, school_id, stage, keys, persons = change
    row = next(iter(staff_rows(rows, school_id, stage)), None)
    if row is None:
        raise ValueError(f"{school_id} {stage}: no row of teacher_count")
    kinds, above = [_catalogue(lines, key).id for key in keys], above_of(lines, stage)
    if what == "leave":
        leave(row, kinds, persons, above)
    elif what == "train":
        for kind in kinds:
            train(row, kind, persons, above)
    else:
        join(row, kinds, persons, above)


def _catalogue(lines: Lines, key: str) -> Indicator:
    return lines.catalogue[key] if key in lines.catalogue else load_catalogue()[key]


def _readme(problem: Json, years: list[int]) -> str:
    name, base, last = problem["name"], problem["base_year"], problem["target"]
    told = "、".join(map(str, years))
    return f"""# {name}：规划后的状况 · the planned state

{told} 年 9 月 1 日的各表：在校生按预测，教师、校舍、设备加上截至当年的投入与调动，其余沿用 {base} 年。
这不是统计数据。学生数有变化的学段，其班级和分类学生数没有预测，留空；人员有变动的学段，其职称、资格、培训、交流人数留空。
*Tables of 1 September: forecast pupils, staff and premises with everything bought and moved so far; all else is of {base}.
These are no statistics. Where pupils change, classes and groups of pupils are absent; where the staff changes, titles,
certificates, training and rotation are.*

```
junheng evaluate <这个文件夹 this folder> --standard {problem["standard"]["id"]} --year {last} --out <输出 out>
```
"""
