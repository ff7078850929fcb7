"""A scenario as an input of jobs: its tables written out with a note of what was changed,
packed, and kept as an upload."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from junheng.basics import Text, UserError
from junheng.data import read_changes, write_csv_tables
from junheng.judgement import WhatIf, what_if
from junheng.web.findings.queries import verdict_of
from junheng.web.jobs.actions import ask_plan, ask_scenario, require_code
from junheng.web.jobs.models import Job
from junheng.web.jobs.reads import Reads
from junheng.web.jobs.uploads import take
from junheng.web.people.models import Account
from junheng.web.whatif.actions import told_handed
from junheng.web.whatif.models import Scenario
from junheng.web.whatif.told import change_words
from junheng.web.whatif.warm import ground_of

_INPUT = "changed"
_FIXED = (1980, 1, 1, 0, 0, 0)  # the archive of the same scenario has the same bytes


def hand_to_evaluation(actor: Account, scenario: Scenario) -> Job:
    """Ask for a whole finding of the changed tables, kept as the job's papers: it takes no finding's place."""
    require_code(scenario.county, scenario.finding.year)
    with tempfile.TemporaryDirectory(prefix=".scenario-", dir=settings.HOME) as folder:
        _write(scenario, Path(folder))
        packed = SimpleUploadedFile(f"{_file_name(scenario)}.zip", _zipped(Path(folder)))
    upload = take(actor, scenario.county, packed)
    job = ask_scenario(actor, scenario.finding, upload, scenario.pk, scenario.name)
    told_handed(actor, scenario, "evaluate", job.pk)
    return job


def hand_to_planner(
    actor: Account, scenario: Scenario, costs: "UploadedFile[Any]", target: int, seconds: int
) -> Job:
    """Ask for an investment plan that starts from the changed tables, pupils staying as they are in them."""
    with tempfile.TemporaryDirectory(prefix=".scenario-", dir=settings.HOME) as folder:
        place = Path(folder)
        _write(scenario, place / _INPUT)
        (place / "costs.xlsx").write_bytes(costs.read())
        text = yaml.safe_dump(_problem(scenario, target), allow_unicode=True, sort_keys=False)
        (place / "problem.yaml").write_text(text, encoding="utf-8")
        packed = SimpleUploadedFile(f"{_file_name(scenario)}.zip", _zipped(place))
    upload = take(actor, scenario.county, packed, Reads.PROBLEM)
    job = ask_plan(actor, scenario.county, upload, "problem.yaml", seconds)
    told_handed(actor, scenario, "plan", job.pk)
    return job


def _problem(scenario: Scenario, target: int) -> dict[str, Any]:
    year = scenario.finding.year
    return {
        "kind": "invest",
        "name": f"{scenario.county} {scenario.name}",
        "input": _INPUT,
        "base_year": year,
        "county": str(verdict_of(scenario.finding)["county"]["code"]),
        "standard": scenario.finding.standard,
        "years": f"{year + 1}-{target}" if target > year + 1 else [target],
        "target": target,
        "forecast": "same",
        "costs": "costs.xlsx",
        "mode": "all_by",
    }


def _write(scenario: Scenario, folder: Path) -> WhatIf:
    found = what_if(ground_of(scenario.finding), read_changes(scenario.listed))
    write_csv_tables(found.tables, folder)
    (folder / "README.md").write_text(_note(scenario, found), encoding="utf-8")
    return found


def _note(scenario: Scenario, found: WhatIf) -> str:
    said = [*(change_words(one) for one in scenario.listed), *found.notes]
    lines = "\n".join(f"- {text.zh}  \n  *{text.en}*" for text in said)
    return f"""# 假设方案“{scenario.name}” · a scenario

{scenario.finding.year} 年的各表，按下列改动推出；这不是统计数据。*Tables derived by the changes below; these are no statistics.*
起点的结论 SHA-256 | starting from the finding: {scenario.finding.sha256}

{lines}
"""


def _zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _FIXED)
            packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _file_name(scenario: Scenario) -> str:
    return f"scenario-{scenario.pk}-{scenario.revision}"


def refuse_empty(scenario: Scenario) -> None:
    """Raise UserError for a scenario without a change: there is nothing to hand over."""
    if not scenario.listed:
        raise UserError(Text("方案里没有改动", "the scenario changes nothing"))
