"""Hold the small draw that a fresh site shows: really, by the commands an office types, its clock unturned (12 minutes)."""

import json
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory

import yaml

from junheng.admissions import (
    Child,
    check_applications,
    load_rule_set,
    made_up_zones,
    make_applications,
    problem_of,
    read_applications,
    read_intake_rule,
    write_application_form,
)

EXAMPLE = Path(__file__).parent / "admission"
KEPT = Path(__file__).parents[1] / "src/junheng/web/public/sample_draw"
APPLICANTS, SEATS_OF = 96, 13  # one seat here for so many of the example's rule
ROLES = {"bureau": "XX区教育局（虚构）", "notary": "XX区公证处（虚构）", "parents": "家长代表（虚构）"}
_REVEALING, _WAITING = timedelta(minutes=1), timedelta(minutes=10)
_BEIJING = timezone(timedelta(hours=8))
_OFFICE = "notary"
_SLIPS = 3  # a child at its first school, one at a later one, one without


def main(kept: Path = KEPT) -> None:
    """Write transcript, log and its proof into ``kept``, and three families' slips into ``kept/slips``."""
    with TemporaryDirectory(prefix="junheng-") as base:
        place = Path(base)
        _write_rules(place)
        _write_forms(place)
        beacon_from = _write_plan(place)
        _say(place, "freeze", "forms.xlsx", "--plan", "plan.yaml", "--out", "draw")
        for role, name in ROLES.items():
            _say(place, "commit", "draw", "--role", role, "--name", name, "--secret", f"{role}.txt")
        _say(place, "spec", "draw", "--plan", "plan.yaml")
        for role in ROLES:
            _say(place, "reveal", "draw", "--role", role, "--secret", f"{role}.txt")
        time.sleep(max(0.0, (beacon_from - datetime.now(_BEIJING)).total_seconds()) + 1)
        balls = " ".join(str(one) for one in sorted(SystemRandom().sample(range(1, 34), 6)))
        _say(place, "beacon", "draw", "--observed", f"hall={balls}")
        for step in ("seed", "run"):
            _say(place, step, "draw")
        _say(place, "sign", "draw", "--role", _OFFICE, "--key", "key.txt")
        _say(place, "publish", "draw", "--out", "public", "--slips", "slips")
        _keep(place, kept)


def _say(place: Path, *words: str) -> None:
    command = [sys.executable, "-c", "from junheng.cli import main; main()", "draw", *words]
    subprocess.run(command, cwd=place, check=True)


def _write_rules(place: Path) -> None:
    """The example's rule with a seat in thirteen, and its intake."""
    told = yaml.safe_load((EXAMPLE / "rules.yaml").read_text(encoding="utf-8"))
    told |= {
        "id": "xx_2027_sample",
        "name": {"zh": "小型派位规则（虚构样例）", "en": "rule of the sample draw"},
    }
    for school in told["schools"]:
        school["plan"] = school["plan"] // SEATS_OF
        for pool in school.get("pools", ())[:-1]:
            pool["seats"] = max(1, pool["seats"] // SEATS_OF)
        if "pools" in school:
            given = sum(pool["seats"] for pool in school["pools"][:-1])
            school["pools"][-1]["seats"] = school["plan"] - given
    (place / "rules.yaml").write_text(
        yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    (place / "intake.yaml").write_bytes((EXAMPLE / "intake.yaml").read_bytes())


def _write_forms(place: Path) -> None:
    """The children of the made-up district, but for those whom the checks take for twins."""
    rule, problem = read_intake_rule(place / "intake.yaml"), problem_of(load_rule_set(place / "rules.yaml"))
    children = make_applications(rule, problem, made_up_zones(), APPLICANTS, "XX区 sample")
    path = place / "forms.xlsx"
    write_application_form(path, rule, problem, children=children)
    faults = check_applications(read_applications(path), rule, problem).faults
    doubtful = {number for fault in faults for number in fault.children}
    write_application_form(
        path, rule, problem, children=[one for one in children if not _is_one(one, doubtful)]
    )


def _is_one(child: Child, numbers: set[str]) -> bool:
    return child.cell("id_number") in numbers


def _write_plan(place: Path) -> datetime:
    """The plan, its times from now on. Returns when the beacon may be seen."""
    by = datetime.now(_BEIJING) + _REVEALING
    told = yaml.safe_load((EXAMPLE / "plan.yaml").read_text(encoding="utf-8"))
    del told["exceptions"]
    told |= {
        "draw_id": "XX-SAMPLE-01",
        "title": "XX区初中小型派位（虚构样例）",
        "parties": [{"role": role, "name": name} for role, name in ROLES.items()],
        "schedule": {
            "reveals_by": by.isoformat(timespec="seconds"),
            "beacon_from": (by + _WAITING).isoformat(timespec="seconds"),
        },
    }
    told["beacons"][0]["name"] = "摇球（虚构样例，由程序的随机数代替）"
    (place / "plan.yaml").write_text(
        yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return by + _WAITING


def _keep(place: Path, kept: Path) -> None:
    (kept / "slips").mkdir(parents=True, exist_ok=True)
    for name in ("transcript.json", "log.jsonl", "log-proof.json"):
        (kept / name).write_bytes((place / "public" / name).read_bytes())
    chosen: dict[int, Path] = {}
    for path in sorted((place / "slips").glob("*.json")):
        choice = int(json.loads(path.read_bytes())["result"]["choice"] or 0)
        chosen.setdefault(min(choice, _SLIPS - 1), path)
    for old in (kept / "slips").iterdir():
        old.unlink()
    for path in chosen.values():
        for suffix in (".json", ".html"):
            slip = path.with_suffix(suffix)
            (kept / "slips" / slip.name).write_bytes(slip.read_bytes())


if __name__ == "__main__":
    main()
