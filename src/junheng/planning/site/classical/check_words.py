"""Words of the check: what is wrong with a plan, or a part of it, that cannot be read."""

from collections.abc import Mapping

from junheng.basics import Text

_PARTS: Mapping[str, str] = {
    "plan": "“方案”部分",
    "proof": "“证明”部分",
    "reasons": "“理由”部分",
    "problem": "问题",
}


def malformed(error: Exception, part: str) -> Text:
    """What the ``part`` lacks whose reading ended in ``error``, without Python's own words."""
    zh = _PARTS[part]
    if isinstance(error, KeyError):
        name = error.args[0] if error.args else ""
        return Text(f"{zh}残缺：没有“{name}”", f"the {part} is incomplete: there is no {name}")
    return Text(
        f"{zh}残缺或写法有误，无法复核", f"the {part} is incomplete or malformed: it cannot be checked"
    )
