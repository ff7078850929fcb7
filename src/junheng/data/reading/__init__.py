"""From files to a snapshot: guards, grids, headings, mappings, numbers. Nothing is mended or lost."""

from junheng.data.reading.grid import short_cells
from junheng.data.reading.mapping import mapping_schema
from junheng.data.reading.read import read_input

__all__ = ["mapping_schema", "read_input", "short_cells"]
