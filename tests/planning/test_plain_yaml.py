"""YAML of problems: scalars as typed; whatever could be read in two ways is refused with its line."""

from pathlib import Path

import pytest

from junheng.basics import Text, UserError
from junheng.planning.plain_yaml import read_plain, read_plain_mapping

FIX = Text("见说明", "see the docs")


def test_scalars_stay_as_typed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("\ufeffa: 1.30\nb: [yes, 2025-09-01, '01']\nc:\n", encoding="utf-8")
    assert read_plain(path, FIX) == {"a": "1.30", "b": ["yes", "2025-09-01", "01"], "c": ""}


@pytest.mark.parametrize(
    ("content", "said", "line"),
    [
        (b"a: 1\nb: 2\na: 3\n", "重复", ":3"),
        (b"a: &x 1\nb: *x\n", "别名", ""),
        (b"a: 1\n b: 2\n", "写法有误（冒号、逗号须用半角，冒号后留空格）：“b: 2”", ":2"),
        (b"a: 1\nb: [1, 2\n\n", "“b: [1, 2”", ":2"),
        (b"a: 1\nb: \x00\n", "写法有误", ":2"),
        (b"\xff\xfe", "另存为", ""),
        ("名称: 甲".encode("gbk"), "编码选 UTF-8", ""),
        (b"", "文件是空的", ""),
        (b"# a\n", "文件是空的", ""),
        (b"- 1\n", "键: 值", ""),
        (b"[" * 1000, "YAML", ""),
        (b"a: " + b"x" * 1_000_001, "过大", ""),
    ],
)
def test_what_is_no_plain_mapping_is_refused(tmp_path: Path, content: bytes, said: str, line: str) -> None:
    path = tmp_path / "问题.yaml"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        read_plain_mapping(path, FIX)
    assert said in refused.value.what.zh
    assert (refused.value.where or "").startswith(f"问题.yaml{line}")


def test_a_file_that_is_not_there_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        read_plain(tmp_path / "a.yaml", FIX)


def test_brackets_without_end_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "deep.yaml").write_text("a: " + "[" * 900_000, encoding="utf-8")
    with pytest.raises(UserError, match="嵌套过深"):
        read_plain(tmp_path / "deep.yaml", FIX)
