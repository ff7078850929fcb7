"""Migrations of the app ``api``."""
