"""What a file says of schools, as figures with their places. Needs no database: a process of
its own may read it."""

import json
from collections.abc import Mapping
from dataclasses import astuple, replace
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.data import (
    Figure,
    Told,
    figures_of,
    load_registers,
    read_input,
    register_figures,
    shipped_mappings,
)
from junheng.web.filing.sections import fields_of, sections
from junheng.web.front.file_names import named

REGISTER = "register"  # the kind (``models.SourceKind``) that is rolled up from persons
Figures = Mapping[str, Mapping[Figure, Told]]  # by kind of source


def wanted() -> Mapping[str, tuple[str, ...]]:
    """The columns a return asks for, by table: nothing else is compared."""
    return {table: tuple(spec.name for spec in fields_of(table)) for table in sections()}


def read_figures(path: Path, name: str, kind: str, year: int, mapping: str = "") -> Figures:
    """Read ``path``, sent as ``name``, as a source of ``kind``: registers beside other tables are two kinds.

    Raises UserError where the library does not read it or it says nothing of the year.
    """
    by = {one.name: one.path for one in shipped_mappings()}.get(mapping)
    try:
        snapshot = read_input(path, mapping=by, is_part=True)
    except UserError as error:
        raise named(error, path, name) from error
    found: dict[str, Mapping[Figure, Told]] = {}
    if set(load_registers()) & set(snapshot.tables):
        found[REGISTER] = _named(register_figures(snapshot, year, wanted()), name)
    if kind != REGISTER:
        found[kind] = _named(figures_of(snapshot, year, wanted()), name)
    found = {one: said for one, said in found.items() if said}
    if not found:
        raise _nothing(name, kind, year)
    return found


def _named(said: Mapping[Figure, Told], name: str) -> Mapping[Figure, Told]:
    return {figure: replace(told, file=name if told.file else "") for figure, told in said.items()}


def _nothing(name: str, kind: str, year: int) -> UserError:
    asks = Text("没有名册（学生名册、教师名册）的", "no register (of pupils or teachers) of")
    tables = Text("没有任何学校数据属于", "no figures of schools for")
    what = asks if kind == REGISTER else tables
    return UserError(
        Text(f"文件里{what.zh} {year} 年", f"the file has {what.en} {year}"),
        where=name,
        fix=Text(
            "请检查年份、工作表名称和所选的来源", "check the year, the sheets' names and the kind chosen"
        ),
    )


def write_figures(figures: Figures, path: Path) -> None:
    """As JSON, for another process."""
    told = {
        kind: [[*astuple(one), *astuple(said)] for one, said in of.items()] for kind, of in figures.items()
    }
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def figures_in(path: Path) -> Figures:
    """They again."""
    told = json.loads(path.read_bytes())
    return {kind: {Figure(*one[:4]): Told(*one[4:]) for one in lines} for kind, lines in told.items()}
