"""Template tags of ``whatif``."""
