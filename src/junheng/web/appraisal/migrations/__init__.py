"""Migrations of appraisal."""
