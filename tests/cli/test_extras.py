"""A library that an extra brings is named with its extra; any other missing module is our own fault."""

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from junheng.cli.extras import missing_extra

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "plans"
REFUSED = 2


@pytest.mark.parametrize(
    ("module", "extra"),
    [("highspy", "plan"), ("scipy.sparse", "plan"), ("shapely", "geo"), ("pyspark.sql", "spark")],
)
def test_the_extra_is_named(module: str, extra: str) -> None:
    error = missing_extra(ModuleNotFoundError(name=module))
    assert error is not None
    assert f"junheng[{extra}]" in str(error.fix)


def test_a_module_of_our_own_is_no_extra() -> None:
    assert missing_extra(ModuleNotFoundError(name="junheng.nowhere")) is None


def test_a_plan_without_its_solver_is_refused_plainly(
    junheng: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'highspy'", name="highspy")

    monkeypatch.setattr("junheng.planning.itinerant.solve", absent)
    refused = junheng("plan", "itinerant", EXAMPLES / "itinerant" / "problem.yaml", "--out", tmp_path / "out")
    assert refused.code == REFUSED
    assert "junheng[plan]" in refused.err
    assert not (tmp_path / "out").exists()
