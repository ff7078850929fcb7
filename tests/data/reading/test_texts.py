"""Text tables in memory are read as the files of a folder are, also again and again."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.data import read_input, read_texts

_CODE = "2199000001"
_HEADS = {
    "school": "year,school_id,name,kind,ownership,county_code,is_counted,built_year",
    "stage": "year,school_id,stage,pupils,classes,max_class_size",
    "premises": "year,school_id,teaching_area_m2,equipment_value_yuan,multimedia_rooms,lease_id",
}
_CELLS = (
    "",
    "1",
    "0",
    "是",
    "无",
    "九百",
    "1,234",
    "12.5",
    "1e5",
    "１２",
    "5万",
    "小学",
    "primary",
    "2024年",
    "-3",
    "1e400",
    "甲",
)


def _files(source: Random) -> dict[str, bytes]:
    """Three tables in which any cell may hold anything."""
    files = {}
    for table, head in _HEADS.items():
        names = head.split(",")
        stages = ("primary", "junior") if table == "stage" else ("",)
        rows = [
            [
                {"year": "2024", "school_id": _CODE, "stage": stage}.get(name) or source.choice(_CELLS)
                for name in names
            ]
            for stage in stages
        ]
        lines = [head, *(",".join(f'"{cell}"' for cell in row) for row in rows)]
        files[f"{table}.csv"] = ("\n".join(lines) + "\n").encode()
    return files


@settings(max_examples=examples(15), deadline=None)
@given(st.integers(0))
def test_it_is_what_a_folder_gives(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    files, folder = _files(Random(seed)), tmp_path_factory.mktemp("read")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    expected, found = read_input(folder), read_texts(files)
    assert (found.sources, found.inputs, found.problems) == (
        expected.sources,
        expected.inputs,
        expected.problems,
    )
    for mine, theirs in ((found.tables, expected.tables), (found.raw, expected.raw)):
        assert list(mine) == list(theirs)
        assert all(mine[name].equals(theirs[name]) for name in mine)
    kept = read_texts(files, is_kept=True)
    assert kept == found
    assert read_texts(dict(files), is_kept=True) is kept, "the same texts are not read twice"


def test_one_changed_cell_is_seen() -> None:
    files = _files(Random(1))
    text = files["stage.csv"].replace(b'"primary"', b'"junior"', 1).replace(b'"junior"', b'"primary"')
    assert read_texts(files).tables["stage"].num_rows == 2
    with pytest.raises(UserError, match="重复"):
        read_texts({**files, "stage.csv": text})


def test_the_same_text_is_one_thing_as_a_flag_and_another_as_a_number() -> None:
    files = {
        "school.csv": f"year,school_id,name,kind,county_code,is_counted,built_year\n2024,{_CODE},1,primary,999901,1,1\n".encode(),
        "stage.csv": f"year,school_id,stage,pupils\n2024,{_CODE},primary,1\n".encode(),
    }
    school = read_texts(files).tables["school"].to_pylist()[0]
    assert (school["name"], school["is_counted"]) == ("1", True)
    assert isinstance(school["built_year"], int)


def test_nothing_at_all_is_refused_as_an_empty_folder_is(tmp_path: Path) -> None:
    for read in (lambda: read_texts({}), lambda: read_input(tmp_path)):
        with pytest.raises(UserError, match="没有可读取的数据文件"):
            read()
