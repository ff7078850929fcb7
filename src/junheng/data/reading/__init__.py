"""From files to a snapshot: guards, grids, headings, mappings, numbers. Nothing is mended or lost."""

from junheng.data.reading.mapping import mapping_schema
from junheng.data.reading.read import read_input

__all__ = ["mapping_schema", "read_input"]
