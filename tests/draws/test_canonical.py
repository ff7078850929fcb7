"""RFC 8785: its published examples where integers and text suffice, and everything it must refuse."""

import json
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.draws import canonical_bytes, strict_json, text_bytes

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
# NFC text without halves of characters: what a hash may hold.
WORDS = st.text(st.characters(codec="utf-8")).map(lambda text: normalize("NFC", text))
VALUES = st.recursive(
    WHOLE | WORDS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=20
)


def test_keys_sort_by_utf16_code_units() -> None:
    """RFC 8785 §3.2.3; its Hebrew key is not NFC, so U+FF01 stands for it (also after a surrogate)."""
    value = {
        "€": "Euro Sign",
        "\r": "Carriage Return",
        "！": "Full-width Mark",
        "1": "One",
        "😀": "Emoji: Grinning Face",
        "\x80": "Control",
        "ö": "Latin Small Letter O With Diaeresis",
    }
    expected = ["\r", "1", "\x80", "ö", "€", "😀", "！"]
    assert list(json.loads(canonical_bytes({"inner": [value]}))["inner"][0]) == expected


def test_text_is_written_as_published() -> None:
    """RFC 8785 §3.2.2: the string of its first example."""
    value = {"string": '€$\x0f\nA\'B"\\\\"/', "numbers": [0, -1, 2**53 - 1]}
    expected = '{"numbers":[0,-1,9007199254740991],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical_bytes(value) == expected.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, True, None, 2**53, -(2**53), {1: "a"}, {"a": b"b"}, ("a",), "e\u0301", {"\ufb33": 1}, "\ud800"],
)
def test_refused(value: object) -> None:
    with pytest.raises(UserError):
        canonical_bytes([value])


def test_refusal_names_the_place() -> None:
    with pytest.raises(UserError) as caught:
        canonical_bytes({"schools": [{"plan": 1.5}]})
    assert caught.value.where == "schools.plan"


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "1.0", "1e3", "NaN", "null", "{", '"\\ud800"', "[" * 9999])
def test_strict_reading_refuses(text: str) -> None:
    with pytest.raises(UserError):
        strict_json(text.encode())


def test_too_deep_to_write() -> None:
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    with pytest.raises(UserError):
        canonical_bytes(value)


@pytest.mark.parametrize("name", ["a\0b", "e\u0301"])
def test_names_that_would_blur_a_hash_are_refused(name: str) -> None:
    with pytest.raises(UserError):
        text_bytes(name)


@settings(max_examples=examples(60))
@given(VALUES)
def test_one_spelling_read_back(value: object) -> None:
    written = canonical_bytes(value)
    assert strict_json(written) == value
    assert canonical_bytes(strict_json(json.dumps(value, indent=3).encode())) == written
