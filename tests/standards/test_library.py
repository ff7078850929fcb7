"""What each file of the library must be: cited, named in both languages, in the schema's shape."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import Text
from junheng.indicators import load_catalogue
from junheng.standards import Citation, Cited, Limit, Standard, list_overlays, list_standards, resolve
from junheng.standards.load import LIBRARY, read_overlay, read_standard_files
from junheng.standards.validate import start_days

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
REGIONS = ("", "210102", "150203")


def _standards() -> Iterator[Standard]:
    """Every standard on every day something changes, in every region with an overlay."""
    for head in list_standards():
        definition = read_standard_files(LIBRARY / head.id)
        for day in {max(start, head.in_force_from) for start in start_days(definition)}:
            yield from (resolve(head.id, on=day, region=region) for region in REGIONS)
        yield from (resolve(head.id, on=date(2026, 9, 1), region=region) for region in REGIONS)


STANDARDS = list(_standards())


def _pieces(standard: Standard) -> Iterator[tuple[str, Cited]]:
    for section in ("indicators", "relaxations", "items", "declarations"):
        for piece in getattr(standard, section):
            yield f"{standard.id} {piece.id}", piece
            yield from ((f"{standard.id} {piece.id}.{r.id}", r) for r in getattr(piece, "relaxations", ()))
    for section in ("school_rule", "county_rule", "variation", "counting", "split"):
        piece = getattr(standard, section)
        if piece is not None:
            yield f"{standard.id} {section}", piece


def _values(piece: Cited) -> Iterator[str]:
    """The path of every value of a piece, leaf by leaf."""
    content = piece.model_dump(exclude={"citation", "cv_citation", "value_citations"})
    stack: list[tuple[str, Any]] = list(content.items())
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{path}.{key}", inner) for key, inner in value.items()]
        else:
            yield path


def _citations(piece: Cited) -> Iterator[Citation]:
    yield piece.citation
    yield from piece.value_citations.values()
    yield from (c for c in [getattr(piece, "cv_citation", None)] if c is not None)


def test_every_value_is_cited() -> None:
    seen = 0
    for standard in STANDARDS:
        for where, piece in _pieces(standard):
            for path in _values(piece):
                citation = piece.citation_of(path)
                assert citation.document, f"{where}.{path}"
                assert citation.title, f"{where}.{path}"
                assert citation.article, f"{where}.{path}"
                assert citation.in_force_from <= standard.on, f"{where}.{path}"
                seen += 1
    assert seen > 1000


def test_the_day_of_the_last_check_stands_exactly_where_something_was_checked() -> None:
    known = {"known"}
    for standard in STANDARDS:
        for where, piece in _pieces(standard):
            for citation in _citations(piece):
                assert (citation.last_checked_on is None) == (citation.certainty in known), (where, citation)


def _texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Limit):
        yield value.name
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)


def test_everything_has_a_chinese_and_an_english_name() -> None:
    names = [text for standard in STANDARDS for text in [standard.name]]
    names += [head.name for head in list_overlays()]
    for standard in STANDARDS:
        for _, piece in _pieces(standard):
            for field in type(piece).model_fields:
                names += list(_texts(getattr(piece, field)))
            names += [citation.note for citation in _citations(piece) if citation.note is not None]
    assert len(names) > 100
    assert [text for text in names if not CHINESE.search(text.zh) or not LATIN.search(text.en)] == []


def test_the_words_of_the_text_are_kept() -> None:
    for standard in STANDARDS:
        for where, piece in _pieces(standard):
            if "text" in type(piece).model_fields:
                assert CHINESE.search(getattr(piece, "text", "")), where


def test_every_indicator_is_in_the_catalogue() -> None:
    catalogue = load_catalogue()
    for standard in STANDARDS:
        for rule in standard.indicators:
            assert rule.indicator in catalogue
            assert set(standard.stages) <= set(catalogue[rule.indicator].numerator)


def test_folder_and_file_names_are_the_ids() -> None:
    for head in list_standards():
        assert (LIBRARY / head.id / "standard.yaml").is_file()
    for path in (LIBRARY / "overlays").glob("*.yaml"):
        assert read_overlay(path).id == path.stem


def test_one_topic_a_file_and_each_points_at_its_schema() -> None:
    for path in sorted(LIBRARY.rglob("*.yaml")):
        first, second = path.read_text("utf-8").splitlines()[:2]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (path.parent / first.partition("$schema=")[2]).resolve().is_file()
        assert second.startswith("# ")
        assert CHINESE.search(second)


def test_the_fingerprint_is_of_all_files(tmp_path: Path) -> None:
    head = {found.id: found for found in list_standards()}["quality-2017"]
    for path in (LIBRARY / "quality-2017").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert read_standard_files(tmp_path).sha256 == head.sha256
    with (tmp_path / "veto.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# one more line\n")
    assert read_standard_files(tmp_path).sha256 != head.sha256


@pytest.mark.parametrize("name", ["quality-2017", "basic-2012"])
def test_a_standard_goes_through_json_without_loss(name: str) -> None:
    found = resolve(name, on=date(2024, 9, 1), region="210102")
    again = Standard.model_validate(json.loads(found.model_dump_json()))
    assert again == found
