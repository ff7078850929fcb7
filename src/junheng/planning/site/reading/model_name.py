"""Which model a problem file asks for: the county's question, or one of the literature's."""

from pathlib import Path

from junheng.basics import Text, UserError, nearest
from junheng.planning.plain_yaml import read_plain_mapping

MODELS = ("schools", "p_median", "p_centre", "set_covering", "maximal_covering", "capacitated")
SPELLED = {"p_center": "p_centre", "lscp": "set_covering", "mclp": "maximal_covering", "cflp": "capacitated"}
PAGE = "docs/method/plan_site.md"
FIX = Text(f"写法见 {PAGE}", f"see {PAGE} for what is expected")


def model_of(path: Path) -> str:
    """The word at ``model`` ("schools" where there is none). Raises UserError: unreadable, no siting problem, no model."""
    found = read_plain_mapping(path, FIX)
    if found.get("kind") != "site":
        raise UserError(
            Text("这不是校址问题（kind: site）", "this is no siting problem"), where=path.name, fix=FIX
        )
    word = str(found.get("model", "schools"))
    if word.lower() not in (*MODELS, *SPELLED):
        near = nearest(word, (*MODELS, *SPELLED))
        told, asked = "、".join(MODELS), (f"；是否 {near}？", f"; {near}?") if near else ("；", ";")
        raise UserError(
            Text(f"没有模型“{word}”{asked[0]}可用：{told}", f"no model {word!r}{asked[1]} there are: {told}"),
            where=f"{path.name} → model",
            fix=FIX,
        )
    return word
