"""The YAML of a plan: one mapping, every key once; what is no YAML is told with its line."""

from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError


def read_mapping(file: Path) -> dict[str, Any]:
    """The keys and values of the file. Raises UserError, naming the line, for anything else or a key given twice."""
    import yaml

    try:
        text = file.read_text("utf-8-sig")
        found, node = yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        raise UserError(
            Text("读不到抽签方案", "The plan of the draw cannot be read"),
            where=str(file),
            fix=Text("先写 plan.yaml，样例见 examples/admission", "write plan.yaml; see examples/admission"),
        ) from error
    except UnicodeDecodeError as error:
        raise wrong_plan(file, Text("不是 UTF-8 文本", "it is not UTF-8 text")) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it cannot be read"
        what = Text("YAML 写法有误（缩进、冒号、引号或括号）", f"it is not YAML: {said}")
        raise wrong_plan(file, what, mark.line + 1 if mark else 0) from error
    if not isinstance(found, dict) or not isinstance(node, yaml.MappingNode):
        raise wrong_plan(file, Text("应为键和值", "keys and values are expected"))
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            what = Text(f"{key.value} 写了两次", f"{key.value} is given twice")
            raise wrong_plan(file, what, key.start_mark.line + 1)
        seen.add(key.value)
    return found


def wrong_plan(file: Path, what: Text, line: int = 0) -> UserError:
    """The refusal of a plan; ``line`` from 1, where it is known."""
    return UserError(
        Text(f"抽签方案有误：{what.zh}", f"The plan of the draw is wrong: {what.en}"),
        where=f"{file}:{line}" if line else str(file),
        why=Text("方案决定抽签的每一步，须先改正", "every step of the draw follows the plan"),
        fix=Text("样例见 examples/admission/plan.yaml", "an example is examples/admission/plan.yaml"),
    )
