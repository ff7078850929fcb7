"""The door of the room: everything it names is there, and opening it costs no heavy library."""

import subprocess
import sys

from junheng import draws


def test_every_name_is_there() -> None:
    assert [name for name in draws.__all__ if not hasattr(draws, name)] == []
    assert sorted(set(draws.__all__)) == sorted(draws.__all__)


def test_opening_the_door_imports_nothing_heavy() -> None:
    heavy = "{'numpy', 'numba', 'cryptography', 'drand_verify', 'duckdb', 'pydantic'}"
    code = f"import sys, junheng.draws; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
