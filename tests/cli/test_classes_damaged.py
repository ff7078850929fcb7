"""``junheng classes --into`` a folder somebody altered, or another run is writing: refused."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.cli.test_classes import EXAMPLE, formed

from junheng.judgement import hold_output

__all__ = ["formed"]
LATE = EXAMPLE / "newcomers.xlsx"
MOVES = EXAMPLE / "moves.xlsx"
FILES = ("layout.json", "rows.jsonl", "names.jsonl", "lock.json")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("name", FILES)
def test_an_altered_layout_is_told_by_its_file(junheng: Run, formed: Path, tmp_path: Path, name: str) -> None:
    whole = (formed / name).read_bytes()
    for content in (b"", b"[]\n", b"{}\n", b"\xff\xfe\x00", whole[: len(whole) // 2], None):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(formed, copy)
        (copy / name).unlink()
        if content is not None:
            (copy / name).write_bytes(content)
        before = _bytes(copy)
        for words in (("--late", LATE), ("--moves", MOVES)):
            refused = junheng("classes", *words, "--into", copy)
            assert refused.code == 2, refused.err
            assert "办法" in refused.err
            assert name in refused.err or name == "layout.json"  # without it there is no layout at all
        assert _bytes(copy) == before


def test_a_child_without_a_name_is_noticed(junheng: Run, formed: Path) -> None:
    """Newcomers are compared with the names: with one missing, a child could be placed twice."""
    names = (formed / "names.jsonl").read_bytes().splitlines(keepends=True)
    (formed / "names.jsonl").write_bytes(b"".join(names[1:]))
    refused = junheng("classes", "--late", LATE, "--into", formed)
    assert refused.code == 2
    assert "names.jsonl" in refused.err


def test_two_at_once_do_not_drop_each_others_records(junheng: Run, formed: Path) -> None:
    before = _bytes(formed)
    with hold_output(formed):
        for words in (("--late", LATE), ("--moves", MOVES)):
            refused = junheng("classes", *words, "--into", formed)
            assert refused.code == 2
            assert "另一个运行正在写" in refused.err
    assert _bytes(formed) == before


def test_another_commands_rules_are_known_as_such(junheng: Run, tmp_path: Path) -> None:
    for rules in (EXAMPLE / "plan.yaml", EXAMPLE.parent / "admission" / "rules.yaml"):
        refused = junheng("classes", EXAMPLE / "intake.xlsx", "--rules", rules, "--check-only")
        assert refused.code == 2
        assert "这不是编班规则" in refused.err
        assert str(rules) in refused.err
