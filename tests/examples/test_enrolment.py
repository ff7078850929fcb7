"""The made-up lists of examples/enrolment give what docs/method/enrolment.md says of them."""

import importlib.util
from datetime import date
from pathlib import Path

from junheng.enrolment import run_match, run_report

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LISTS = EXAMPLES / "enrolment" / "名单"
ON = date(2026, 10, 1)


def test_the_script_writes_the_committed_files(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make", EXAMPLES / "make_enrolment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in LISTS.iterdir()}, (
        "run examples/make_enrolment.py"
    )


def test_the_comparisons_of_the_example() -> None:
    outcome = run_match(LISTS, ON)
    told = {
        name: [outcome.tables[name][cell] for cell in ("left", "right", "certain", "check", "left_alone")]
        for name in ("household_register", "register_onsite")
    }
    assert told == {"household_register": [120, 120, 102, 11, 7], "register_onsite": [120, 113, 102, 11, 7]}
    assert outcome.tables["priority"] == {"no": 29, "yes": 6}
    assert [e["reason"] for e in outcome.entries if e["state"] == "closed"] == ["home_taught"]


def test_the_groups_of_the_example() -> None:
    found = run_report(LISTS, ON)
    assert found["shares"]["migrant"]["percent"] == "25.00"
    assert (found["retention"][0]["a_percent"], found["retention"][0]["b_percent"]) == ("98.66", "98.28")
