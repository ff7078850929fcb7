"""YAML whose scalars stay as they were written: a number is exactly its text, a key given twice is refused."""

from collections.abc import Mapping
from typing import Any

import yaml


class AsWritten(yaml.SafeLoader):
    """Loader for ``yaml.load``: 0.10 stays "0.10". Raises yaml.YAMLError, also for a doubled key."""

    yaml_implicit_resolvers: Mapping[str, Any] = {}  # type: ignore[assignment] # PyYAML declares none

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        doubled = sorted({key for key in keys if keys.count(key) > 1})
        if doubled:
            raise yaml.constructor.ConstructorError(
                None, None, f"key given twice: {doubled[0]}", node.start_mark
            )
        return super().construct_mapping(node, deep=True)
