import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from junheng.cli.app import app

EXAMPLES = Path(__file__).parents[3] / "examples"
DISTRICT_DATA, CITY_DATA = EXAMPLES / "compose" / "district.xlsx", EXAMPLES / "compose" / "city.xlsx"

# An aid outcome with the totals document 2 prints: the archive of 90,660 rows behind it is made in tests/funding.
AID = {
    "format": "junheng/aid/1",
    "totals": {
        "all": {"times": 90_660, "yuan": "54610000", "unknown": 0},
        "category": {"registered_poor": {"times": 61_850, "yuan": "36190000", "unknown": 0}},
    },
    "apart": {"scheme": {"university_loan": {"times": 8_470, "yuan": "64820000", "unknown": 0}}},
}


def _run(said: Sequence[str]) -> None:
    ran = CliRunner().invoke(app, list(said))
    assert ran.exit_code == 0, ran.output


@pytest.fixture(scope="session")
def results(district: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The results of the example district: finding, class sizes, two ledgers, and aid with document 2's totals."""
    home, schools = tmp_path_factory.mktemp("results"), str(EXAMPLES / "xx_district" / "2024.xlsx")
    _run(["sizes", schools, "--out", str(home / "sizes")])
    for name in ("informatisation", "safety"):
        book = str(EXAMPLES / "ledgers" / f"{name}.xlsx")
        said = ["ledger", "read", book, "--ledger", name, "--schools", schools]
        _run([*said, "--out", str(home / name), "--on", "2024-12-31"])
    (home / "aid").mkdir()
    (home / "aid" / "aid.json").write_text(json.dumps(AID), encoding="utf-8")
    return [district, *(home / name for name in ("sizes", "informatisation", "safety", "aid"))]
