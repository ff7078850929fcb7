"""Doors that open a room when something in it is asked for: who only looks in loads nothing heavy."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_door(door: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of the package ``door``. ``homes``: name → the module below it in which it is at home.

    What was asked for once is kept in the package. Raises AttributeError for any other name.
    """

    def find(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {door!r} has no attribute {name!r}")
        found = getattr(import_module(f"{door}.{homes[name]}"), name)
        setattr(sys.modules[door], name, found)
        return found

    return find
