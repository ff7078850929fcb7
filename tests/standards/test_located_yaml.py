from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.basics import UserError
from junheng.standards.located_yaml import read_yaml

Write = Callable[..., Path]


def test_values_are_taken_as_written(write: Write) -> None:
    text = """\
a: 0.450
b: 12
c: 2024-09-01
d: yes
e: true
f: null
g: "12"
h: [1, 2.50, 不低于]
i: 010
j: 2024-02-30
"""
    found = read_yaml(write(text)).content
    assert found == {
        "a": Decimal("0.450"),
        "b": 12,
        "c": date(2024, 9, 1),
        "d": "yes",
        "e": True,
        "f": None,
        "g": "12",
        "h": [1, Decimal("2.50"), "不低于"],
        "i": "010",
        "j": "2024-02-30",
    }
    assert str(found["a"]) == "0.450"


@given(whole=st.integers(0, 10**15), places=st.text("0123456789", min_size=1, max_size=20))
def test_a_decimal_keeps_every_digit(
    tmp_path_factory: pytest.TempPathFactory, whole: int, places: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "number.yaml"
    path.write_text(f"value: {whole}.{places}\n", encoding="utf-8")
    assert str(read_yaml(path).content["value"]) == f"{whole}.{places}"


def test_lines_and_places_are_kept(write: Write) -> None:
    file = read_yaml(write("top:\n  - id: R4\n    deep:\n      key: 1\n  - other: 2\n"))
    assert file.lines["top", 0, "deep", "key"] == 4
    assert file.where(("top", 0, "deep", "key")).endswith("file.yaml:4 → top.R4.deep.key")
    assert file.where(("top", 1, "other")).endswith("file.yaml:5 → top.2.other")
    assert file.where(("top", 0, "deep", "absent")).endswith("file.yaml:3 → top.R4.deep.absent")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "given twice"),
        ("a: &x [1]\nb: *x\n", 2, "aliases"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "tag"),
        ("a: 1\nb: [1, 2\n", 3, "not valid YAML"),
        ("a: 1\n---\nb: 1\n", 2, "one YAML document"),
        ("? [1, 2]\n: 3\n", 1, "a key must be text"),
        ("a: " + "[" * 60 + "]" * 60 + "\n", 1, "nested too deeply"),
        ("a: 1\n\tb: 2\n", 2, "not valid YAML"),
    ],
)
def test_anything_clever_is_refused_with_its_line(write: Write, text: str, line: int, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read_yaml(write(text))
    assert f"file.yaml:{line}" in caught.value.where
    assert words in caught.value.what.en
    assert caught.value.what.zh != caught.value.what.en


def test_a_doubled_key_is_named(write: Write) -> None:
    with pytest.raises(UserError) as caught:
        read_yaml(write("a:\n  limit: 1\n  limit: 2\n"))
    assert caught.value.where.endswith("file.yaml:3 → a.limit")
    assert caught.value.what.zh == "键 limit 重复"


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_yaml(tmp_path / "absent.yaml")
    (tmp_path / "gb.yaml").write_bytes("名: 小学".encode("gb18030"))
    with pytest.raises(UserError, match="not UTF-8"):
        read_yaml(tmp_path / "gb.yaml")
    (tmp_path / "huge.yaml").write_bytes(b"#" * 2_000_001)
    with pytest.raises(UserError, match="too large"):
        read_yaml(tmp_path / "huge.yaml")


def test_a_byte_order_mark_is_no_part_of_a_key(tmp_path: Path) -> None:
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(tmp_path / "bom.yaml").content == {"a": 1}


@given(st.text(alphabet='ab:-[]{}"\n #&*!|>0.?,~%@`\t', max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        found = read_yaml(path)
    except UserError as error:
        where = error.where
    else:
        where = found.where(())
    assert where.startswith(f"{path}:")
