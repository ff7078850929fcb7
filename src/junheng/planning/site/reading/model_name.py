"""Which model a problem file asks for: the county's question, or one of the literature's."""

from pathlib import Path

from junheng.basics import Text, UserError
from junheng.planning.plain_yaml import read_plain_mapping

PAGE = "docs/method/plan_site.md"
FIX = Text(f"写法见 {PAGE}", f"see {PAGE} for what is expected")


def model_of(path: Path) -> str:
    """The word at ``model`` ("schools" where there is none). Raises UserError: unreadable, or no siting problem."""
    found = read_plain_mapping(path, FIX)
    if found.get("kind") != "site":
        raise UserError(
            Text("这不是校址问题（kind: site）", "this is no siting problem"), where=path.name, fix=FIX
        )
    return str(found.get("model", "schools"))
