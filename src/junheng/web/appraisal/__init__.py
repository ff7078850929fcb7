"""Scoring in rounds, plans and targets people answer for, promises of reports: standing, with owner and day."""
