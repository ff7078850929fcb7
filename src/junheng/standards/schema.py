"""JSON Schemas of the files, so that an editor helps while a standard or an overlay is written.

They are made from the models: ``python -m junheng.standards.schema`` writes them anew beside this module.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from junheng.standards.definition import OverlayFile, StandardFile

FOLDER = Path(__file__).parent
SCHEMAS: dict[str, type[BaseModel]] = {
    "standard.schema.json": StandardFile,
    "overlay.schema.json": OverlayFile,
}


def schema_text(model: type[BaseModel]) -> str:
    """The JSON Schema of ``model`` as it is kept in the file."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= model.model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_schemas() -> None:
    """Write all schemas beside this module."""
    for name, model in SCHEMAS.items():
        (FOLDER / name).write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__":
    write_schemas()
