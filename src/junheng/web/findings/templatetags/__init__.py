"""Tags of the pages of findings."""
