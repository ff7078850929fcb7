"""JSON Schema of an index system's file.

``python -m junheng.standards.scoring.schema`` writes it anew.
"""

from pathlib import Path

from junheng.standards.schema import schema_text
from junheng.standards.scoring.definition import SystemFile

PATH = Path(__file__).parent / "index_system.schema.json"

if __name__ == "__main__":
    PATH.write_text(schema_text(SystemFile), encoding="utf-8")
