"""How random is it? The same grades formed under many seeds, with a bar, for it takes a while."""

from typing import TYPE_CHECKING, Any

from junheng.cli.classes.show import show_randomness
from junheng.cli.trial import progress

if TYPE_CHECKING:
    from junheng.reports.classes import ClassFacts

_BLANK = b"junheng classes --randomness\0"


def check_randomness(
    facts: "ClassFacts", problem: dict[str, Any], seed: bytes, engine: str, seeds: int
) -> None:
    """Form every grade of a trial under ``seeds`` seeds and print what is seen. Grades of one class are left out."""
    from junheng.class_formation import audit_randomness, groups_from, plan_from

    plan = plan_from(problem)
    groups = [group for group in groups_from(plan, facts.rows) if group.plan.classes > 1]
    with progress() as bar:
        task = bar.add_task("检验随机性 | randomness", total=len(groups))
        for group in groups:
            found = audit_randomness(plan, group, seeds=seeds, base=_BLANK + seed, engine=engine)
            show_randomness(group.name, found)
            bar.advance(task)
