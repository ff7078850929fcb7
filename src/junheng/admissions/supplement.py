"""The problem of a supplementary draw: the same rule over the seats that the first draw left."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.admissions.complaint import refuse
from junheng.admissions.problem import Problem, parse_problem
from junheng.basics import Text


def remaining_problem(
    problem: Mapping[str, Any] | Problem, schools: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """``problem`` with the seats left over, from the published ``schools`` of its result (as JSON for a spec).

    A school's plan becomes what is left of it. What a pool left unused stays where it ended up: in a ``close`` pool, or in
    the last pool it was passed on to; seats an over-run or a leftover took are missing from the last pools first. Raises
    UserError when ``schools`` is not of this problem.
    """
    checked = parse_problem(problem)
    published = {school["id"]: school for school in schools}
    if [school.id for school in checked.schools] != [school["id"] for school in schools]:
        raise refuse(
            "result.schools",
            "公布结果中的学校与方案不一致",
            "the schools of the result are not those of the problem",
            fix=Text("请用同一次派位的结果", "use the result of the same draw"),
        )
    found = checked.as_json()
    for school in found["schools"]:
        given = published[school["id"]]
        school["plan"] = max(0, school["plan"] - given["taken"])
        _cut_pools(school, [max(0, pool["capacity"] - pool["taken"]) for pool in given["pools"]])
    return found


def _cut_pools(school: dict[str, Any], unused: list[int]) -> None:
    """Give each pool its unused seats, together no more than the plan, the last pools giving way."""
    pools = school["pools"]
    for place, pool in enumerate(pools):
        passed = pool["unfilled"] == "next" and place + 1 < len(pools)
        pool["seats"] = 0 if passed else unused[place]
    excess = sum(pool["seats"] for pool in pools) - school["plan"]
    for pool in reversed(pools):
        cut = min(pool["seats"], max(0, excess))
        pool["seats"] -= cut
        excess -= cut
