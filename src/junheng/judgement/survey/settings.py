"""The survey's own data: questionnaire and method, read from YAML and held to their shape."""

from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from junheng.basics import Text, UserError, system_words

Model = TypeVar("Model", bound=BaseModel)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(_Frozen):
    """Where a piece of the survey comes from, and how sure that is."""

    document: str
    article: str
    certainty: Literal["found", "local", "derived", "known", "third_party", "seed"]
    note: Text | None = None


class Stratum(_Frozen):
    """Schools of one sort for the inspection sample; ``kinds`` as in the dictionary."""

    id: str
    name: Text
    kinds: tuple[str, ...]


class Method(_Frozen):
    """How a survey is held where no national text says so. Counts are persons or papers, shares 0–1."""

    source: Origin
    confidence: Annotated[Decimal, Field(gt=0, lt=1)]
    suppress_below: Annotated[int, Field(ge=1)]
    school_cell_min: Annotated[int, Field(ge=1)]
    duplicates: Literal["first", "none"]
    answered_share: Annotated[Decimal, Field(ge=0, le=1)]
    code_length: Annotated[int, Field(ge=12)]
    code_signs: Annotated[str, Field(min_length=16)]
    strata: tuple[Stratum, ...]


class Choice(_Frozen):
    """One answer that may be ticked."""

    value: int
    name: Text
    is_satisfied: bool


class Question(_Frozen):
    """One question and the standard's topic it asks about."""

    id: str
    topic: str
    text: Text


class Questionnaire(_Frozen):
    """A questionnaire; ``overall``: the question by which a paper counts as satisfied."""

    id: str
    standard: str
    title: Text
    source: Origin
    overall: str
    scale: Annotated[tuple[Choice, ...], Field(min_length=2)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _overall_is_asked(self) -> "Questionnaire":
        ids = [question.id for question in self.questions]
        if self.overall not in ids or len(set(ids)) != len(ids):
            raise ValueError(
                "overall 须是其中一题，题号不能重复 | overall names a question, ids are used once"
            )
        return self

    def choice(self, value: int) -> Choice | None:
        """The choice with this value, None if there is none."""
        return next((choice for choice in self.scale if choice.value == value), None)


class _Questionnaires(_Frozen):
    questionnaires: tuple[Questionnaire, ...]


def load_method(path: Path | None = None) -> Method:
    """The method of the library, or of the file at ``path``. Raises UserError for one that is none."""
    return _loaded(Method, path, "method.yaml")


def load_questionnaire(standard: str, path: Path | None = None) -> Questionnaire:
    """The questionnaire for ``standard``, of the library or of the file at ``path``. Raises UserError."""
    found = _loaded(_Questionnaires, path, "questionnaires.yaml").questionnaires
    for questionnaire in found:
        if questionnaire.standard == standard:
            return questionnaire
    raise UserError(
        Text(f"没有用于 {standard} 的问卷", f"there is no questionnaire for {standard}"),
        where=path.name if path else "questionnaires.yaml",
        fix=Text("用 --questionnaire 给出自己的问卷", "give one of your own with --questionnaire"),
    )


def _loaded(model: type[Model], path: Path | None, name: str) -> Model:
    where = path.name if path else name
    try:
        text = (path or files("junheng.judgement.survey") / "library" / name).read_text(encoding="utf-8")
        content: Any = yaml.load(text, Loader=yaml.BaseLoader)  # BaseLoader makes nothing but text
        return model.model_validate(content)
    except OSError as error:
        words = system_words(error)
        raise _refused(where, Text(f"无法读取：{words.zh}", f"cannot be read: {words.en}")) from error
    except yaml.YAMLError as error:
        raise _refused(where, Text(f"不是可读的 YAML（{error}）", f"no readable YAML ({error})")) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise _refused(where, Text(f"{key}：{first['msg']}", f"{key}: {first['msg']}")) from error


def _refused(where: str, what: Text) -> UserError:
    return UserError(
        what,
        where=where,
        why=Text("调查不能据此进行", "no survey can be held by it"),
        fix=Text("写法见 docs/survey.md", "see docs/survey.md"),
    )
