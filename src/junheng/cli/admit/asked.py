"""The inputs of an admission trial – forms, rules, intake rule, exceptions – read and checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.basics import Text, UserError
from junheng.cli.admit.rules import read_rules, rules_file, rules_title
from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.admissions import Applications, IntakeException, IntakeRule, Problem, Review
    from junheng.draws import Entrant

INTAKE = "intake.yaml"


@dataclass(frozen=True)
class Asked:
    """What was read. ``title``: whose rules; ``files``: inputs by their part; ``review``: what is wrong with the forms."""

    title: str
    applications: "Applications"
    problem: "Problem"
    intake: "IntakeRule"
    exceptions: "Sequence[IntakeException]"
    review: "Review"
    files: dict[str, Path]

    def entrants(self) -> "list[Entrant]":
        """The children as a draw would freeze them. Raises UserError while anything blocks that."""
        from junheng.admissions import entrants_of

        return entrants_of(self.review)


def read_asked(
    applications: Path, rules: str, intake: Path | None, exceptions: Path | None, schools: Path | None = None
) -> Asked:
    """Read and check everything. ``intake`` None: ``intake.yaml`` beside the rules or, failing that, the forms.

    Raises UserError for files that cannot be read or make no sense; faults of forms are in ``review``.
    """
    from junheng.admissions import check_applications, read_applications, read_exceptions, read_intake_rule

    intake = intake_beside([Path(rules), applications], intake)
    files = {"applications": applications, "rules": rules_file(rules), "intake": intake}
    if schools is not None:
        files["schools"] = schools
    problem, rule = read_rules(rules, schools), read_intake_rule(intake)
    lifted: Sequence[IntakeException] = ()
    if exceptions is not None:
        files["exceptions"] = exceptions
        lifted = read_exceptions(exceptions)
    forms = read_applications(applications)
    review = check_applications(forms, rule, problem, lifted)
    return Asked(rules_title(rules) or rule.name.zh, forms, problem, rule, lifted, review, files)


def intake_beside(places: Sequence[Path], intake: Path | None) -> Path:
    """The intake rule given, or the first one beside ``places``. Raises UserError when there is none."""
    existing(intake)
    beside = [place.with_name(INTAKE) for place in places if place.name]
    found = intake or next((path for path in beside if path.is_file()), beside[0])
    if not found.is_file():
        raise UserError(
            Text(
                "没有报名规则（谁可以报、填几个志愿）",
                "there is no intake rule (who may apply, how many wishes)",
            ),
            where=str(found),
            why=Text("没有它就不能核对报名表", "without it the forms cannot be checked"),
            fix=Text(
                f"用 --intake 给出，或把 {INTAKE} 放在规则文件旁；样例见 examples/admission",
                f"give --intake, or put {INTAKE} beside the rules; see examples/admission",
            ),
        )
    return found
