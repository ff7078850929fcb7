"""The rules of a trial: a whole problem, a rule set in an officer's words, or a shipped one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from junheng.basics import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from junheng.admissions import Problem, RuleSet

Json = dict[str, Any]


def read_rules(given: str, schools: Path | None = None) -> "Problem":
    """The problem that ``given`` states: a YAML file, or the name of a shipped rule set.

    ``schools``: a workbook of schools, for rules that list none. Raises UserError naming the key at fault.
    """
    from junheng.admissions import load_rule_set, parse_problem, problem_of, read_problem, read_schools

    if schools is None:
        return read_problem(Path(given)) if Path(given).is_file() else problem_of(load_rule_set(given))
    content, listed = _problem_of_file(given), read_schools(schools)
    if content is not None:
        return parse_problem(listed.as_problem(content))
    rules = load_rule_set(given)
    _require_classes(rules, listed.schools, schools)
    found = problem_of(rules, listed.schools)
    if len(listed.stages) < 2:
        return found
    return parse_problem({**found.as_json(), "stages": [dict(stage) for stage in listed.stages]})


def variant_of(given: str, declared: "Problem") -> Json:
    """The problem of ``given`` for the schools, classes and numbers of ``declared``, as keys that it changes.

    Raises UserError where the two cannot be compared: other schools or classes, other kind of numbers.
    """
    from junheng.admissions import load_rule_set

    base = declared.as_json()
    content = _problem_of_file(given)
    rules = None if content is not None else load_rule_set(given)
    is_bare = rules is not None and not rules.schools
    changed = _applied(rules, declared) if rules and is_bare else read_rules(given).as_json()
    schools = {school["id"]: school for school in changed["schools"]}
    codes = [{entry["code"] for entry in found["classes"]} for found in (base, changed)]
    wanted = [school["id"] for school in base["schools"]]
    if set(schools) != set(wanted) or codes[0] != codes[1] or base["tickets"] != changed["tickets"]:
        raise UserError(
            Text(
                "比较的规则应有相同的学校、优先类别和号码方式",
                "rules to compare must have the same schools, classes and tickets",
            ),
            where=given,
            why=Text("比较用同一批志愿和号码", "the same wishes and numbers are used"),
            fix=Text(
                "可以改计划数、志愿分段、次序、双胞胎和统筹规则",
                "seats, bands, key, twins and leftovers may differ",
            ),
        )
    changed["schools"] = [schools[identifier] for identifier in wanted]
    return {key: value for key, value in changed.items() if key not in ("ranking", "tickets", "classes")}


def rules_title(given: str) -> str:
    """The Chinese name that the rules give themselves, "" where they give none."""
    from junheng.admissions import load_rule_set

    if _problem_of_file(given) is None:
        return load_rule_set(given).name.zh
    named = _yaml(Path(given)).get("name")
    return str(named.get("zh", "")) if isinstance(named, dict) else ""


def rules_file(given: str) -> Path:
    """The file that was read. Raises UserError for an unknown name."""
    from junheng.admissions import load_rule_set, rule_library

    path = Path(given)
    if path.is_file():
        return path
    load_rule_set(given)  # says what is wrong with an unknown name
    return rule_library()[given]


def _problem_of_file(given: str) -> Json | None:
    """The key ``problem`` of a YAML file; None for a rule set in other words, or no file."""
    path = Path(given)
    found = _yaml(path).get("problem") if path.is_file() else None
    return found if isinstance(found, dict) else None


def _yaml(path: Path) -> Json:
    try:
        found = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(
            Text(f"规则文件无法读取：{error}", f"the rules cannot be read: {error}"),
            where=str(path),
            fix=Text("样例见 examples/admission/rules.yaml", "an example is examples/admission/rules.yaml"),
        ) from error
    return found if isinstance(found, dict) else {}


def _require_classes(rules: "RuleSet", schools: "Sequence[Mapping[str, Any]]", where: Path) -> None:
    """Refuse (UserError) pools kept for classes that the rule set does not have."""
    known = {entry.code for entry in rules.classes}
    for school in schools:
        for pool in school.get("pools", ()):
            if strange := sorted(set(pool.get("classes", ())) - known):
                codes, listed = "、".join(map(str, strange)), "、".join(map(str, sorted(known)))
                raise UserError(
                    Text(
                        f"学校 {school['id']} 的名额池“{pool['id']}”限定优先类别 {codes}，规则 {rules.id} 没有这一类别",
                        f"pool {pool['id']} of school {school['id']} is kept for class {codes}, unknown to {rules.id}",
                    ),
                    where=where.name,
                    why=Text(f"这套规则的类别：{listed}", f"classes of this rule: {listed}"),
                    fix=Text(
                        "清空名额池的“优先类别”，或写一个含该类别的规则文件",
                        "clear the pool's classes, or write rules that have the class",
                    ),
                )


def _applied(rules: "RuleSet", declared: "Problem") -> Json:
    """A rule set without schools, for the schools and classes of ``declared``; stages too, where it says nothing of them."""
    from junheng.admissions import problem_of

    if rules.mechanism == "serial" and len(declared.classes) > 1:
        raise UserError(
            Text(
                "随机派位不分优先类别，不能和分类别的规则比较",
                "a serial rule knows no classes and cannot be compared here",
            ),
            where=rules.id,
            fix=Text("请用 deferred（延迟录取）比较", "compare with a deferred rule"),
        )
    base = declared.as_json()
    keep = {} if len(rules.stages) > 1 else {"stages": base["stages"]}
    own = rules.model_copy(update={"classes": list(declared.classes)})
    return {**problem_of(own, base["schools"]).as_json(), **keep}
