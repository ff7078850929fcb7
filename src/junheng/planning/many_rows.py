"""Plans of many counties from a table of frozen problems: here, or on Spark.

One county per task. Spark pays only where the tables already live there; a province is done faster by ``solve_many``.
"""

import json
from typing import TYPE_CHECKING

from junheng.basics import UserError
from junheng.draws import canonical_bytes
from junheng.planning.kinds import kind_of

if TYPE_CHECKING:
    import pyarrow as pa

QUERY = "SELECT county_code, problem_json FROM problems"


def solve_rows(
    engine: str, kind: str, problems: "pa.Table", *, gap: float = 1e-4, seconds: float = 60.0
) -> "pa.Table":
    """(county_code, problem_json) → (county_code, outcome_json, why), in order of the code, canonical JSON.

    ``engine``: duckdb (this process) or spark. Where a county's problem cannot be planned, ``outcome_json`` is null and
    ``why`` says it. Each county has one row. Raises UserError for an unknown kind or engine, or where Spark is absent.
    """
    import pyarrow as pa

    from junheng.data.engines import per_county

    kind_of(kind)
    schema = pa.schema([(name, pa.string()) for name in ("county_code", "outcome_json", "why")])

    def work(county: pa.Table) -> pa.Table:  # Spark reads these types, so they must be real ones
        return _solve_county(county, kind, gap, seconds)

    return per_county(engine, {"problems": problems}, QUERY, work, schema)


def _solve_county(county: "pa.Table", kind: str, gap: float, seconds: float) -> "pa.Table":
    """One county's rows solved, wherever this is called."""
    import pyarrow as pa

    found = []
    for row in county.to_pylist():
        answer: dict[str, str | None] = {"county_code": row["county_code"], "outcome_json": None, "why": None}
        try:
            outcome = kind_of(kind).solve(json.loads(row["problem_json"]), gap=gap, seconds=seconds)
            answer["outcome_json"] = canonical_bytes(outcome).decode("utf-8")
        except UserError as error:
            answer["why"] = str(error.what)
        found.append(answer)
    names = ("county_code", "outcome_json", "why")
    return pa.table({name: pa.array([row[name] for row in found], pa.string()) for name in names})
