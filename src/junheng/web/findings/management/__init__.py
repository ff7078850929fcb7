"""Commands of the findings."""
