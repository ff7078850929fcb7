"""What the checks need, made ready ahead of time."""

from junheng.data.checks.load import load_checks
from junheng.data.engines import warm_up


def get_ready() -> None:
    """Compile the library of checks and start the engine, once for the process."""
    load_checks()
    warm_up()


def get_ready_for_returns() -> None:
    """Take apart what the checks ask of one school's rows, once for the process: half a second."""
    from junheng.data.checks.one_school.run import learn  # with the SQL parser

    learn(load_checks())
