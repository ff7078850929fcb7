"""The county as a layout leaves it, written as an ordinary input that ``junheng evaluate`` judges."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_folder
from junheng.data import check_snapshot, read_input
from junheng.planning.effect.applied import Notes, applied
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.state_rows import Rows, county_rows, write_rows

Json = Mapping[str, Any]
README = "README.md"
_FIX = Text("写法见 docs/method/plan_merge.md", "see docs/method/plan_merge.md")


def planned_state(path: Path, problem: Json, outcome: Json, folder: Path) -> tuple[int, ...]:
    """Write the state of a layout ``outcome`` below ``folder`` (``folder``/year/); returns the years.

    ``path`` is the problem file, which names the county's ``input`` (and ``mapping``). Nothing is written where the
    outcome carries no state. Raises UserError where the input is no longer that of the plan, or lacks what is named.
    """
    if "state" not in outcome:
        return ()
    asked = read_plain_mapping(path, _FIX)
    named = asked.get("input")
    if not named:
        raise _refused(
            path.name,
            Text("问题文件没有写 input，无从推出规划后的状况", "no input: nothing to derive a state from"),
        )
    source = path.parent / str(named)
    mapping = path.parent / str(asked["mapping"]) if asked.get("mapping") else None
    frozen = [
        {"file": row.get("file", row.get("name")), "sha256": row["sha256"]}
        for row in problem.get("inputs", ())
    ]
    code = str(problem.get("county", {}).get("code", ""))
    base = int(asked["base_year"]) if str(asked.get("base_year", "")).isdigit() else None
    state = outcome["state"]
    return (
        write_planned(source, state, folder, county=code, base_year=base, frozen=frozen, mapping=mapping),
    )


def write_planned(
    source: Path,
    state: Json,
    folder: Path,
    *,
    county: str = "",
    base_year: int | None = None,
    frozen: Sequence[Json] = (),
    mapping: Path | None = None,
) -> int:
    """Write the tables of 1 September of the state's year into ``folder``/year; returns the year.

    ``state``: {"year", "pupils": [{"school_id","stage","pupils", "classes"?, "largest"?}], "closed": [ids],
    "opened": [{"school_id","name","kind","stage"|"stages", …columns of the dictionary}], "followers"?: [{"from","to",
    "stage","pupils"}]}. A school-stage it does not name keeps its pupils. The base is ``base_year``, else the state's own, else the last
    year of the input not after the state's. Raises UserError, naming what does not fit.
    """
    checked = check_snapshot(read_input(source, mapping=mapping))
    snapshot, year = checked.snapshot, int(state["year"])
    _require_same(source, snapshot.inputs, frozen)
    named = base_year if base_year is not None else state.get("base_year")
    base = named if named is not None else max((y for y in snapshot.years() if y <= year), default=None)
    if base is None or base not in snapshot.years():
        told = "、".join(map(str, snapshot.years())) or "—"
        raise _refused(
            str(source),
            Text(f"数据中没有可作基年的年份（现有 {told}）", f"no year to start from (there are {told})"),
        )
    rows = county_rows(
        snapshot.tables, base, _county(source, snapshot.tables["school"].to_pylist(), base, county)
    )
    found, notes = applied(rows, state)
    with atomic_folder(folder) as temporary:
        write_rows(found, temporary / str(year))
        (temporary / README).write_text(_readme(base, year, rows, found, notes), encoding="utf-8")
    return year


def _require_same(source: Path, inputs: Sequence[Any], frozen: Sequence[Json]) -> None:
    """A state follows from the very files the plan was made of; a plan that froze none is taken at its word."""
    present = {file.name: file.sha256 for file in inputs}
    changed = [row["file"] for row in frozen if present.get(row["file"], row["sha256"]) != row["sha256"]]
    if changed:
        told = "、".join(changed)
        raise _refused(
            str(source),
            Text(f"数据在规划之后有变动：{told}", f"the input has changed since the plan was made: {told}"),
        )


def _county(source: Path, schools: Sequence[Json], year: int, asked: str) -> str:
    codes = sorted({row["county_code"] for row in schools if row["year"] == year and row["county_code"]})
    if asked in codes:
        return asked
    if not asked and len(codes) == 1:
        return str(codes[0])
    told = "、".join(codes) or "—"
    raise _refused(
        str(source),
        Text(
            f"没有写明是哪个县，或没有这个县：{asked or told}",
            f"no such county, or not named: {asked or told}",
        ),
    )


def _refused(where: str, what: Text) -> UserError:
    why = Text("规划后的状况只能从同一份数据推出", "a planned state follows from the same input only")
    return UserError(what, where=where, why=why, fix=Text("请用规划所用的数据", "use the input of the plan"))


def _readme(base: int, year: int, before: Rows, after: Rows, notes: Notes) -> str:
    totals = [sum(row.get("pupils") or 0 for row in rows.get("stage", ())) for rows in (before, after)]
    lines = "\n".join(f"- {note.zh}  \n  *{note.en}*" for note in notes)
    return f"""# 布局方案后的状况 · the state a layout leaves

{year} 年 9 月 1 日的各表，由 {base} 年的数据按方案推出；这不是统计数据。在校生合计 {totals[0]} → {totals[1]} 人。
*Tables of 1 September {year}, derived from those of {base}; these are no statistics. Pupils in all {totals[0]} → {totals[1]}.*

{lines}

```
junheng evaluate <这个文件夹 this folder> --standard quality-2017 --year {year} --out <输出 out>
```
"""
