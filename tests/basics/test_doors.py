"""Doors that open on demand: a name is fetched once, a strange one is refused as Python does."""

import subprocess
import sys

import pytest

import junheng.data
from junheng.basics import lazy_door


def test_a_name_is_fetched_from_its_room_and_kept() -> None:
    found = lazy_door("junheng.data", {"Grid": "reading.grid"})("Grid")
    assert found.__module__ == "junheng.data.reading.grid"
    assert vars(junheng.data)["Grid"] is found


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match=r"module 'junheng\.data' has no attribute 'nothing'"):
        _ = junheng.data.nothing  # type: ignore[attr-defined] # that is what is tried


def test_whoever_only_looks_in_loads_no_table_engine() -> None:
    words = "import sys, junheng.data; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
