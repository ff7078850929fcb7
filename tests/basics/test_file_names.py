"""Names that users typed become file names that stay in their folder."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import file_name


@given(st.text(max_size=200))
@settings(max_examples=examples(200))
def test_no_name_leads_out_of_its_folder(words: str) -> None:
    folder = Path("/folder")
    name = file_name(words)
    assert (folder / f"{name}.png").parent == folder
    assert name not in ("", ".", "..")
    assert not name.startswith(".")


def test_plain_chinese_names_stay() -> None:
    assert file_name("丁街道 · 小学") == "丁街道 · 小学"
    assert file_name("../../etc/passwd") == "_.._etc_passwd"
