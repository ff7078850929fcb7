"""What the checks need, made ready ahead of time."""

from junheng.data.checks.load import load_checks
from junheng.data.engines import warm_up


def get_ready() -> None:
    """Compile the library of checks and start the engine, once for the process."""
    load_checks()
    warm_up()
