"""The rules of class formation; what they leave unsaid comes from the intake's workbook."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError

if TYPE_CHECKING:
    from junheng.class_formation import Intake

Json = dict[str, Any]


def read_with_rules(path: Path, rules: Path | None) -> tuple["Intake", Json]:
    """The intake, and the problem to decide: the rules as written, groups and covariates from the intake where unsaid.

    Raises UserError for files that cannot be read and for rules that make no sense; faults of the roll are in the intake.
    """
    from junheng.class_formation import plan_from, propose_problem, read_intake

    said = {} if rules is None else read_rules(rules)
    unit = str(said.get("mark_unit", "0.5"))
    intake = read_intake(path, mark_unit=unit, marks=subjects(said))
    problem = {**propose_problem(intake), **said}
    if not problem["groups"]:
        raise UserError(
            Text("不知道每个年级编几个班", "the number of classes of a grade is not known"),
            where=path.name,
            fix=Text(
                "在工作簿的“编班计划”表填写，或在规则文件中写 groups",
                "fill in the sheet 编班计划, or write groups in the rules",
            ),
        )
    if not intake.faults:
        plan_from(problem)
    return intake, problem


def read_rules(path: Path) -> Json:
    """The ``problem`` of a rules file, as it stands (or the file itself, where it is nothing else).

    Raises UserError when it is no mapping of keys and values.
    """
    import yaml

    try:
        found = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(
            path, Text(f"规则文件无法读取：{error}", f"the rules cannot be read: {error}")
        ) from error
    if isinstance(found, dict) and "problem" in found:
        found = found["problem"]
    if not isinstance(found, dict):
        raise _wrong(path, Text("规则文件应为键和值", "the rules must be keys and values"))
    from junheng.class_formation import PLAN_KEYS

    if found and not PLAN_KEYS & set(found):
        shown = "、".join(map(str, list(found)[:5]))
        raise _wrong(
            path, Text(f"这不是编班规则，其中是 {shown}", f"these are no rules of class formation: {shown}")
        )
    return found


def subjects(said: Json) -> list[str]:
    """Marks that the rules name: subjects that a dictionary of headings need not know."""
    names: list[str] = []
    for covariate in said.get("covariates") or []:
        if isinstance(covariate, dict) and covariate.get("source") in ("mark", "squared"):
            names += covariate.get("of") or []
    return list(dict.fromkeys([*names, *(said.get("score") or [])]))


def _wrong(path: Path, what: Text) -> UserError:
    return UserError(
        what,
        where=str(path),
        fix=Text("样例见 examples/classes/rules.yaml", "an example is examples/classes/rules.yaml"),
    )
