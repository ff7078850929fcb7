import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.chromium import browser as browser

# No deadlines: a loaded machine is not a wrong program. The same examples in every plain run, so that two runs of one
# commit agree; `make properties` draws new ones.
settings.register_profile(
    "junheng",
    deadline=None,
    derandomize="JUNHENG_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("junheng")

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Several workers share the work by units that set up the same things once: tests/scheduling.py."""
    from tests.scheduling import Together

    return Together(config, log) if config.getoption("dist") == "load" else None


@pytest.hookimpl(trylast=True)  # after Django's plugin has put its tests in order
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In workers the longest begin; by itself a run keeps the order of the files."""
    if hasattr(config, "workerinput"):
        from tests.scheduling import rank_of

        items.sort(key=lambda item: rank_of(item.nodeid))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs; the test skips, visibly, where it is absent."""
    folder = Path(os.environ.get("JUNHENG_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("real inputs absent (set JUNHENG_SHARED)")
    return folder


@pytest.fixture(scope="session")
def example_district() -> Path:
    """The made-up district shipped with the project: one workbook per year."""
    return ROOT / "examples" / "xx_district"
