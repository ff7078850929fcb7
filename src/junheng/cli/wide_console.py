"""The console of tables: as wide as the terminal; into a file or a pipe whole, nothing cut to a screen."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

NARROWEST = 100  # columns: fewer and the Chinese cells break into single characters
_PIPED = 1000  # columns where no screen is: a table takes what it needs of them


def wide_console(narrowest: int = NARROWEST) -> "Console":
    """The terminal's console, at least ``narrowest`` wide. Where there is none (and no COLUMNS), a very wide one."""
    from rich.console import Console

    console = Console(soft_wrap=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        return Console(width=_PIPED)
    return console if console.width >= narrowest else Console(width=narrowest)
