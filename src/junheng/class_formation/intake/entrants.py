"""From a clean intake to what a draw freezes: entrants with rows, and a proposed problem for the spec."""

from collections.abc import Mapping
from typing import Any

from junheng.class_formation.intake.check import apart_groups, same_name_groups
from junheng.class_formation.intake.child import Child
from junheng.class_formation.intake.columns import load_columns
from junheng.class_formation.intake.read import Intake, subjects
from junheng.draws import Entrant

_FLAGS = ("left_behind", "migrant", "boarder")
_PRIVATE = ("name", "id_number", "student_number")


def entrants(intake: Intake, *, same_names_apart: bool = True) -> list[Entrant]:
    """The entrants for ``draws.freeze``. UserError: the intake still has faults.

    ``same_names_apart``: children of one name in one school's grade get an apart id (not where it has one class).
    """
    intake.require_clean()
    apart = _apart_ids(intake, same_names_apart=same_names_apart)
    return [
        Entrant(
            identity={name: _identity(child, name) for name in _PRIVATE if _identity(child, name)},
            family=" ".join((*child.home, child.together[0])) if child.together else "",
            row=_row(child, apart.get(id(child), [])),
        )
        for child in intake.children
    ]


def _identity(child: Child, name: str) -> str:
    return child.number if name == "id_number" else child.texts.get(name, "")


def _row(child: Child, apart: list[str]) -> dict[str, Any]:
    return {
        "school": child.school,
        "grade": child.grade,
        "sex": child.sex,
        "special": child.special,
        "marks": dict(child.marks),
        "feeder": child.texts.get("feeder", ""),
        "apart": apart,
        "flags": dict(child.flags),
    }


def _apart_ids(intake: Intake, *, same_names_apart: bool) -> Mapping[int, list[str]]:
    """Apart ids by child: numbers only, so that neither a label nor a name is published."""
    classes = {(g["school"], g["grade"]): g["classes"] for g in intake.groups}
    groups = [*apart_groups(intake.children).items()]
    if same_names_apart:
        groups += same_name_groups(intake.children).items()
    found: dict[int, list[str]] = {}
    for number, ((home, _), members) in enumerate(groups, 1):
        for child in members if classes.get(home) != 1 else ():
            found.setdefault(id(child), []).append(f"apart-{number}")
    return found


def propose_problem(intake: Intake, *, method: str = "swaps", relief: int = 0) -> dict[str, Any]:
    """A problem for the spec, to be read and changed before it is declared: every mark, their squares, the rest.

    Weights: total 4, subjects 2, everything else 1. Groups as the plan sheet says.
    """
    covariates = _mark_covariates(intake) + _other_covariates(intake)
    return {
        "method": method,
        "sweeps": 20,
        "polish": 0,
        "relief": relief,
        "mark_unit": intake.mark_unit,
        "covariates": covariates,
        "groups": [dict(group) for group in intake.groups],
    }


def _mark_covariates(intake: Intake) -> list[dict[str, Any]]:
    """The total, each subject if there are several, and the squared score of each of these."""
    names, total = subjects(intake.children), load_columns().total
    if not names:
        return []
    single = [name for name in names if name != total]
    whole = [total] if total in names else single
    marks: list[dict[str, Any]] = [{"name": total, "source": "mark", "of": whole, "weight": 4}]
    if whole != single or len(single) > 1:
        marks += [{"name": name, "source": "mark", "of": [name], "weight": 2} for name in single]
    return [*marks, *({**m, "name": f"{m['name']}²", "source": "squared", "weight": 1} for m in marks)]


def _other_covariates(intake: Intake) -> list[dict[str, Any]]:
    """Special needs, flags and feeders, where any child has one."""
    found: list[dict[str, Any]] = []
    if any(child.special for child in intake.children):
        found.append({"name": "特殊需要", "source": "special", "weight": 1})
    for flag in _FLAGS:
        if any(flag in child.flags for child in intake.children):
            title = load_columns().roll[flag].title.zh
            found.append({"name": title, "source": "flag", "flag": flag, "weight": 1})
    if any(child.texts.get("feeder") for child in intake.children):
        found.append({"name": "毕业学校", "source": "feeder", "top": 2, "weight": 1})
    return found
