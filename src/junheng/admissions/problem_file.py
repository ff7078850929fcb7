"""A rules file as the problem of a draw: the problem itself, or a rule set in an officer's words."""

from pathlib import Path

from junheng.admissions.problem import Problem, parse_problem
from junheng.admissions.rules import load_rule_set, problem_of
from junheng.admissions.rules_file import read_plain_yaml


def read_problem(path: Path) -> Problem:
    """The problem stated by the YAML file ``path``: its key ``problem`` (docs/method/draws.md), or a rule set with schools.

    Raises UserError naming file and key for whatever is misspelt, missing or contradictory.
    """
    content = read_plain_yaml(path)
    if "problem" in content:
        return parse_problem(content["problem"])
    return problem_of(load_rule_set(path))
