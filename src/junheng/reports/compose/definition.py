"""The library of sentences and shapes: YAML, checked when it is loaded."""

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from junheng.basics import Text

_MARK = re.compile(r"\{(\w+)\}")
_STICKS = re.compile(r"\}[0-9A-Za-z]")  # the figure's tag would run into what follows


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """Chinese with English beside."""

    zh: str
    en: str

    @property
    def text(self) -> Text:
        """As the house's bilingual text."""
        return Text(self.zh, self.en)


class FigureRule(_Strict):
    """Where one figure comes from: a result (``source`` and ``path``), the work data (``told``), or other figures.

    ``absent``: why the result may not tell it, where that is known better than “it is not there”.
    ``form``: count, money (yuan, printed in 万元 or 亿元), percent (of a ratio), number (``digits`` decimals), text.
    """

    source: str = ""
    file: str = ""
    path: str = ""
    told: str = ""
    absent: Words | None = None
    share: tuple[str, str] | None = None
    sum: tuple[str, ...] = ()
    difference: tuple[str, str] | None = None
    quotient: tuple[str, str] | None = None
    form: Literal["count", "money", "percent", "number", "text"] = "count"
    digits: int = Field(default=2, ge=0, le=6)
    unit: str = ""
    label: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The figures this one is reckoned from."""
        pairs = (self.share, self.difference, self.quotient)
        return next((pair for pair in pairs if pair is not None), self.sum)


class SentenceRule(_Strict):
    """One sentence: printed where ``when`` holds; ``needs`` not holding is something that lacks (``lacks``).

    ``if_told``: figures that need not be there (a limit that a standard does not set): without them it is silent.
    """

    id: str
    each: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    figures: Mapping[str, FigureRule]
    when: str = "TRUE"
    needs: str = ""
    lacks: Words | None = None
    if_told: tuple[str, ...] = ()
    zh: str
    en: str

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        for text in (self.zh, self.en):
            unknown = set(_MARK.findall(text)) - set(self.figures)
            if unknown:
                raise ValueError(f"{self.id}: no figure {', '.join(sorted(unknown))}")
        if _STICKS.search(self.zh):
            raise ValueError(f"{self.id}: a letter or digit follows a figure")
        for name, rule in self.figures.items():
            strange = set(rule.parts) - set(self.figures)
            if strange or not (rule.parts or rule.path or rule.told):
                raise ValueError(f"{self.id}.{name}: has no source")
        if not set(self.if_told) <= {name for name, rule in self.figures.items() if rule.path}:
            raise ValueError(f"{self.id}: if_told names figures of results")
        if bool(self.needs) is not (self.lacks is not None):
            raise ValueError(f"{self.id}: needs and lacks go together")
        return self


class PromptRule(_Strict):
    """A place for people to write in."""

    tag: str
    title: str
    prompt: str


class SectionRule(_Strict):
    """A section: paragraphs, each a run of sentences by id; then perhaps a place to write in."""

    title: Words
    paragraphs: tuple[tuple[str, ...], ...]
    prompt: PromptRule | None = None


class ChapterRule(_Strict):
    """A chapter and its sections."""

    title: Words
    sections: tuple[SectionRule, ...]


class Shape(_Strict):
    """A report's form: what public document it follows, its chapters."""

    id: str
    title: Words
    follows: Words
    chapters: tuple[ChapterRule, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The ids of all its sentences in order."""
        return tuple(
            one
            for chapter in self.chapters
            for part in chapter.sections
            for run in part.paragraphs
            for one in run
        )


class ToldRule(_Strict):
    """A figure that no result computes: a department tells it, with its document."""

    id: str
    name: Words
    unit: str
    form: Literal["count", "money", "percent", "number"] = "count"


class SourceRule(_Strict):
    """A kind of result: the file by which its folder is known; ``refine``: the way to a value that narrows the kind.

    ``superseded``: patterns of files that say the result no longer holds as it stands.
    """

    kind: str
    file: str
    refine: str = ""
    superseded: tuple[str, ...] = ()
    name: Words


class Library(_Strict):
    """Everything in compose/library."""

    sources: tuple[SourceRule, ...]
    told: Mapping[str, ToldRule]
    sentences: Mapping[str, SentenceRule]
    shapes: Mapping[str, Shape]


@cache
def load_library() -> Library:
    """The shipped library. Raises ValueError where it contradicts itself: a defect of the program, not of input."""
    root = files("junheng.reports.compose").joinpath("library")
    words = _yaml(root.joinpath("words.yaml"))
    sentences: dict[str, Any] = {}
    for file in sorted(root.joinpath("sentences").iterdir(), key=lambda path: path.name):
        for told in _yaml(file):
            for one in _expanded(told, words):
                if one["id"] in sentences:
                    raise ValueError(f"two sentences {one['id']}")
                sentences[one["id"]] = one
    shapes = [_yaml(file) for file in root.joinpath("shapes").iterdir()]
    library = Library(
        sources=_yaml(root.joinpath("sources.yaml")),
        told={one["id"]: one for one in _yaml(root.joinpath("told.yaml"))},
        sentences=sentences,
        shapes={shape["id"]: _with_runs(shape, sentences) for shape in shapes},
    )
    _require_whole(library)
    return library


def _yaml(file: Any) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _expanded(told: dict[str, Any], words: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """``each: {stage: [primary, junior]}`` makes a sentence of each; ``<stage>`` and ``<stage:zh>`` are put in."""
    each = told.get("each") or {}
    for values in itertools.product(*each.values()):
        put = dict(zip(each, values, strict=True))
        marks = {f"<{key}>": value for key, value in put.items()}
        for key, value in put.items():
            marks |= {f"<{key}:{part}>": text for part, text in words[key][value].items()}
        one = _put_in({name: part for name, part in told.items() if name != "each"}, marks)
        yield {**one, "id": ".".join([told["id"], *values])}


def _put_in(value: Any, marks: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for mark, text in marks.items():
            value = value.replace(mark, text)
        return value
    if isinstance(value, dict):
        return {key: _put_in(part, marks) for key, part in value.items()}
    return [_put_in(part, marks) for part in value] if isinstance(value, list) else value


def _with_runs(shape: dict[str, Any], sentences: Mapping[str, Any]) -> dict[str, Any]:
    """``attained.primary.*`` in a paragraph stands for every sentence that begins so."""
    for chapter in shape["chapters"]:
        for section in chapter["sections"]:
            section["paragraphs"] = [
                [key for name in run for key in _named(name, sentences)] for run in section["paragraphs"]
            ]
    return shape


def _named(name: str, sentences: Mapping[str, Any]) -> list[str]:
    if not name.endswith("*"):
        return [name]
    return [key for key in sentences if key.startswith(name[:-1])]


def _require_whole(library: Library) -> None:
    kinds = {rule.kind for rule in library.sources}
    for shape in library.shapes.values():
        unknown = [name for name in shape.sentences if name not in library.sentences]
        if unknown:
            raise ValueError(f"{shape.id}: no sentence {', '.join(unknown)}")
    for sentence in library.sentences.values():
        for name, rule in sentence.figures.items():
            if rule.told and rule.told not in library.told:
                raise ValueError(f"{sentence.id}.{name}: no work datum {rule.told}")
            if rule.source and rule.source.partition(".")[0] not in kinds:
                raise ValueError(f"{sentence.id}.{name}: no kind of result {rule.source}")
