"""The Excel annex: sheets for people, filterable, and one for machines."""
