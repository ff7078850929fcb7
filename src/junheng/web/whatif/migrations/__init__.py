"""Migrations of ``whatif``."""
