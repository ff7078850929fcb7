"""A class formation as one pure function: spec, rows and seed in; leaves and public result out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.class_formation.form import classes_by_pid, form
from junheng.class_formation.plan import plan_from
from junheng.class_formation.rows import check_rows

if TYPE_CHECKING:
    from junheng.draws import Outcome


def run_draw(
    spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], seed: bytes, engine: str = "auto"
) -> "Outcome":
    """Form the classes that ``spec`` (kind classes) describes from the roll's ``rows`` under ``seed`` (32 bytes).

    Every engine gives the same outcome. UserError: a spec of another kind, rows out of shape, constraints that
    cannot all hold (named, with the children).
    """
    from junheng.draws import Outcome

    if spec.get("kind") != "classes":
        raise UserError(
            Text(
                f"这不是编班方案：{spec.get('kind')}",
                f"Not the spec of a class formation: {spec.get('kind')}",
            ),
            where="spec.kind",
            fix=Text("招生派位方案请用派位功能", "a spec of kind admission goes to admissions"),
        )
    check_rows(rows)
    layouts = form(plan_from(spec["problem"]), rows, seed, hash_name=str(spec["hash"]), engine=engine)
    classes = classes_by_pid(layouts)
    leaves = [
        {"pid": row["pid"], "school": row["school"], "grade": row["grade"], "class": classes[row["pid"]]}
        for row in rows
    ]
    return Outcome(leaves=leaves, public={"groups": [layout.public() for layout in layouts]})
