"""A state laid over the county's tables; what nobody knows of it becomes absent."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import Text, UserError
from junheng.data import load_dictionary
from junheng.planning.effect.followers import follow
from junheng.planning.state_rows import Row, Rows, StageKey, year_rows

Json = Mapping[str, Any]
Notes = list[Text]
_GIVEN = ("classes", "largest")  # what a state may say of a stage beside its pupils
_OF_SCHOOL = ("school_id", "junior_school_id", "senior_school_id")


def applied(base: Rows, state: Json) -> tuple[Rows, Notes]:
    """The tables of the state's year, and what was assumed. Raises UserError where the state does not fit them."""
    closed, opened = set(state.get("closed", ())), list(state.get("opened", ()))
    known = {row["school_id"] for row in base["school"]}
    stages = {(row["school_id"], row["stage"]) for row in base.get("stage", ())}
    _require(known, stages, closed, opened, state)
    pupils: dict[StageKey, int] = {
        (row["school_id"], row["stage"]): row["pupils"] for row in state.get("pupils", ())
    }
    rows = year_rows(base, int(state["year"]), pupils)
    notes = [_unchanged(), _absent()]
    if state.get("followers"):
        notes.append(follow(rows, state["followers"], closed))
    gone = closed | _campuses(base, closed)
    rows = _without(rows, gone)
    for school in rows["school"]:
        if school.get("parent_school_id") in gone:
            school["parent_school_id"] = None
    for school in opened:
        _open(rows, school, int(state["year"]))
    _say_classes(rows, base, state)
    names = {row["school_id"]: row.get("name") or row["school_id"] for row in base["school"]}
    if gone:
        told = "、".join(str(names[school]) for school in sorted(gone))
        notes.append(Text(f"关闭，各表不再有：{told}", f"closed, out of every table: {told}"))
    if opened:
        told = "、".join(str(school.get("name", school["school_id"])) for school in opened)
        notes.append(
            Text(
                f"新开：{told}；方案没有写的教师、校舍、设备留空",
                f"opened: {told}; staff and premises absent unless stated",
            )
        )
    return rows, notes


def _require(
    known: set[str], stages: set[StageKey], closed: set[str], opened: list[Json], state: Json
) -> None:
    new = {school["school_id"] for school in opened}
    faults = [
        (s, "关闭的学校不在数据里", "a closed school is not in the input") for s in sorted(closed - known)
    ]
    faults += [
        (s, "新开学校的标识码已有", "an opened school bears the id of another") for s in sorted(new & known)
    ]
    for row in state.get("pupils", ()):
        key = (row["school_id"], row["stage"])
        if row["school_id"] in closed and row["pupils"]:
            faults.append((row["school_id"], "关闭的学校仍有学生", "a closed school still has pupils"))
        elif key not in stages and row["school_id"] not in new and row["pupils"]:
            faults.append(
                (f"{key[0]} {key[1]}", "数据里没有这个学校的这个学段", "no such school-stage in the input")
            )
    if faults:
        raise UserError(
            Text(*("；".join(f"{row[0]}：{row[i]}" for row in faults[:20]) for i in (1, 2))),
            where=faults[0][0],
            why=Text(
                "方案的状况与数据对不上，不能评估", "the state does not fit the input: it cannot be judged"
            ),
            fix=Text("请用规划所用的数据，或重新规划", "use the input of the plan, or plan again"),
        )


def _campuses(base: Rows, closed: set[str]) -> set[str]:
    """Campuses not counted as schools go with the school they are part of."""
    return {
        row["school_id"]
        for row in base["school"]
        if row.get("parent_school_id") in closed and row.get("is_counted") is False
    }


def _without(rows: Rows, gone: set[str]) -> Rows:
    def stays(row: Row) -> bool:
        if row.get("scope") == "school" and row.get("scope_id") in gone:
            return False
        return not any(row.get(column) in gone for column in _OF_SCHOOL)

    return {name: [row for row in table if stays(row)] for name, table in rows.items()}


def _open(rows: Rows, school: Json, year: int) -> None:
    """A row wherever the state says something of the new school; a stage with classrooms is no area."""
    like = rows["school"][0]
    stated = {"year": year, "county_code": like["county_code"], "is_counted": True, **school}
    rows["school"].append(_row("school", stated))
    premises = {**school.get("premises", {}), "school_id": school["school_id"], "year": year}
    if len(premises) > len(("school_id", "year")):
        rows.setdefault("premises", []).append(_row("premises", premises))
    for stage in school.get("stages", [school["stage"]] if school.get("stage") else []):
        rows.setdefault("stage", []).append(
            _row("stage", {"year": year, "school_id": school["school_id"], "stage": stage})
        )


def _row(table: str, stated: Json) -> Row:
    return {column: stated.get(column) for column in load_dictionary().tables[table].columns}


def _say_classes(rows: Rows, base: Rows, state: Json) -> None:
    """Pupils of opened stages, and classes where the state says them; elsewhere they stay as ``year_rows`` left them."""
    stages = {(row["school_id"], row["stage"]): row for row in rows.get("stage", ())}
    for stated in state.get("pupils", ()):
        row = stages.get((stated["school_id"], stated["stage"]))
        if row is None:
            continue
        row["pupils"] = stated["pupils"]
        for key, column in zip(_GIVEN, ("classes", "max_class_size"), strict=True):
            if key in stated:
                row[column] = stated[key]


def _unchanged() -> Text:
    return Text(
        "没有提到的学校，以及接收学校的校舍、设备、经费、教师，都沿用原来的数；不假定教师随学生调动，除非下面写明",
        "schools not named, and premises, equipment, money and teachers of the schools that receive, are as they were; "
        "teachers are not assumed to follow unless said below",
    )


def _absent() -> Text:
    return Text(
        "学生数有变化的学段，其分类学生数留空；班数、最大班额只有方案写明的才有",
        "where pupils change, groups of pupils are absent; classes and the largest class only as the plan states them",
    )
