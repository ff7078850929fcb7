"""JSON Schema of a school standard's file.

``python -m junheng.standards.school_standards.schema`` writes it anew.
"""

from pathlib import Path

from junheng.standards.schema import schema_text
from junheng.standards.school_standards.definition import SchoolStandardFile

PATH = Path(__file__).parent / "school_standard.schema.json"

if __name__ == "__main__":
    PATH.write_text(schema_text(SchoolStandardFile), encoding="utf-8")
