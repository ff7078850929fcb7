"""The rule of one intake: who may apply, how many wishes, what must be filled in. Data, with source."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from junheng.admissions.applications.vocabulary import causes, columns
from junheng.admissions.complaint import refuse, validated
from junheng.basics import Text, value_key

Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Name(_Part):
    """A name in both languages."""

    zh: str
    en: str


class RuleSource(_Part):
    """Where the rule stands; ``checked_on``: the day somebody last compared it (None: never confirmed)."""

    document: str
    article: str = ""
    checked_on: date | None = None


class Birth(_Part):
    """Dates of birth of the intake, both included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> "Birth":
        if self.first > self.last:
            raise ValueError("first lies after last")
        return self


class Grade(_Part):
    """The grade the children are in now, with other ways to write it."""

    name: str
    aliases: list[str] = []


class Wishes(_Part):
    """How many wishes a form must and may hold."""

    least: Count
    most: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _in_order(self) -> "Wishes":
        if self.least > self.most:
            raise ValueError("least is more than most")
        return self


class Families(_Part):
    """Twins: at most ``largest`` children with one number, born at most ``days_apart`` days apart."""

    largest: Annotated[int, Field(ge=2)]
    days_apart: Count


class Residence(_Part):
    """A kind of household register or residence permit; ``code`` is the flag of the published row."""

    code: Count
    name: str
    aliases: list[str] = []


class IntakeRule(_Part):
    """One intake. ``identity``: columns that make the child's secret identity; ``flags``: of the published row."""

    format: Literal["junheng/intake-rule/1"]
    id: str
    name: Name
    source: RuleSource
    year: int
    stage: Literal["primary", "junior"]
    birth: Birth | None = None
    grade: Grade | None = None
    required: list[str]
    wishes: Wishes
    default_class: int | None = None
    families: Families
    residences: list[Residence] = []
    identity: Annotated[list[str], Field(min_length=1)]
    flags: list[Literal["sex", "residence"]] = []

    @model_validator(mode="after")
    def _columns_exist(self) -> "IntakeRule":
        known = {name for name, column in columns().items() if not column.is_numbered}
        unknown = [name for name in (*self.required, *self.identity) if name not in known]
        if unknown:
            raise ValueError(f"{unknown[0]} is no column of the form")
        if not {"name", "id_number"} <= set(self.required):
            raise ValueError("name and id_number must be required: a child without them cannot be told apart")
        return self

    def find_residence(self, word: str) -> Residence | None:
        """The kind of residence that ``word`` means."""
        key = value_key(word)
        for residence in self.residences:
            if key in {value_key(w) for w in (residence.name, str(residence.code), *residence.aliases)}:
                return residence
        return None


class IntakeException(_Part):
    """One confirmed exception: ``cause`` of faults.yaml, the document numbers concerned, who says so and why."""

    cause: str
    children: Annotated[list[str], Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    confirmed_by: Annotated[str, Field(min_length=1)]
    confirmed_on: date

    @model_validator(mode="after")
    def _confirmable(self) -> "IntakeException":
        found = causes().get(self.cause)
        if found is None or not found.is_confirmable:
            raise ValueError(f"{self.cause} cannot be confirmed as an exception")
        return self


class _ExceptionFile(_Part):
    format: Literal["junheng/exceptions/1"]
    exceptions: list[IntakeException]


def read_intake_rule(path: Path) -> IntakeRule:
    """The intake rule in the YAML file ``path``. Raises UserError naming the key at fault."""
    return validated(IntakeRule, read_yaml(path), path.name)


def read_exceptions(path: Path) -> tuple[IntakeException, ...]:
    """The confirmed exceptions in the YAML file ``path``. Raises UserError naming the key at fault."""
    return tuple(validated(_ExceptionFile, read_yaml(path), path.name).exceptions)


def read_yaml(path: Path) -> Mapping[str, Any]:
    """A YAML file that holds one mapping. Raises UserError when it cannot be read or is something else."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise refuse(path.name, "文件无法读取", "the file cannot be read", fix=_yaml_fix(error)) from error
    if not isinstance(content, dict):
        raise refuse(path.name, "文件应是 键: 值 的形式", "the file must hold keys and values")
    return content


def _yaml_fix(error: Exception) -> Text:
    mark = getattr(error, "problem_mark", None)
    line = f"第 {mark.line + 1} 行 line {mark.line + 1}" if mark else ""
    return Text(f"请检查文件是否为 UTF-8 的 YAML {line}", f"check that it is YAML in UTF-8 {line}")
