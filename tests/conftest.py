import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
