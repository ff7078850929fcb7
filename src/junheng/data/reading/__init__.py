"""From files to a snapshot: guards, grids, headings, mappings, numbers. Nothing is mended or lost."""
