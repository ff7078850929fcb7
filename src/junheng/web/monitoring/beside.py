"""What rules look at beside the findings, as the library's subjects; and why some have nothing."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.judgement.monitoring import Rule, Subject, Watch, admission_subjects, forecast_subjects
from junheng.web.findings.models import Finding
from junheng.web.monitoring.giving import PLAN
from junheng.web.monitoring.models import Given, GivenKind

_NOT_GIVEN = {
    GivenKind.FUTURE: Text(
        "没有学位预测：请在“预测与招生数据”附上一份",
        "no seat forecast: attach one under “Forecast and admission”",
    ),
    GivenKind.SEATS: Text(
        "没有招生志愿数据：请在“预测与招生数据”上传 CSV",
        "no applications of an admission: upload the CSV under “Forecast and admission”",
    ),
}
_NO_INPUT = Text(
    "没有保存该年的填报数据，不能推算今后", "the year's data are not kept: the years ahead cannot be judged"
)


@dataclass(slots=True)
class Beside:
    """Subjects by the word of ``Rule.over``, and of each word without any the reason."""

    subjects: dict[str, Sequence[Subject]] = field(default_factory=dict)
    reasons: dict[str, Text] = field(default_factory=dict)

    def told(self, found: Watch, rules: Sequence[Rule]) -> Watch:
        """``found``, its idle rules saying what is missing."""
        over = {rule.id: str(rule.over) for rule in rules}
        idle = (
            replace(one, reason=self.reasons[over[one.rule]]) if over.get(one.rule) in self.reasons else one
            for one in found.unwatched
        )
        return replace(found, unwatched=tuple(idle))


def beside_of(finding: Finding, inputs: Sequence[Path]) -> Beside:
    """What the finding's county was given; ``inputs``: the data of its year (a file or folder), if kept. One query."""
    found = Beside(reasons=dict(_NOT_GIVEN))  # type: ignore[arg-type] # the kinds are their words
    for one in Given.objects.filter(county=finding.county_id, is_current=True):
        try:
            subjects = _subjects(one, finding, inputs)
        except UserError as error:
            found.reasons[one.kind] = _in_line(one, error)
            continue
        found.subjects[one.kind] = [*found.subjects.get(one.kind, ()), *subjects]
    for kind, given in found.subjects.items():
        if given:
            found.reasons.pop(kind, None)
        elif found.reasons[kind] == _NOT_GIVEN[GivenKind(kind)]:
            found.reasons[kind] = Text(
                f"给出的数据没有 {finding.year} 年以后的", f"what was given has nothing after {finding.year}"
            )
    return found


def _subjects(given: Given, finding: Finding, inputs: Sequence[Path]) -> Sequence[Subject]:
    with tempfile.TemporaryDirectory(prefix="junheng-beside-") as name:
        folder = Path(name)
        if given.kind == GivenKind.SEATS:
            path = folder / "seats.csv"
            path.write_text(given.content, encoding="utf-8")
            return admission_subjects(path, stage=given.stage)
        if not inputs:
            raise UserError(_NO_INPUT)
        (folder / PLAN).write_text(given.content, encoding="utf-8")
        return forecast_subjects(folder, finding.folder, inputs[0])


def _in_line(given: Given, error: UserError) -> Text:
    return Text(f"{given.name}：{error.what.zh}", f"{given.name}: {error.what.en}")
