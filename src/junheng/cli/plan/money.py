"""Operating funds of a plan: what its schools are due each year, now and in the planned state."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text

if TYPE_CHECKING:
    from junheng.cli.plan.judged import Effect

Json = dict[str, Any]
_NO_STATE = Text(
    "公用经费未计算：没有可推出规划状态的填报数据（input），或状态没有学生数。",
    "Operating funds not reckoned: there is no input to derive the planned state from.",
)


def with_funding(path: Path, problem: Json, outcome: Json, folder: Path, effect: "Effect") -> "Effect":
    """``effect`` with the change of operating funds, which is also written into ``folder``; as it is if nobody asked.

    Raises UserError where ``funding`` of the problem file or a rule it names cannot be read.
    """
    from junheng.planning.entitled import (
        FUNDING,
        funding_effect,
        funding_table,
        funding_words,
        moved_pupils,
        read_funding,
    )

    asked = read_funding(path)
    if asked is None:
        return effect
    if not effect.judged:
        return replace(effect, words=(*effect.words, _NO_STATE))
    before, after, years = _states(path, problem, outcome, folder)
    found = funding_effect(before, after, years, asked, moved_pupils(problem, outcome))
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    (folder / FUNDING).write_text(text, encoding="utf-8")
    tables = (*effect.tables, funding_table(found)) if found["sums"]["changed"] else effect.tables
    return replace(effect, tables=tables, words=(*effect.words, *funding_words(found)))


def _states(path: Path, problem: Json, outcome: Json, folder: Path) -> tuple[Json, Json, tuple[int, int]]:
    """Tables of today and of the last planned year, and both years."""
    from junheng.cli.plan.judged import PLANNED, TODAY

    planned = folder / PLANNED
    if problem["kind"] == "invest":
        from junheng.planning.invest import base_rows

        before, year = base_rows(path, problem), int(problem["target"])
    else:
        before, year = _rows(planned / TODAY), int(outcome["state"]["year"])
    return before, _rows(planned / str(year)), (int(before["school"][0]["year"]), year)


def _rows(state: Path) -> Json:
    """The tables of a state's folder as plain rows."""
    from junheng.data import read_input

    tables = read_input(state).tables
    return {
        name: tables[name].to_pylist() for name in ("school", "stage", "premises") if tables[name].num_rows
    }
