"""How hard random tests try: few examples in every run, many times more in `make properties`."""

import os


def examples(few: int) -> int:
    """``few``, times JUNHENG_EXAMPLES (default 1)."""
    return few * int(os.environ.get("JUNHENG_EXAMPLES", "1"))
