"""How a command of operation tells: both languages, and exit code 2 where it refuses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from junheng.basics import UserError


@contextmanager
def told(stream: Any) -> Iterator[None]:
    """Write a UserError's lines to ``stream`` and end the process with its exit code."""
    try:
        yield
    except UserError as error:
        for line in error.lines():
            stream.write(f"{line.zh} | {line.en}")
        sys.exit(error.exit_code)
