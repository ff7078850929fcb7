"""Reading an upload: what it says of schools, as figures with their places. Its bytes are not kept."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from junheng.basics import Text, UserError, sha256_file
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
from junheng.web.sources.models import SourceKind


@dataclass(frozen=True, slots=True)
class Given:
    """What an upload says, by kind of source: a workbook with registers beside other tables is two."""

    name: str
    sha256: str
    figures: Mapping[SourceKind, Mapping[Figure, Told]]


def wanted() -> Mapping[str, tuple[str, ...]]:
    """The columns a return asks for, by table: nothing else is compared."""
    return {table: tuple(spec.name for spec in fields_of(table)) for table in sections()}


def read_given(file: "UploadedFile[Any]", kind: SourceKind, year: int, mapping: str = "") -> Given:
    """Read ``file`` as a source of ``kind``. Raises UserError where the library does not read it or it says nothing."""
    name = PurePath((file.name or "").replace("\\", "/")).name[:255]
    with tempfile.TemporaryDirectory(prefix="junheng-source-") as folder:
        path = Path(folder) / f"{year}{PurePath(name).suffix.lower()}"  # the sender's name is never a path
        with path.open("xb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        by = {one.name: one.path for one in shipped_mappings()}.get(mapping)
        snapshot, sha256 = read_input(path, mapping=by, is_part=True), sha256_file(path)
    found: dict[SourceKind, Mapping[Figure, Told]] = {}
    if set(load_registers()) & set(snapshot.tables):
        found[SourceKind.REGISTER] = _named(register_figures(snapshot, year, wanted()), name)
    if kind != SourceKind.REGISTER:
        found[kind] = _named(figures_of(snapshot, year, wanted()), name)
    found = {one: said for one, said in found.items() if said}
    if not found:
        raise _nothing(name, kind, year)
    return Given(name, sha256, found)


def _named(said: Mapping[Figure, Told], name: str) -> Mapping[Figure, Told]:
    return {figure: replace(told, file=name if told.file else "") for figure, told in said.items()}


def _nothing(name: str, kind: SourceKind, year: int) -> UserError:
    asks = Text("没有名册（学生名册、教师名册）的", "no register (of pupils or teachers) of")
    tables = Text("没有任何学校数据属于", "no figures of schools for")
    what = asks if kind == SourceKind.REGISTER else tables
    return UserError(
        Text(f"文件里{what.zh} {year} 年", f"the file has {what.en} {year}"),
        where=name,
        fix=Text(
            "请检查年份、工作表名称和所选的来源", "check the year, the sheets' names and the kind chosen"
        ),
    )
