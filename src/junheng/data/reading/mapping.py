"""The mapping file: how any table of the world becomes rows of the dictionary's tables. YAML, no code.

docs/recipes/write_a_mapping.md explains it with examples; ``mapping.schema.json`` beside this file is its JSON
Schema, made from these models.
"""

from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from junheng.basics import Text, UserError, nearest
from junheng.data.dictionary import load_dictionary
from junheng.data.reading.yaml_place import line_of

MAX_MAPPING_BYTES = 1024 * 1024


def _as_text(value: Any) -> Any:
    """Numbers and yes/no in YAML stand for the words of a cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if isinstance(value, (int, float)) else value


def _as_texts(value: Any) -> Any:
    return [_as_text(item) for item in value] if isinstance(value, list) else value


def _as_text_map(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if any(isinstance(key, bool) for key in value):
        raise ValueError("put yes, no, on, off in quotes | yes、no、on、off 请加引号")
    return {_as_text(key): _as_text(item) for key, item in value.items()}


_Scalar = str | int | float | bool
Word = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=_Scalar)]
Words = Annotated[tuple[str, ...], BeforeValidator(_as_texts, json_schema_input_type=list[_Scalar])]
WordMap = Annotated[dict[str, str], BeforeValidator(_as_text_map, json_schema_input_type=dict[str, _Scalar])]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnRule(_Model):
    """Where one dictionary column comes from: exactly one of ``heading``, ``letter``, ``sum``, ``join``, ``constant``.

    ``sum`` adds columns up (blank in one: blank in the sum; * and ? match any text); ``join`` strings texts together
    with ``separator``. ``unit`` is the unit of the figures (万元, 亩, ft2), ``values`` translates words of the cells;
    ``offset`` is added to a year;
    ``optional``: a file without the column is fine, the figures are then missing.
    """

    heading: str | None = None
    letter: Annotated[str, Field(pattern="^[A-Z]{1,3}$")] | None = None
    sum: Words | None = None
    join: Words | None = None
    separator: str = ""
    constant: Word | None = None
    unit: str = ""
    values: WordMap = {}
    first: Annotated[int, Field(ge=1)] | None = None
    offset: int = 0
    optional: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [
            name
            for name in ("heading", "letter", "sum", "join", "constant")
            if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise ValueError("give exactly one of heading, letter, sum, join, constant | 只能写其中一项")
        return self


def _as_rule(value: Any) -> Any:
    return {"heading": value} if isinstance(value, str) else value


Rule = Annotated[ColumnRule, BeforeValidator(_as_rule, json_schema_input_type=ColumnRule | str)]


class Condition(_Model):
    """Which rows are taken, by the text of one column: ``among`` these words, ``not_among`` them, or ``present``."""

    heading: str | None = None
    letter: Annotated[str, Field(pattern="^[A-Z]{1,3}$")] | None = None
    among: Words | None = None
    not_among: Words | None = None
    present: bool | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.heading is None) == (self.letter is None):
            raise ValueError("give heading or letter | 写 heading 或 letter 之一")
        tests = (self.among, self.not_among, self.present)
        if sum(test is not None for test in tests) != 1:
            raise ValueError("give one of among, not_among, present | 写 among、not_among、present 之一")
        return self


class TableRule(_Model):
    """Rows of one dictionary table taken from a sheet. ``distinct``: repeated rows of one key must agree and count once."""

    table: str
    columns: dict[str, Rule]
    where: tuple[Condition, ...] = ()
    distinct: bool = False

    @model_validator(mode="after")
    def _known(self) -> Self:
        tables = load_dictionary().tables
        if self.table not in tables:
            raise ValueError(
                f"unknown table {self.table!r}; nearest: {nearest(self.table, tables)} | 没有这个表"
            )
        spec = tables[self.table]
        for name in self.columns:
            if name not in spec.columns:
                raise ValueError(
                    f"unknown column {name!r} of {self.table}; nearest: {nearest(name, spec.columns)} | 没有这个列"
                )
        lacking = [
            column.name
            for column in spec.columns.values()
            if column.required and column.name not in {*self.columns, "year"}
        ]
        if lacking:
            raise ValueError(f"{self.table} needs {', '.join(lacking)} | 缺少必需的列")
        return self


class SourceRule(_Model):
    """One kind of file: which files and sheets, where the headings are, which rows, and the tables they feed.

    ``file`` is a pattern of names within the input (``*.xlsx``); when the input is a single file it is not looked at.
    ``header_rows`` are the first and last heading row (1-based); several rows are joined as ``上级/下级``.
    """

    file: str = "*"
    sheet: str | None = None
    header_rows: Annotated[tuple[int, ...], Field(min_length=1, max_length=2)] = (1,)
    where: tuple[Condition, ...] = ()
    year: Rule | None = None
    tables: Annotated[tuple[TableRule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.header_rows[0] < 1 or self.header_rows[-1] < self.header_rows[0]:
            raise ValueError("header_rows: [first, last], counted from 1 | 标题行从 1 起数，先小后大")
        return self


class Mapping(_Model):
    """A whole mapping file."""

    title: str = ""
    note: str = ""
    sources: Annotated[tuple[SourceRule, ...], Field(min_length=1)]


def mapping_schema() -> dict[str, Any]:
    """The JSON Schema of a mapping file, as shipped in ``mapping.schema.json``."""
    schema = Mapping.model_json_schema(mode="validation")
    schema["$defs"]["TableRule"]["properties"]["table"]["enum"] = list(load_dictionary().tables)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def load_mapping(path: Path) -> Mapping:
    """The mapping in ``path``. Raises UserError naming file, line and key."""
    try:
        if path.stat().st_size > MAX_MAPPING_BYTES:
            raise ValueError(f"larger than {MAX_MAPPING_BYTES} bytes")
        text = path.read_text(encoding="utf-8-sig")
        content = yaml.safe_load(text)
        return Mapping.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = tuple(part for part in first["loc"])
        raise _wrong(path, line_of(text, place), ".".join(map(str, place)), first["msg"]) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _wrong(path, mark.line + 1 if mark else 0, "", str(error).splitlines()[0]) from error


def _wrong(path: Path, line: int, key: str, message: str) -> UserError:
    place = f"{path}" + (f":{line}" if line else "") + (f" ({key})" if key else "")
    return UserError(
        Text(f"映射文件有误：{message}", f"the mapping file is wrong: {message}"),
        where=place,
        fix=Text(
            "格式见 docs/recipes/write_a_mapping.md", "see docs/recipes/write_a_mapping.md for the format"
        ),
    )
