"""Findings of the library, kept and shown: overview, school, and the way down to the cell."""
