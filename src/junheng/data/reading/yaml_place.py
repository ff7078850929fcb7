"""The line of a key in a YAML text, so that an error can point at it."""

from collections.abc import Sequence

import yaml


def line_of(text: str, place: Sequence[str | int]) -> int:
    """The 1-based line of the innermost part of ``place`` that the text has; 0 when the text has no content."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return 0
    line = node.start_mark.line + 1
    for step in place:
        found = _child(node, step)
        if found is None:
            continue  # a step of the model (a tagged choice), not of the file
        node = found
        line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value  # type: ignore[no-any-return]  # PyYAML does not type its nodes' values
    return None
