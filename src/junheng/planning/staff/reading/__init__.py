"""Reading a staffing problem: its YAML, its tables, the county's own input."""
